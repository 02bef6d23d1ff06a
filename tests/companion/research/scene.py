"""Invented answers of the official API, and the command that asks for them."""

from click.testing import CliRunner

from companion.cli import main
from companion.store import open_store, videos

VIDEO = 9_007_199_254_740_993_011  # beyond 2^53: a float would end in another digit
TERM = "--i-am-a-non-commercial-researcher"
DAYS = ("--from", "2026-01-01", "--to", "2026-01-20")


def video(number, day=20260110, **more):
    return {
        "id": VIDEO + number,
        "video_description": f"find number {number} #unboxing",
        "create_time": 1_768_000_000 + number,
        "region_code": "US",
        "view_count": 1000 + number,
        "like_count": 5,
        "comment_count": number,
        "share_count": 1,
        "favorites_count": 2,
        "music_id": 7_000_000_000_000_000_001,
        "hashtag_names": ["unboxing"],
        "username": "maker.tests",
        "video_duration": 12,
        "day": day,
        **more,
    }


def comment(number, parent=VIDEO, text="need"):
    return {
        "id": VIDEO + 1000 + number,
        "video_id": VIDEO,
        "text": text,
        "like_count": number,
        "reply_count": 0,
        "parent_comment_id": parent,
        "create_time": 1_768_000_100 + number,
    }


def run(workspace, *args):
    return CliRunner().invoke(main, ["research", *args, "--workspace", str(workspace)])


def collect(workspace, *more):
    return run(workspace, "videos", "--hashtag", "#unboxing", *DAYS, TERM, *more)


def stored(workspace):
    with open_store(workspace).reading() as connection:
        return sorted(videos.listed(connection), key=lambda found: found.id)
