"""What sources give: one comment, video or page each, in TikTok's own shape, with the line it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from companion.intake import Captured
from companion.label_files import Place
from companion.store.creators import Creator
from companion.tiktok import Asked
from companion.tiktok.comments import comment_rows
from companion.tiktok.videos import video_rows

Holds = Literal["comments", "itemList", "page"]

OK = 200
"""HTTP status of what is in a file: answers that refused are not brought along."""

BATCH = 500
"""Pieces stored in one write: about half a second, and a few MB of memory."""


@dataclass(frozen=True)
class Made:
    """Who made a video."""

    video_id: str
    creator: Creator


@dataclass(frozen=True)
class Entry:
    """`item` is a comment or a video, and entries with the same `asked` and `at` share a body; or a whole body (`holds` "page").

    `maker` is a video's creator where TikTok's number for the account is not known; else the creator stands in the item.
    """

    asked: Asked
    at: int
    item: object
    holds: Holds = "page"
    maker: Made | None = None


@dataclass(frozen=True)
class Piece:
    """An entry, or what is wrong on this line."""

    place: Place
    entry: Entry | None = None
    error: str = ""


@dataclass(frozen=True)
class Count:
    """How much there is."""

    videos: int = 0
    comments: int = 0
    replies: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.videos + other.videos, self.comments + other.comments, self.replies + other.replies)


def counted(entry: Entry) -> Count:
    """What an entry holds, with the replies shown under its comments."""
    rows = [entry.item] if entry.holds != "page" else _rows(entry.item, entry.asked.kind)
    if entry.asked.kind == "comments":
        return Count(comments=len(rows), replies=sum(map(_previews, rows)))
    return Count(replies=len(rows)) if entry.asked.kind == "replies" else Count(videos=len(rows))


def parts(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries in file order, as many at a time as are stored in one write."""
    source = iter(entries)
    while part := list(islice(source, BATCH)):
        yield part


def bodies(entries: Iterable[Entry]) -> list[Captured]:
    """A body for each page, and one for all rows that answer the same question; videos come before what stands under them."""
    pages: list[Captured] = []
    shared: defaultdict[tuple[Holds, Asked, int], list[object]] = defaultdict(list)
    for entry in entries:
        if entry.holds == "page":
            pages.append(Captured(entry.asked, OK, entry.item, entry.at))
        else:
            shared[entry.holds, entry.asked, entry.at].append(entry.item)
    found = pages + [Captured(asked, OK, _envelope(holds, items), at) for (holds, asked, at), items in shared.items()]
    return sorted(found, key=lambda page: page.asked.kind in ("comments", "replies"))


def _envelope(holds: Holds, items: list[object]) -> object:
    if holds == "comments":
        return {"comments": items, "has_more": 0, "status_code": 0}
    return {"itemList": items, "hasMore": False, "statusCode": 0}


def _rows(body: object, kind: str) -> list[object]:
    if not isinstance(body, dict):
        return []
    if kind in ("comments", "replies"):
        return comment_rows(body) or []
    return [row for row in video_rows(body) or [] if row is not None]


def _previews(comment: object) -> int:
    shown = comment.get("reply_comment") if isinstance(comment, dict) else None
    return len(shown) if isinstance(shown, list) else 0
