"""TikTok's own endpoints, as far as pages ask for them. Unknown query parameters are ignored, as there."""

from typing import Any

from flask import Blueprint, request

from tests.replica.comment_shapes import comment_json, comment_total, envelope_extra
from tests.replica.content import Video
from tests.replica.envelopes import IMPRESSION, item_envelope, number
from tests.replica.item_shapes import item_json, user_detail_json
from tests.replica.paging import Page, comment_page, reply_page
from tests.replica.shapes_common import sec_uid
from tests.replica.state import State

INVALID_PARAMETER = 5
USER_NOT_FOUND = 10202
ITEM_NOT_FOUND = 10204


def create_api(state: State) -> Blueprint:
    """Return the blueprint of ``/api/*`` over ``state``."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.get("/comment/list/")
    def comment_list() -> dict[str, Any]:
        video = state.videos.get(request.args.get("aweme_id", ""))
        cursor, count = number("cursor", 0), number("count", 20)
        if video is None or cursor is None or not count or state.statuses.get(video.id):
            return _refused_comments()
        page = comment_page(state.ranked(video), cursor, count)
        return {
            **_comment_envelope(page, video),
            "alias_comment_deleted": False,
            "has_filtered_comments": 0,
            "reply_style": 2,
            "top_gifts": None,
            "total": comment_total(video),
        }

    @api.get("/comment/list/reply/")
    def reply_list() -> dict[str, Any]:
        video = state.videos.get(request.args.get("item_id", ""))
        cursor, count = number("cursor", 0), number("count", 3)
        parent = next((one for one in video.comments if one.cid == request.args.get("comment_id")), None) if video else None
        if video is None or parent is None or cursor is None or not count:
            return _refused_comments()
        page = reply_page(parent.replies, cursor, count)
        rows = [comment_json(reply, video, parent=parent, nth=cursor + place + 1) for place, reply in enumerate(page.comments)]
        return {**_comment_envelope(page, video), "comments": rows or None, "total": len(parent.replies) + parent.hidden_replies}

    @api.get("/recommend/item_list/")
    def recommend() -> dict[str, Any]:
        cursor, count = number("seen", 0) or 0, number("count", 6) or 6
        videos = state.listed()
        return item_envelope(videos[cursor : cursor + count], has_more=cursor + count < len(videos))

    @api.get("/post/item_list/")
    def posts() -> dict[str, Any]:
        wanted, count = request.args.get("secUid"), number("count", 16) or 16
        before = number("cursor", 0) or 0
        videos = [
            video for video in state.listed() if sec_uid(video.creator) == wanted and (not before or video.create_time * 1000 < before)
        ]
        cursor = str(videos[:count][-1].create_time * 1000) if videos else str(before)
        return item_envelope(videos[:count], has_more=len(videos) > count, cursor=cursor)

    @api.get("/related/item_list/")
    def related() -> dict[str, Any]:
        videos = [video for video in state.listed() if video.id != request.args.get("itemID")]
        return item_envelope(videos[: number("count", 16) or 16])

    @api.get("/search/general/full/")
    def search() -> dict[str, Any]:
        found = [video for video in state.listed() if _matches(video, request.args.get("keyword", ""))]
        offset = number("offset", 0) or 0
        rows = found[offset : offset + 12]
        return {
            "data": [{"type": 1, "item": item_json(video)} for video in rows],
            "cursor": offset + len(rows),
            "has_more": int(offset + len(rows) < len(found)),
            "status_code": 0,
            "extra": envelope_extra(),
            "log_pb": IMPRESSION,
        }

    @api.get("/user/detail/")
    def user_detail() -> dict[str, Any]:
        creator = state.creators.get(request.args.get("uniqueId", ""))
        if creator is None:
            return {"userInfo": {}, "statusCode": USER_NOT_FOUND, "statusMsg": "user doesn't exist"}
        return user_detail_json(creator)

    @api.get("/item/detail/")
    def item_detail() -> dict[str, Any]:
        video = state.videos.get(request.args.get("itemId", ""))
        return item_detail_json(video, state.statuses.get(video.id, 0) if video else ITEM_NOT_FOUND)

    return api


def item_detail_json(video: Video | None, status: int = 0) -> dict[str, Any]:
    """Return ``webapp.video-detail``; a ``status`` other than 0 (deleted, private) comes without the item."""
    if video is None or status:
        return {"itemInfo": {}, "statusCode": status or ITEM_NOT_FOUND, "statusMsg": "item doesn't exist"}
    return {
        "itemInfo": {"itemStruct": item_json(video, detail=True)},
        "shareMeta": {"title": f"{video.creator.nickname} on TikTok", "desc": video.caption},
        "statusCode": 0,
        "statusMsg": "",
    }


def _matches(video: Video, keyword: str) -> bool:
    text = " ".join((video.caption, *video.hashtags, video.creator.nickname, video.creator.handle)).lower()
    words = keyword.lower().replace("#", " ").split()
    return bool(words) and all(word in text for word in words)


def _comment_envelope(page: Page, video: Video) -> dict[str, Any]:
    return {
        "comments": [comment_json(comment, video) for comment in page.comments] or None,
        "cursor": page.cursor,
        "has_more": int(page.has_more),
        "extra": envelope_extra(),
        "log_pb": IMPRESSION,
        "status_code": 0,
        "status_msg": "",
    }


def _refused_comments() -> dict[str, Any]:
    return {
        "comments": None,
        "cursor": 0,
        "has_more": 0,
        "status_code": INVALID_PARAMETER,
        "status_msg": "Invalid parameters",
        "extra": envelope_extra(),
        "total": 0,
    }
