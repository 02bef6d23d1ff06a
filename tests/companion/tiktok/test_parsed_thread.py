"""Threads that another program has parsed come in by the same path."""

from __future__ import annotations

from typing import Any

import pytest

from companion.tiktok import ReadComment
from companion.tiktok.parsed_thread import is_parsed_thread, thread_bodies
from tests.companion.tiktok.shapes import pseudonym, taken

VIDEO = "7418294751977327878"
TOP = 7418301035179574022  # made at 19:56:44 UTC on 24 September 2024


def row(**more: Any) -> dict[str, Any]:
    return {
        "comment_id": str(TOP),
        "username": "u_invented",
        "nickname": "Invented Name",
        "comment": "where can I get it",
        "create_time": "2024-09-25T02:56:56",
        "avatar": "https://p16.example.invalid/a.jpeg",
        "total_reply": 1,
        "replies": [],
    } | more


def thread(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    address = f"https://t.tiktok.com/i18n/share/video/{VIDEO}/?comment_author_id=71&u_code=x"
    return {"caption": "new hair #pink", "video_url": address, "comments": list(rows), "has_more": 0} | more


def test_a_thread_becomes_a_video_and_its_comments_with_replies() -> None:
    reply = row(comment_id=str(TOP + 5), comment="same", username="u_other", total_reply=None)
    (video_ask, video), (asked, body) = thread_bodies(thread(row(replies=[reply])))
    assert [(found.id, found.caption, found.hashtags) for found in taken(video_ask, video).videos] == [(VIDEO, "new hair #pink", ("pink",))]
    page = taken(asked, body)
    created = 1727207816000  # 19:56:56 UTC: the local time was seven hours ahead
    assert page.comments == (
        ReadComment(str(TOP), VIDEO, "where can I get it", author_alias=pseudonym("u_invented"), replies=1, created_at=created),
        ReadComment(str(TOP + 5), VIDEO, "same", author_alias=pseudonym("u_other"), parent_id=str(TOP), level=2, created_at=created),
    )


@pytest.mark.parametrize("written", ["2024-09-24T19:56:56", "2024-09-24T14:56:56", "2024-09-25T01:26:56", "2024-09-25T05:41:56"])
def test_the_zone_of_a_local_time_is_told_by_the_id(written: str) -> None:
    ((_, _), (asked, body)) = thread_bodies(thread(row(create_time=written)))
    assert taken(asked, body).comments[0].created_at == 1727207816000


@pytest.mark.parametrize("written", ["2021-01-01T00:00:00", "yesterday", None, 5])
def test_a_time_that_cannot_be_is_unknown(written: object) -> None:
    ((_, _), (asked, body)) = thread_bodies(thread(row(create_time=written)))
    assert taken(asked, body).comments[0].created_at is None


@pytest.mark.parametrize("other", [None, [], {}, {"comments": []}, {"comments": [{"cid": "1", "text": "x"}]}, {"comments": [row(), 5]}])
def test_other_files_are_not_taken_for_threads(other: object) -> None:
    assert not is_parsed_thread(other)
    assert thread_bodies(other) == []


def test_a_thread_that_names_no_video_cannot_be_placed() -> None:
    assert thread_bodies(thread(row(), video_url="https://t.tiktok.com/")) == []
