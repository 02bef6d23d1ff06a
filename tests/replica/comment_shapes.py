"""Comment rows of TikTok's web API, built from the replica's plain data."""

import re
from typing import Any

from tests.replica.content import NOW, Comment, User, Video
from tests.replica.paging import filtered_places
from tests.replica.shapes_common import sec_uid, utf16_length

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
        "reply_to_reply_id": comment.answers,
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
            "reply_comment_total": len(comment.replies) + comment.hidden_replies,
            "author_pin": comment.pinned,
            "allow_download_photo": comment.image,
            "sort_tags": '{"top_list":1}',
            "sort_extra_score": {"reply_score": 0.002, "show_more_score": 0.12},
        }
    return row


def comment_total(video: Video) -> int:
    """The header's number: comments, replies, and the ones the site filters."""
    return video.visible_total + filtered_places(len(video.comments))


def envelope_extra() -> dict[str, Any]:
    """Return the bookkeeping every list answer carries (``now`` in ms)."""
    return {"api_debug_info": None, "fatal_item_ids": None, "now": NOW * 1000}


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


def _mentions(text: str) -> list[dict[str, Any]]:
    return [
        {
            "start": utf16_length(text[: found.start()]),
            "end": utf16_length(text[: found.end()]),
            "user_id": "7100000000000000001",
            "sec_uid": "MS4wLjABAAAAmention",
            "hashtag_name": "",
            "type": 0,
        }
        for found in MENTION.finditer(text)
    ]
