"""What is kept of the data in a page that a browser sends: the parts that are read, and nothing else.

The extension cuts the same parts out before it sends (extension/lib/page-data.ts); whoever holds its token need not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
"""Fields by name: None for a plain value, a mapping for an object, a list of one mapping for a list of objects."""

_ACCOUNT: Shape = dict.fromkeys(["id", "uniqueId", "nickname", "verified", "ttSeller"]) | {"commerceUserInfo": {"commerceUser": None}}
_FOLLOWING: Shape = dict.fromkeys(["followerCount", "followingCount", "heart", "heartCount", "videoCount"])
_COUNTERS: Shape = dict.fromkeys(["playCount", "diggCount", "commentCount", "shareCount", "collectCount", "repostCount"])
_TAG_COUNTERS: Shape = dict.fromkeys(["videoCount", "viewCount"])
_ITEM: Shape = {
    **dict.fromkeys(["id", "desc", "createTime", "textLanguage", "isAd", "adAuthorization", "is_ec_video", "itemCommentStatus"]),
    "author": _ACCOUNT,
    "authorStats": _FOLLOWING,
    "authorStatsV2": _FOLLOWING,
    "stats": _COUNTERS,
    "statsV2": _COUNTERS,
    "challenges": [dict.fromkeys(["id", "title"])],
    "textExtra": [dict.fromkeys(["hashtagId", "hashtagName"])],
    "music": dict.fromkeys(["id", "title"]),
    "video": {"duration": None},
    "anchors": [dict.fromkeys(["id", "type", "keyword", "component_key", "extra"])],
}
BLOCKS: Shape = {
    "webapp.video-detail": {"statusCode": None, "itemInfo": {"itemStruct": _ITEM}},
    "webapp.user-detail": {"statusCode": None, "userInfo": {"user": _ACCOUNT, "stats": _FOLLOWING, "statsV2": _FOLLOWING}},
    "webapp.challenge-detail": {
        "statusCode": None,
        "challengeInfo": {"challenge": dict.fromkeys(["id", "title"]), "stats": _TAG_COUNTERS, "statsV2": _TAG_COUNTERS},
    },
}
"""The known blocks of `__UNIVERSAL_DATA_FOR_REHYDRATION__`."""

_LONGEST_LIST = 100


def reduced(values: Mapping[str, Any], shape: Shape = BLOCKS) -> dict[str, Any]:
    """The fields of an object that `shape` names; what is of another form is left out.

    >>> reduced({"webapp.user-detail": {"statusCode": 0, "shareMeta": {"desc": "Amy"}}, "webapp.app-context": {}})
    {'webapp.user-detail': {'statusCode': 0}}
    """
    kept: dict[str, Any] = {}
    for name, form in shape.items():
        value = values.get(name)
        if isinstance(form, list):
            if isinstance(value, list):
                kept[name] = [reduced(row, form[0]) for row in value[:_LONGEST_LIST] if isinstance(row, dict)]
        elif isinstance(form, dict):
            if isinstance(value, dict):
                kept[name] = reduced(value, form)
        elif value is not None and not isinstance(value, dict | list):
            kept[name] = value
    return kept
