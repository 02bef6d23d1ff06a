"""A captured comment list as a video of the replica; the file is read where it lies and never copied."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.replica.content import Comment, Cover, Creator, User, Video

CAPTURE_COVER = Cover(symbol="●", top="#3a3f4b", bottom="#111318")


def load_capture(path: Path) -> Video:
    """Return the video whose comments stand in ``path``.

    Two shapes are read: the web's own ``/api/comment/list/`` body (``comments[].cid``), served again as it
    is, and a parsed thread (``comments[].comment_id`` beside ``caption``). ValueError for any other shape.
    """
    body = json.loads(path.read_text(encoding="utf-8"))
    rows = body.get("comments") if isinstance(body, dict) else None
    if not rows:
        raise ValueError(f"{path.name} holds no comments; give a web comment list or a parsed thread")
    if "cid" in rows[0] and "reply_id" in rows[0]:
        return _web_list(rows)
    if "comment_id" in rows[0] and "caption" in body:
        return _parsed_thread(body)
    raise ValueError(f"{path.name} has rows with the keys {sorted(rows[0])[:6]}, neither web list nor parsed thread")


def _web_list(rows: list[dict[str, Any]]) -> Video:
    caption = next((row["share_info"]["title"] for row in rows if row["share_info"]["title"]), "")
    return _video(rows[0]["aweme_id"], caption, tuple(_web_comment(row) for row in rows))


def _web_comment(row: dict[str, Any]) -> Comment:
    user = row["user"]
    return Comment(
        cid=row["cid"],
        user=User(uid=user["uid"], handle=user["unique_id"], nickname=user["nickname"]),
        text=row["text"],
        create_time=row["create_time"],
        likes=row["digg_count"],
        language=row["comment_language"],
        pinned=bool(row["author_pin"]),
        creator_liked=bool(row["is_author_digged"]),
        image=bool(row["image_list"]),
        sticker="cmt_sticker_struct" in row,
        # The capture holds top-level rows only, so the page must not offer replies that it cannot load.
        raw={**row, "reply_comment": None, "reply_comment_total": 0},
    )


def _parsed_thread(body: dict[str, Any]) -> Video:
    video_id = body["video_url"].split("/video/")[1].split("/")[0]
    return _video(video_id, body["caption"], tuple(_parsed_comment(row) for row in body["comments"]))


def _parsed_comment(row: dict[str, Any]) -> Comment:
    created = datetime.fromisoformat(row["create_time"]).replace(tzinfo=UTC)
    return Comment(
        cid=row["comment_id"],
        user=User(uid=_uid(row["username"]), handle=row["username"], nickname=row["nickname"]),
        text=row["comment"],
        create_time=int(created.timestamp()),
        language="un",
        replies=tuple(_parsed_comment(reply) for reply in row.get("replies") or ()),
    )


def _uid(handle: str) -> str:
    digest = hashlib.blake2b(handle.encode(), digest_size=7).digest()
    return f"71{int.from_bytes(digest) % 10**17:017d}"


def _video(video_id: str, caption: str, comments: tuple[Comment, ...]) -> Video:
    creator = Creator(uid=_uid(video_id), handle=f"captured.{video_id[-6:]}", nickname="Captured video")
    return Video(
        id=video_id,
        slug=f"capture-{video_id}",
        creator=creator,
        caption=caption,
        hashtags=(),
        create_time=int(video_id) >> 32,
        duration=30,
        music=f"original sound - {creator.nickname}",
        plays=100_000,
        likes=5_000,
        shares=100,
        saves=400,
        cover=CAPTURE_COVER,
        comments=comments,
    )
