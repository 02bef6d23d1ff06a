"""A hashtag's endpoints: its numbers, and its videos by an offset that is text."""

from typing import Any

from flask import Blueprint, request

from tests.replica.content import Video
from tests.replica.envelopes import item_envelope, number
from tests.replica.item_shapes import item_json, tag_id
from tests.replica.state import State

TAG_PAGE = 30
TAG_NOT_FOUND = 10205  # which number the site uses for a missing hashtag is not known


def create_tag_api(state: State) -> Blueprint:
    """Return the blueprint of ``/api/challenge/*`` and of the preload that hovering asks for."""
    api = Blueprint("tag_api", __name__, url_prefix="/api")

    @api.get("/challenge/detail/")
    def detail() -> dict[str, Any]:
        return tag_detail_json(state, request.args.get("challengeName", ""))

    @api.get("/challenge/item_list/")
    def items() -> dict[str, Any]:
        wanted = request.args.get("challengeID", "")
        cursor, count = number("cursor", 0) or 0, number("count", TAG_PAGE) or TAG_PAGE
        videos = state.tagged(lambda video: any(str(tag_id(tag)) == wanted for tag in video.hashtags))
        limit = state.settings.tag_limit
        reachable = videos if limit is None else videos[:limit]
        rows, end = reachable[cursor : cursor + count], cursor + count
        ends_empty = state.settings.list_end == "no_key"
        more = bool(rows) if ends_empty else end < len(reachable)
        return item_envelope(rows, has_more=more, cursor=str(min(end, len(reachable)) if rows else cursor))

    @api.get("/preload/item_list/")
    def preload() -> dict[str, Any]:
        return item_envelope(state.listed()[:6])

    return api


def tag_detail_json(state: State, name: str) -> dict[str, Any]:
    """Return ``webapp.challenge-detail``; an unknown hashtag has an empty ``challengeInfo``."""
    videos = tag_videos(state, name)
    if not videos:
        return {"challengeInfo": {}, "statusCode": TAG_NOT_FOUND, "statusMsg": "challenge doesn't exist"}
    posts, views = 52_012 + len(videos), 5_400_223_344 + sum(video.plays for video in videos)
    return {
        "challengeInfo": {
            "challenge": {
                "id": str(tag_id(name)),
                "title": name,
                "desc": f"Everything about {name}",
                "profileThumb": "",
                "profileLarger": "",
                "isCommerce": False,
                "splitTitle": None,
            },
            "stats": {"videoCount": round(posts, -2), "viewCount": round(views, -5)},
            "statsV2": {"videoCount": str(posts), "viewCount": str(views)},
        },
        "shareMeta": {"title": f"#{name} on TikTok", "desc": ""},
        "statusCode": 0,
    }


def tag_videos(state: State, name: str) -> list[Video]:
    """Return the videos under a hashtag in the order its page shows them."""
    return state.tagged(lambda video: name in video.hashtags)


def first_tag_items(state: State, name: str) -> list[dict[str, Any]]:
    """Return the items that the page's HTML carries when no request brings them."""
    return [item_json(video) for video in tag_videos(state, name)[:TAG_PAGE]]
