"""A made-up world's pages as a browser would have recorded them: addresses and JSON texts, in the order in which a visit loads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from companion.intake import Captured
from companion.tiktok import asked_of
from companion.tiktok.bodies import parse
from tests.replica.api import item_detail_json
from tests.replica.comment_shapes import comment_json, comment_total, envelope_extra
from tests.replica.content import Comment, Video
from tests.replica.item_shapes import item_json
from tests.replica.paging import Page, comment_page, reply_page

AT = 1_795_198_800_000
"""When pages were loaded unless told otherwise (ms UTC)."""

SITE = "https://www.tiktok.com"
NOISE = "aid=1988&device_id=7512345678901234567&msToken=tOk3n-AAAA_bbbb&X-Bogus=DFSzswVL&_signature=_02B4Z6wo&verifyFp=verify_abc"
"""What stands in every address besides what was asked."""


@dataclass(frozen=True)
class Recorded:
    """One answer: its address and its JSON as it came."""

    url: str
    text: str

    def captured(self, at: int = AT) -> Captured:
        """As a door hands it to intake, loaded at `at` (ms UTC)."""
        asked = asked_of(self.url)
        assert asked, self.url
        return Captured(asked, 200, parse(self.text), at)


def visit(video: Video) -> Iterator[Recorded]:
    """All that a visit to a video loads: its details, its comments, every reply."""
    yield detail(video)
    yield from thread(video)


def thread(video: Video) -> Iterator[Recorded]:
    """Pages of comments, and after each the replies that a person could open on it."""
    cursor, more = 0, True
    while more:
        page = comment_page(video.comments, cursor, 20)
        rows = [comment_json(comment, video) for comment in page.comments]
        yield _comments(f"list/?aweme_id={video.id}&cursor={cursor}&count=20", rows, page, comment_total(video))
        for comment in page.comments:
            yield from replies(video, comment)
        cursor, more = page.cursor, page.has_more


def replies(video: Video, comment: Comment) -> Iterator[Recorded]:
    """Pages of the replies under a comment."""
    cursor, more = 0, bool(comment.replies)
    while more:
        page = reply_page(comment.replies, cursor, 3)
        rows = [comment_json(reply, video, parent=comment, nth=cursor + nth + 1) for nth, reply in enumerate(page.comments)]
        url = f"list/reply/?item_id={video.id}&comment_id={comment.cid}&cursor={cursor}&count=3"
        yield _comments(url, rows, page, len(comment.replies))
        cursor, more = page.cursor, page.has_more


def detail(video: Video) -> Recorded:
    """The answer about one video."""
    return Recorded(f"{SITE}/api/item/detail/?itemId={video.id}&{NOISE}", json.dumps(item_detail_json(video)))


def listing(videos: Iterable[Video], cursor: int = 0) -> Recorded:
    """A page of a hashtag's videos."""
    body = {"itemList": [item_json(video) for video in videos], "hasMore": True, "cursor": str(cursor + 30), "statusCode": 0}
    return Recorded(f"{SITE}/api/challenge/item_list/?challengeID=1&cursor={cursor}&count=30&{NOISE}", json.dumps(body))


def _comments(question: str, rows: list[dict[str, Any]], page: Page, total: int) -> Recorded:
    envelope = {"cursor": page.cursor, "has_more": int(page.has_more), "extra": envelope_extra(), "log_pb": {"impr_id": "20261120182000R"}}
    body = {"comments": rows or None, **envelope, "status_code": 0, "status_msg": "", "total": total}
    return Recorded(f"{SITE}/api/comment/{question}&{NOISE}", json.dumps(body))
