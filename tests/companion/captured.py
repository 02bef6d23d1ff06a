"""What the extension sends to `/v1/capture`, and the same comments as TikTok's own answers hold them."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from companion.intake import Captured, Origin, Taken, take
from companion.one_comment import dom_id
from companion.store import Store, clock
from companion.tiktok import Asked

VIDEO = "7600000000000000011"
CREATOR_ID = "7100000000000000022"
CREATOR = "shop.tests"
AT = 1_795_198_800_000


def alias(store: Store, handle: str) -> str:
    """What the extension makes of a handle (extension/lib/comment-id.ts)."""
    return hmac.digest(bytes.fromhex(store.workspace.alias_key), handle.lower().encode(), hashlib.sha256).hex()[:32]


def dom_row(store: Store, handle: str, text: str, nth: int = 0, level: int = 1, **fields: Any) -> dict[str, Any]:
    """A row of a layout that shows no ids."""
    who = alias(store, handle)
    return {"id": dom_id(VIDEO, who, text, level, nth), "author": who, "text": text, "level": level, **fields}


def row(store: Store, cid: str, handle: str, text: str, **fields: Any) -> dict[str, Any]:
    """A row of a layout that shows ids."""
    return {"id": cid, "author": alias(store, handle), "text": text, **fields}


def request(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A message with these rows of one video."""
    return {"video_id": VIDEO, "creator": CREATOR, "rows": list(rows), **fields}


def told(cid: str, handle: str, text: str, **fields: Any) -> dict[str, Any]:
    """A comment as TikTok's own answer holds it."""
    user = {"uid": str(int(cid) % 10**12), "unique_id": handle, "nickname": f"Nick {handle}"}
    return {
        "cid": cid,
        "aweme_id": VIDEO,
        "text": text,
        "create_time": AT // 1000,
        "digg_count": 3,
        "reply_id": "0",
        "user": user,
        **fields,
    }


def arrive(store: Store, *comments: dict[str, Any], at: int | None = None) -> Taken:
    """Take these comments in as an answer of TikTok's that a file holds, seen after everything else unless `at` (ms UTC) says when."""
    asked = Asked("comments", f"/api/comment/list/?aweme_id={VIDEO}", video_id=VIDEO)
    body = {"comments": list(comments), "has_more": 0}
    return take(store, [Captured(asked, 200, body, at or clock.now_ms() + clock.MINUTE)], Origin("file"))


def item(**fields: Any) -> dict[str, Any]:
    """The video as its page's own data tells of it."""
    told = {
        "id": VIDEO,
        "desc": "my new ring light #ringlight",
        "createTime": "1795000000",
        "author": {"id": CREATOR_ID, "uniqueId": CREATOR, "nickname": "Shop Tests", "verified": False, "ttSeller": True},
        "stats": {"playCount": 1000, "diggCount": 10, "commentCount": 3, "shareCount": 1, "collectCount": "2"},
        "challenges": [{"id": "1", "title": "ringlight"}],
        "isAd": False,
        "itemCommentStatus": 0,
    }
    return {"webapp.video-detail": {"itemInfo": {"itemStruct": {**told, **fields}}, "statusCode": 0}}
