"""Answers of TikTok's official Research API, turned into the shape of its web pages, so that one set of readers serves both.

The API says nothing about who wrote a comment, masks contact data itself, and gives a creator's handle but no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VIDEO_FIELDS = (
    "id", "video_description", "create_time", "region_code", "share_count", "view_count", "like_count", "comment_count", "favorites_count",
    "music_id", "hashtag_names", "username", "video_duration",
)  # fmt: skip
"""What is asked of a video; nothing that is not stored."""

COMMENT_FIELDS = ("id", "video_id", "text", "like_count", "reply_count", "parent_comment_id", "create_time")
"""What is asked of a comment."""


@dataclass(frozen=True)
class Answer:
    """One page of an answer: its rows, and where the next page begins. `cursor` and `search_id` are None where there is no next one."""

    rows: tuple[Mapping[str, Any], ...]
    cursor: int | None
    search_id: str | None


def answer_of(body: object, list_key: str) -> Answer:
    """The page in an answer's `data`; `list_key` is "videos" or "comments". A page without rows is the last one, whatever it says."""
    data = body.get("data") if isinstance(body, Mapping) else None
    found = data.get(list_key) if isinstance(data, Mapping) else None
    rows = tuple(row for row in found if isinstance(row, Mapping)) if isinstance(found, list) else ()
    if not isinstance(data, Mapping) or not rows or data.get("has_more") is not True:
        return Answer(rows, None, None)
    cursor, search = data.get("cursor"), data.get("search_id")
    return Answer(rows, cursor if isinstance(cursor, int) else None, search if isinstance(search, str) and search else None)


def video_item(row: Mapping[str, Any]) -> dict[str, Any]:
    """A video as a page's item, without its creator."""
    stats = {
        "playCount": row.get("view_count"),
        "diggCount": row.get("like_count"),
        "commentCount": row.get("comment_count"),
        "shareCount": row.get("share_count"),
        "collectCount": row.get("favorites_count"),
    }
    tags = row.get("hashtag_names")
    return _known(
        {
            "id": _text(row.get("id")),
            "desc": row.get("video_description"),
            "createTime": row.get("create_time"),
            "locationCreated": row.get("region_code"),
            "stats": _known(stats),
            "video": _known({"duration": row.get("video_duration")}) or None,
            "music": _known({"id": _text(row.get("music_id"))}) or None,
            "challenges": [{"title": tag} for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else None,
        }
    )


def comment_item(row: Mapping[str, Any], video_id: str) -> dict[str, Any]:
    """A comment as a page's row. A first comment's "parent" is the video or missing."""
    parent = _text(row.get("parent_comment_id"))
    return _known(
        {
            "cid": _text(row.get("id")),
            "aweme_id": _text(row.get("video_id")) or video_id,
            "text": row.get("text"),
            "create_time": row.get("create_time"),
            "digg_count": row.get("like_count"),
            "reply_comment_total": row.get("reply_count"),
            "reply_id": parent if parent not in (None, "", "0", video_id) else "0",
        }
    )


def _text(value: object) -> str | None:
    """An id, exact: JSON spells it as a whole number of 64 bits."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else None


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
