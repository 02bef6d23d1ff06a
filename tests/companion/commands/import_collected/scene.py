"""Invented comments, videos and Zeeschuimer's lines, and the command that takes them in."""

import csv
import io

from click.testing import CliRunner

from companion.cli import main
from companion.store import open_store

VIDEO = "7600000000000000011"
AT = 1_770_000_000
COMMENTS = [
    {"id": "7600000000000000101", "text": "where is this from @amy.tests? call +1 415 555 0199", "video_id": VIDEO, "author": "mia.tests"},
    {"id": "7600000000000000102", "text": "need", "video_id": VIDEO, "author": "@Bo.Tests", "create_time": AT, "likes": 12, "lang": "en"},
    {"id": "7600000000000000103", "text": "me too", "video_id": VIDEO, "author": "cy.tests", "parent_id": "7600000000000000102"},
]
NAMES = ("mia.tests", "bo.tests", "cy.tests", "amy.tests", "415 555")


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def take_in(workspace, *args):
    return CliRunner().invoke(main, ["import", "--workspace", str(workspace), *map(str, args)])


def stored(workspace, table):
    with open_store(workspace).reading() as connection:
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]


def whole_database(workspace):
    return b"".join(path.read_bytes() for path in workspace.glob("buysignal.db*")).lower()


def planted(workspace, *names):
    """Which of the names are in the database or its log."""
    database = whole_database(workspace)
    return [name for name in names if name.lower().encode() in database]


def item(video, creator, handle, **more):
    return {
        "id": video,
        "desc": "my new ring light #unboxing",
        "createTime": AT,
        "author": {"id": creator, "uniqueId": handle, "nickname": "Shop"},
        "stats": {"diggCount": 5, "shareCount": 1, "commentCount": 2, "playCount": 100, "collectCount": 0},
        "challenges": [{"title": "unboxing"}],
        "isAd": False,
        **more,
    }


def comment(cid, uid, handle, text, **more):
    return {
        "cid": cid,
        "id": cid,
        "aweme_id": VIDEO,
        "text": text,
        "create_time": AT,
        "digg_count": 3,
        "reply_comment_total": 0,
        "reply_id": "0",
        "reply_to_reply_id": "0",
        "comment_language": "en",
        "user": {"uid": uid, "unique_id": handle, "nickname": "Mia Rosenblatt", "sec_uid": "MS4wLjABAAAAexample"},
        **more,
    }


def line(data, platform, at=AT * 1000):
    """A line as Zeeschuimer writes it."""
    return {
        "nav_index": "1:2:3",
        "item_id": data["id"],
        "timestamp_collected": at,
        "source_platform": platform,
        "source_platform_url": "https://www.tiktok.com/@shop.tests",
        "source_url": "https://www.tiktok.com/api/comment/list/?aweme_id=1&msToken=secret-token",
        "user_agent": "Mozilla/5.0",
        "data": data,
    }
