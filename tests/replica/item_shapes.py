"""Video and creator objects of TikTok's web API, built from the replica's plain data."""

import zlib
from typing import Any

from tests.replica.anchors import anchors_json
from tests.replica.comment_shapes import comment_total
from tests.replica.content import Creator, Video
from tests.replica.shapes_common import MEDIA, sec_uid, utf16_length

# Any value but 0 says that comments are off or limited; which one is not known.
COMMENTS_OFF = 2


def item_json(video: Video, *, detail: bool = False) -> dict[str, Any]:
    """Return an ``itemStruct``; ``detail`` gives the video page's types (``createTime`` as a string)."""
    total = comment_total(video)
    item: dict[str, Any] = {
        "id": video.id,
        "desc": video.caption,
        "createTime": str(video.create_time) if detail else video.create_time,
        "author": user_json(video.creator),
        "authorStats": _creator_stats(video.creator),
        "stats": {
            "diggCount": _rounded(video.likes),
            "shareCount": video.shares,
            "commentCount": total,
            "playCount": _rounded(video.plays),
            "collectCount": str(video.saves) if detail else video.saves,
        },
        "statsV2": {
            "diggCount": str(video.likes),
            "shareCount": str(video.shares),
            "commentCount": str(total),
            "playCount": str(video.plays),
            "collectCount": str(video.saves),
            "repostCount": str(video.extras.reposts),
        },
        "textExtra": _hashtag_spans(video),
        "music": {
            "id": f"{int(video.id) + 7}",
            "title": video.music,
            "authorName": video.creator.nickname,
            "original": video.music.startswith("original sound"),
            "duration": video.duration,
        },
        "video": {
            "id": video.id,
            "duration": video.duration,
            "ratio": "720p",
            "width": 576,
            "height": 1024,
            "cover": f"{MEDIA}/cover/{video.id}.svg",
        },
        "isAd": video.extras.ad,
        "adAuthorization": video.extras.paid_partnership,
        "itemCommentStatus": COMMENTS_OFF if video.extras.comments_off else 0,
        "textLanguage": "en",
    }
    if video.extras.region:
        item["locationCreated"] = video.extras.region
    if video.hashtags:
        item["challenges"] = [
            {"id": str(tag_id(tag)), "title": tag, "desc": "", "stats": {"videoCount": 0, "viewCount": 0}} for tag in video.hashtags
        ]
    if (anchors := anchors_json(video)) is not None:
        item["anchors"] = anchors
    if video.extras.photos:
        address = f"{MEDIA}/cover/{video.id}.svg"
        item["imagePost"] = {"images": [{"imageURL": {"urlList": [address]}} for _ in range(video.extras.photos)], "title": ""}
    if video.extras.live:
        item["liveRoomInfo"] = {"status": 2, "title": video.caption, "userCount": 87}
    return item


def user_json(creator: Creator) -> dict[str, Any]:
    """Return the ``author`` / ``userInfo.user`` object."""
    return {
        "id": creator.uid,
        "uniqueId": creator.handle,
        "nickname": creator.nickname,
        "secUid": sec_uid(creator),
        "avatarThumb": f"{MEDIA}/avatar/{creator.handle}.svg",
        "avatarMedium": f"{MEDIA}/avatar/{creator.handle}.svg",
        "avatarLarger": f"{MEDIA}/avatar/{creator.handle}.svg",
        "signature": creator.signature,
        "verified": creator.verified,
        "privateAccount": False,
        "secret": False,
        "ftc": False,
        "relation": 0,
        "commentSetting": 0,
        "ttSeller": creator.seller,
        "commerceUserInfo": {"commerceUser": creator.seller},
    }


def user_detail_json(creator: Creator) -> dict[str, Any]:
    """Return ``webapp.user-detail`` / ``/api/user/detail/``."""
    stats = _creator_stats(creator)
    return {
        "userInfo": {
            "user": user_json(creator),
            "stats": stats,
            "statsV2": {key: str(value) for key, value in stats.items()},
            "itemList": [],
        },
        "shareMeta": {"title": f"{creator.nickname} on TikTok", "desc": creator.signature},
        "statusCode": 0,
        "statusMsg": "ok",
        "needFix": False,
    }


def _creator_stats(creator: Creator) -> dict[str, int]:
    hearts = creator.followers * 31
    return {
        "followerCount": creator.followers,
        "followingCount": 214,
        "heart": hearts,
        "heartCount": hearts,
        "videoCount": 120,
        "diggCount": 0,
        "friendCount": 0,
    }


def _hashtag_spans(video: Video) -> list[dict[str, Any]]:
    spans = []
    for tag in video.hashtags:
        start = video.caption.find(f"#{tag}")
        if start >= 0:
            at = utf16_length(video.caption[:start])
            spans.append(
                {
                    "awemeId": "",
                    "start": at,
                    "end": at + utf16_length(tag) + 1,
                    "hashtagName": tag,
                    "hashtagId": str(tag_id(tag)),
                    "type": 1,
                    "subType": 0,
                    "isCommerce": False,
                }
            )
    return spans


def tag_id(tag: str) -> int:
    """Return the hashtag's number, the same in every run."""
    return 1_000_000 + zlib.crc32(tag.encode()) % 9_000_000


def _rounded(count: int) -> int:
    """Round like ``stats``: two or more figures short of the exact ``statsV2`` above 10,000."""
    return round(count, -2) if count < 1_000_000 else round(count, -5)
