"""Comment rows as a page showed them, sent by the extension: `scrub` and `read` hand pages of kind "rendered" on to here.

A body is `{"at": ms UTC, "thread": {"id": video, "author": {"uniqueId": creator}, "rows": [...]}}`. Its commenters come as
pseudonyms already; what a page shows is rounded ("1.2K", "2d ago"), so that a later answer of TikTok's own is always better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from companion.tiktok.fields import LARGEST
from companion.tiktok.masking import mask
from companion.tiktok.people import UNSTORABLE
from companion.tiktok.records import ReadComment, ReadCreator, ReadPage, ReadVideo

ROW_ID = re.compile(r"^(?:\d{6,20}|dom:[0-9a-f]{32})$")
"""TikTok's own id of a comment, or the hash that stands for a row without one."""

_PSEUDONYM = re.compile(r"^[0-9a-f]{32}$")
_HANDLE = re.compile(r"^[\w.-]{1,64}$")
_VIDEO_ID = re.compile(r"^\d{6,20}$")
_COUNT = re.compile(r"^(\d{1,9})(?:[.,](\d))?\s?([KMB])?$", re.IGNORECASE)
_SIZES = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_AGO = re.compile(r"^(\d{1,3})\s?([smhdw])(?: ago)?$")
_LAST_MOMENT = 253_370_764_800_000  # the year 9999
_UNIT_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_DAY = re.compile(r"^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$")


def scrub_rendered(body: object) -> object:
    """The body with its texts masked, times as moments, and nothing that is not read."""
    thread = _object(_object(body).get("thread"))
    at = _object(body).get("at")
    moment = at if isinstance(at, int) and not isinstance(at, bool) and 0 <= at < _LAST_MOMENT else 0
    kept: dict[str, Any] = {"id": _matching(_VIDEO_ID, thread.get("id")) or "", "rows": [_scrubbed(row, moment) for row in _rows(thread)]}
    if handle := _matching(_HANDLE, _object(thread.get("author")).get("uniqueId")):
        kept["author"] = {"uniqueId": handle.lower()}
    return {"at": moment, "thread": kept}


def read_rendered(scrubbed: object) -> ReadPage:
    """The rows of a scrubbed body, and the bare video that they stand under."""
    thread = _object(_object(scrubbed).get("thread"))
    video_id = _matching(_VIDEO_ID, thread.get("id"))
    handle = _matching(_HANDLE, _object(thread.get("author")).get("uniqueId"))
    rows = list(_rows(thread))
    read = [_comment(row, video_id) if video_id else None for row in rows]
    video = ReadVideo(video_id, ReadCreator(f"@{handle}", handle) if handle else None) if video_id else None
    return ReadPage(
        kind="rendered",
        videos=(video,) if video else (),
        comments=tuple(comment for comment in read if comment),
        rows=len(rows),
        lost=read.count(None),
    )


def likes_of(words: object) -> int | None:
    """A count as the page shortens it; None where it is none.

    >>> likes_of("12"), likes_of("1.2K"), likes_of("Like")
    (12, 1200, None)
    """
    found = _COUNT.match(words.strip()) if isinstance(words, str) else None
    if found is None or (found[2] and not found[3]):
        return None
    return round(float(f"{found[1]}.{found[2] or 0}") * _SIZES[(found[3] or "").upper()])


def moment_of(words: object, at: int) -> int | None:
    """About when a comment was written (ms UTC), from the words beside it as they stood at `at`: exact to the unit they name.

    >>> moment_of("2d ago", 1_700_000_000_000), moment_of("yesterday", 1_700_000_000_000)
    (1699827200000, None)
    """
    words = words.strip() if isinstance(words, str) else ""
    if found := _AGO.match(words):
        return max(0, at - int(found[1]) * _UNIT_MS[found[2]])
    if found := _DAY.match(words):
        year = int(found[1] or datetime.fromtimestamp(at / 1000, UTC).year)
        try:
            day = datetime(year, int(found[2]), int(found[3]), tzinfo=UTC)
            if not found[1] and day.timestamp() * 1000 > at:
                day = day.replace(year=year - 1)
        except ValueError:
            return None
        return min(at, round(day.timestamp() * 1000))
    return None


def _scrubbed(row: Mapping[str, Any], at: int) -> dict[str, Any]:
    """A row as it is stored; one that is stored already stays as it is."""
    text, author, likes, created = (
        row.get("text"),
        row.get("author", _object(row.get("user")).get("unique_id")),
        row.get("likes"),
        row.get("created_at"),
    )
    return {
        "id": _matching(ROW_ID, row.get("id")) or "",
        "user": {"unique_id": _matching(_PSEUDONYM, author) or ""},
        "text": mask(UNSTORABLE.sub("\ufffd", text)) if isinstance(text, str) else "",
        "likes": likes_of(likes) if isinstance(likes, str) else _whole(likes),
        "created_at": moment_of(row.get("time"), at) if "time" in row else _whole(created),
        "level": 2 if row.get("level") == 2 else 1,
        "parent": _matching(ROW_ID, row.get("parent")),
        "by_creator": row.get("by_creator") is True,
        "pinned": row.get("pinned") is True,
    }


def _comment(row: Mapping[str, Any], video_id: str) -> ReadComment | None:
    comment_id = _matching(ROW_ID, row.get("id"))
    if comment_id is None:
        return None
    reply = row.get("level") == 2
    return ReadComment(
        id=comment_id,
        video_id=video_id,
        text=row["text"] if isinstance(row.get("text"), str) else "",
        author_alias=_matching(_PSEUDONYM, _object(row.get("user")).get("unique_id")),
        parent_id=_matching(ROW_ID, row.get("parent")) if reply else None,
        level=2 if reply else 1,
        likes=_whole(row.get("likes")),
        created_at=_whole(row.get("created_at")),
        pinned=True if row.get("pinned") is True else None,
        by_creator=True if row.get("by_creator") is True else None,
    )


def _rows(thread: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = thread.get("rows")
    yield from (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.match(value) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST else None
