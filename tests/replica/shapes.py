"""The JSON objects of TikTok's web API, built from the replica's plain data."""

import re
from typing import Any

from tests.replica.content import NOW, Comment, Creator, User, Video
from tests.replica.paging import filtered_places

MEDIA = "/media/tiktokcdn"
MENTION = re.compile(r"@([A-Za-z0-9_.]{2,24})")
SHARE_URL = "https://t.tiktok.com/i18n/share/video"


def comment_json(comment: Comment, video: Video, *, parent: Comment | None = None, nth: int = 0) -> dict[str, Any]:
    """Return one row of ``/api/comment/list/`` (or of its replies, with ``parent``)."""
    if comment.raw is not None:
        return dict(comment.raw)
    is_creator = comment.user.uid == video.creator.uid
    row: dict[str, Any] = {
        "cid": comment.cid,
        "aweme_id": video.id,
        "text": comment.text,
        "create_time": comment.create_time,
        "digg_count": comment.likes,
        "reply_comment": None,
        "reply_id": parent.cid if parent else "0",
        "reply_to_reply_id": "0",
        "comment_language": comment.language,
        "is_author_digged": comment.creator_liked,
        "is_high_purchase_intent": comment.intent_flag,
        "seeking_help_model_type": int("?" in comment.text),
        "label_list": [{"text": "Creator", "type": 1}] if is_creator else None,
        "image_list": [_image(comment)] if comment.image else None,
        "text_extra": _mentions(comment.text),
        "is_comment_translatable": False,
        "trans_btn_style": 0,
        "share_info": _share(comment, video),
        "status": 1,
        "no_show": False,
        "fold_status": -1,
        "collect_stat": 0,
        "user_digged": 0,
        "user_buried": False,
        "thread_id": nth,
        "stick_position": int(comment.pinned),
        "user": _commenter(comment.user),
    }
    if comment.sticker:
        row["cmt_sticker_struct"] = {"sticker_type": 14, "sticker_id": comment.cid}
    if is_creator:
        row |= {"label_text": "Creator", "label_type": 1}
    if parent is None:
        row |= {
            "reply_comment_total": len(comment.replies),
            "author_pin": comment.pinned,
            "allow_download_photo": comment.image,
            "sort_tags": '{"top_list":1}',
            "sort_extra_score": {"reply_score": 0.002, "show_more_score": 0.12},
        }
    return row


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
            "repostCount": "0",
        },
        "textExtra": _hashtag_spans(video),
        "music": {"id": f"{int(video.id) + 7}", "title": video.music, "authorName": video.creator.nickname,
                  "original": video.music.startswith("original sound"), "duration": video.duration},
        "video": {"id": video.id, "duration": video.duration, "ratio": "720p", "width": 576, "height": 1024,
                  "cover": f"{MEDIA}/cover/{video.id}.svg"},
        "isAd": False,
        "itemCommentStatus": 0,
        "textLanguage": "en",
    }
    if video.hashtags:
        item["challenges"] = [
            {"id": str(_tag_id(tag)), "title": tag, "desc": "", "stats": {"videoCount": 0, "viewCount": 0}}
            for tag in video.hashtags
        ]
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


def sec_uid(user: User) -> str:
    """Return the opaque second id that list requests carry."""
    return f"MS4wLjABAAAA{user.uid}"


def comment_total(video: Video) -> int:
    """The header's number: comments, replies, and the ones the site filters."""
    return video.visible_total + filtered_places(len(video.comments))


def _commenter(user: User) -> dict[str, Any]:
    return {
        "uid": user.uid,
        "sec_uid": sec_uid(user),
        "unique_id": user.handle,
        "nickname": user.nickname,
        "avatar_thumb": {"uri": f"tos-avt/{user.uid}", "url_list": [], "url_prefix": None},
        "custom_verify": "",
        "enterprise_verify_reason": "",
    }


def _creator_stats(creator: Creator) -> dict[str, int]:
    hearts = creator.followers * 31
    return {"followerCount": creator.followers, "followingCount": 214, "heart": hearts, "heartCount": hearts,
            "videoCount": 120, "diggCount": 0, "friendCount": 0}


def _image(comment: Comment) -> dict[str, Any]:
    picture = {"height": 960, "width": 720, "uri": comment.cid, "url_list": [], "url_prefix": None}
    return {"crop_url": picture, "origin_url": picture, "source": 0}


def _share(comment: Comment, video: Video) -> dict[str, Any]:
    return {
        "acl": {"code": 0, "extra": "{}"},
        "desc": f"{comment.user.nickname}’s comment: {comment.text}",
        "title": video.caption,
        "url": f"{SHARE_URL}/{video.id}/?share_comment_id={comment.cid}",
    }


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _mentions(text: str) -> list[dict[str, Any]]:
    return [
        {"start": _utf16_length(text[: found.start()]), "end": _utf16_length(text[: found.end()]),
         "user_id": "7100000000000000001", "sec_uid": "MS4wLjABAAAAmention", "hashtag_name": "", "type": 0}
        for found in MENTION.finditer(text)
    ]


def _hashtag_spans(video: Video) -> list[dict[str, Any]]:
    spans = []
    for tag in video.hashtags:
        start = video.caption.find(f"#{tag}")
        if start >= 0:
            at = _utf16_length(video.caption[:start])
            spans.append({"awemeId": "", "start": at, "end": at + _utf16_length(tag) + 1, "hashtagName": tag,
                          "hashtagId": str(_tag_id(tag)), "type": 1, "subType": 0, "isCommerce": False})
    return spans


def _tag_id(tag: str) -> int:
    return 1_000_000 + sum(ord(letter) * 31**place for place, letter in enumerate(tag)) % 9_000_000


def _rounded(count: int) -> int:
    """Round like ``stats``: two or more figures short of the exact ``statsV2`` above 10,000."""
    return round(count, -2) if count < 1_000_000 else round(count, -5)


def envelope_extra() -> dict[str, Any]:
    """Return the bookkeeping every list answer carries (``now`` in ms)."""
    return {"api_debug_info": None, "fatal_item_ids": None, "now": NOW * 1000}
