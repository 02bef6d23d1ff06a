"""Threads that another program has parsed already (one JSON object a video), turned back into bodies like TikTok's.

Shape: `{"caption", "video_url", "comments": [{"comment_id", "username", "nickname", "comment", "create_time", "avatar",
"total_reply", "replies": [...]}], "has_more"}`. It has no uids, no likes and no zone for its times.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from companion.tiktok.asked import Asked

_VIDEO_ID = re.compile(r"/(?:video|v|photo)/(\d{15,20})")
_QUARTER_HOUR_S = 900  # every time zone is a multiple of it away from UTC
_WIDEST_ZONE_S = 14 * 3600
_ID_SECOND = 32  # the upper bits of an id are the Unix second of its making, a minute off at most


def is_parsed_thread(thread: object) -> bool:
    """Whether a JSON value is such a thread."""
    rows = thread.get("comments") if isinstance(thread, dict) else None
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) and "comment_id" in row and "comment" in row for row in rows)


def thread_bodies(thread: object) -> list[tuple[Asked, object]]:
    """The video and the comments of such a thread as bodies for the usual path, not scrubbed yet; [] where it is none."""
    if not isinstance(thread, dict) or not is_parsed_thread(thread):
        return []
    address = thread.get("video_url")
    found = _VIDEO_ID.search(address) if isinstance(address, str) else None
    if found is None:
        return []
    video_id = found[1]
    body = {"comments": [_row(row, video_id, None) for row in thread["comments"]], "has_more": thread.get("has_more")}
    bodies: list[tuple[Asked, object]] = [(Asked("comments", f"file/thread?aweme_id={video_id}", video_id=video_id), body)]
    if isinstance(caption := thread.get("caption"), str):
        item = {"itemInfo": {"itemStruct": {"id": video_id, "desc": caption}}}
        bodies.insert(0, (Asked("item", f"file/thread?itemId={video_id}", video_id=video_id), item))
    return bodies


def _row(row: dict[str, Any], video_id: str, parent_id: object) -> dict[str, Any]:
    replies = row.get("replies")
    return {
        "cid": row.get("comment_id"),
        "aweme_id": video_id,
        "text": row.get("comment"),
        "create_time": _second(row.get("create_time"), row.get("comment_id")),
        "reply_id": parent_id or "0",
        "reply_comment_total": row.get("total_reply"),
        "reply_comment": [_row(reply, video_id, row.get("comment_id")) for reply in replies or () if isinstance(reply, dict)]
        if isinstance(replies, list)
        else None,
        "user": {"unique_id": row.get("username"), "nickname": row.get("nickname")},
    }


def _second(written: object, comment_id: object) -> int | None:
    """The Unix second of a local time without a zone. The id tells UTC nearly, so the difference to it tells the zone exactly."""
    if not isinstance(written, str) or not str(comment_id).isdecimal():
        return None
    try:
        local = int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None
    zone = round((local - (int(str(comment_id)) >> _ID_SECOND)) / _QUARTER_HOUR_S) * _QUARTER_HOUR_S
    return local - zone if abs(zone) <= _WIDEST_ZONE_S else None
