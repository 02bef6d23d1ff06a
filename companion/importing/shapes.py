"""A row of a table -> a comment or a video as TikTok writes it, with nothing in it that the row does not say."""

from __future__ import annotations

import re
from typing import Any

from companion import cell_values as cells
from companion.cell_values import Fields
from companion.importing.columns import Columns
from companion.importing.makers import made_by
from companion.importing.pieces import Entry
from companion.intake_rows import PLATFORM
from companion.quality.counts import parse_count
from companion.store import clock
from companion.store.creators import Creator
from companion.tiktok import Asked

_UID = re.compile(r"\d{15,20}")
"""An account's number, where a column of names holds one."""

_ID = re.compile(r"\d{1,20}")
_NUMBER = re.compile(r"[1-9]\d{5,19}")
"""TikTok's number of an account: no key of another making, which may be digits too, begins with a zero or is as short."""

_COMMERCE = ("organic", "partnership", "ad", "shop", "unknown")
_SHOP = [{"type": 35, "component_key": "anchor_complex_shop", "extra": ""}]
_HOUR_MS = 3600 * clock.SECOND


def comment_entry(values: dict[str, object], columns: Columns, at: int) -> Entry:
    """A row of comments; `at` (ms UTC) is when it was seen, where no column says.

    Raises:
        ValueError: naming each wrong value and how to mend it.
    """
    fields = Fields({meaning: values.get(column) for meaning, column in columns.used.items()}, columns.used)
    cid, video = fields.read("id", _number), fields.read("video_id", _number)
    text = fields.read("text", cells.text) or ""  # a picture alone has none
    parent = fields.read("parent_id", _number)
    created, seen = fields.read("create_time", cells.moment), fields.read("collected_at", cells.moment)
    comment: dict[str, Any] = {
        "cid": cid,
        "aweme_id": video,
        "text": text,
        "create_time": None if created is None else created // 1000,
        "digg_count": fields.read("likes", _count),
        "reply_comment_total": fields.read("replies", _count),
        "comment_language": fields.read("lang", cells.name),
        "author_pin": fields.read("pinned", cells.flag),
        "is_author_digged": fields.read("liked_by_creator", cells.flag),
        "user": _without_gaps(_user(fields.read("author_id", cells.name), fields.read("author", cells.handle))),
    }
    if (by_creator := fields.read("by_creator", cells.flag)) is not None:
        comment["label_list"] = [{"text": "Creator", "type": 1}] if by_creator else []
    _refuse(fields, columns, ("id", "video_id"))
    level_two = parent not in (None, "0", video)  # some tools name the video as the parent of a first comment
    comment["reply_id"] = parent if level_two else "0"
    asked = Asked("replies" if level_two else "comments", "file", video, parent if level_two else None)
    return Entry(asked, seen or at, _without_gaps(comment), "comments")


def video_entry(values: dict[str, object], columns: Columns, at: int) -> Entry:
    """A row of videos; `at` (ms UTC) is when its counters were seen, where no column says.

    Raises:
        ValueError: naming each wrong value and how to mend it.
    """
    fields = Fields({meaning: values.get(column) for meaning, column in columns.used.items()}, columns.used)
    ident, created = fields.read("video_id", _number), fields.read("create_time", cells.moment)
    seen, age = fields.read("collected_at", cells.moment), fields.read("age_h", cells.amount)
    if seen is None and age is not None and created is not None:
        seen = created + round(age * _HOUR_MS)
    duration, tags = fields.read("duration_s", cells.amount), fields.read("hashtags", cells.hashtags)
    key, handle = fields.read("author_key", cells.name), fields.read("author", cells.handle)
    creator = Creator(
        PLATFORM,
        key or "",
        handle,
        fields.read("author_name", _caption),
        fields.read("verified", cells.flag),
        fields.read("followers", _count),
    )
    counters = {
        "playCount": fields.read("plays", _count),
        "diggCount": fields.read("likes", _count),
        "commentCount": fields.read("comments", _count),
        "shareCount": fields.read("shares", _count),
        "collectCount": fields.read("saves", _count),
        "repostCount": fields.read("reposts", _count),
    }
    item: dict[str, Any] = {
        "id": ident,
        "desc": fields.read("caption", _caption),
        "createTime": None if created is None else created // 1000,
        **_account(creator),
        "stats": _without_gaps(counters) or None,
        "video": None if duration is None else {"duration": duration},
        "challenges": None if tags is None else [{"title": tag} for tag in tags],
        "textLanguage": fields.read("lang", cells.name),
        "locationCreated": fields.read("region", cells.region),
        "music": _without_gaps({"id": fields.read("music_id", cells.name), "title": fields.read("music_title", _caption)}) or None,
        **_commerce(fields),
    }
    _refuse(fields, columns, ("video_id",))
    maker = None if "author" in item else made_by(str(ident), key, handle, creator)
    return Entry(Asked("items", "file"), seen or at, _without_gaps(item), "itemList", maker)


def _user(uid: str | None, handle: str | None) -> dict[str, str | None]:
    if uid is None and handle is not None and _UID.fullmatch(handle):
        return {"uid": handle}
    return {"uid": uid, "unique_id": handle}


def _account(creator: Creator) -> dict[str, object]:
    """The creator as a part of the video, where TikTok's number for the account is known."""
    if not _NUMBER.fullmatch(creator.id):
        return {}
    author = {"id": creator.id, "uniqueId": creator.handle, "nickname": creator.name, "verified": creator.verified}
    return {"author": _without_gaps(author), "authorStats": _without_gaps({"followerCount": creator.followers}) or None}


def _commerce(fields: Fields) -> dict[str, object]:
    """What a table says about trade, as TikTok marks it."""
    said = fields.read("commerce", _kind_of_trade)
    ad, paid = fields.read("is_ad", cells.flag), fields.read("is_partnership", cells.flag)
    if said not in (None, "unknown"):
        return {"isAd": said == "ad", "adAuthorization": said == "partnership", "anchors": _SHOP if said == "shop" else []}
    return {"isAd": ad, "adAuthorization": paid}


def _number(value: object) -> str:
    """The number that TikTok gave a video or comment, also out of a video's address."""
    found = cells.video(value)
    if not _ID.fullmatch(found):
        raise ValueError(f"is {cells.shown(found)}; it must be the number that TikTok gave it")
    return found


def _kind_of_trade(value: object) -> str:
    if value not in _COMMERCE:
        raise ValueError(f"is {cells.shown(value)}; use one of {', '.join(_COMMERCE)}")
    return str(value)


def _count(value: object) -> int | None:
    """A count as pages, spreadsheets and people write it ("1.2K", "1,2 Mio."); None where it is hidden or not there."""
    try:
        return cells.count(value)
    except ValueError:
        found = parse_count(value, "")
        if found.value is None and not found.absent:
            raise
        return found.value


def _caption(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {cells.shown(value)}; it must be text")
    return value


def _refuse(fields: Fields, columns: Columns, needed: tuple[str, ...]) -> None:
    fields.wrong += [f'"{columns.used.get(key, key)}" is missing or empty' for key in needed if key not in fields.given]
    if fields.wrong:
        raise ValueError("; ".join(fields.wrong))


def _without_gaps(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
