"""Invented bodies in TikTok's shapes, and a pseudonym as the workspace makes it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from companion.tiktok import Asked, ReadPage, asked_of, read, scrub

VIDEO = "7600000000000000011"
CREATOR = "7100000000000000022"
TOP = "7600000000000000101"


def pseudonym(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "replace"), key=b"k" * 32, digest_size=16).hexdigest()


def asked(kind: str = "comments", **more: Any) -> Asked:
    return Asked(kind, "/api/x/", **({"video_id": VIDEO} | more))  # type: ignore[arg-type]


def listing(video: str = VIDEO, cursor: int = 0) -> Asked:
    found = asked_of(f"https://www.tiktok.com/api/comment/list/?aweme_id={video}&cursor={cursor}&count=20&msToken=t0k")
    assert found
    return found


def taken(asked_for: Asked, body: object) -> ReadPage:
    """The page as intake reads it."""
    return read(asked_for, scrub(asked_for, body, pseudonym))


def user(uid: str = "7100000000000000044", handle: str = "mia.tests", nickname: str = "Mia Example") -> dict[str, Any]:
    return {
        "uid": uid,
        "sec_uid": f"MS4wLjABAAAA{handle}",
        "unique_id": handle,
        "nickname": nickname,
        "avatar_thumb": {"uri": f"tos-avt/{uid}", "url_list": [f"https://p16.example.invalid/{uid}?x-signature=s"]},
        "signature": f"I am {nickname}",
        "predicted_age_group": "18_24",
        "custom_verify": "",
    }


def comment(**more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "cid": TOP,
        "aweme_id": VIDEO,
        "text": "where did you get it?? need this",
        "create_time": 1769601111,
        "digg_count": 12,
        "reply_comment_total": 2,
        "reply_comment": None,
        "reply_id": "0",
        "reply_to_reply_id": "0",
        "comment_language": "en",
        "is_author_digged": True,
        "author_pin": False,
        "stick_position": 0,
        "is_high_purchase_intent": True,
        "label_list": None,
        "image_list": None,
        "text_extra": [],
        "share_info": {
            "acl": {"code": 0, "extra": "{}"},
            "desc": "Mia Example’s comment: where did you get it?? need this",
            "title": "my new ring light",
            "url": "https://m.tiktok.com/v/1.html?comment_author_id=7100000000000000044&u_code=x",
        },
        "sort_tags": '{"top_list":1}',
        "user": user(),
    }
    return row | more


def reply(**more: Any) -> dict[str, Any]:
    row = comment(cid="7600000000000000202", text="the link is in my bio", reply_id=TOP)
    for absent in ("reply_comment_total", "author_pin", "sort_tags"):
        del row[absent]
    return row | more


def comments(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "comments": list(rows),
        "cursor": 20,
        "has_more": 1,
        "total": 504,
        "status_code": 0,
        "status_msg": "",
        "log_pb": {"impr_id": "2026X"},
    } | more


def item(**more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": VIDEO,
        "desc": "my new ring light, link in bio #RingLight #ringlight #目",
        "createTime": 1769600000,
        "author": {
            "id": CREATOR,
            "uniqueId": "shop.tests",
            "nickname": "Shop Tests",
            "secUid": "MS4wLjABAAAAshoptests",
            "avatarThumb": "https://p16.example.invalid/a.jpeg",
            "signature": "mail me: shop@example.com",
            "verified": False,
            "ttSeller": True,
        },
        "authorStats": {"followerCount": 41300, "followingCount": 904, "heart": 1600000, "heartCount": 1600000, "videoCount": 391},
        "stats": {"diggCount": 38900, "shareCount": 2124, "commentCount": 504, "playCount": 1600000, "collectCount": "3207"},
        "statsV2": {"diggCount": "38884", "shareCount": "2124", "commentCount": "504", "playCount": "1585253", "repostCount": "7"},
        "challenges": [{"id": "3294439", "title": "RingLight"}, {"id": "2", "title": "ringlight"}, {"id": "3", "title": "目"}],
        "textExtra": [{"start": 31, "end": 41, "hashtagName": "RingLight", "hashtagId": "3294439", "type": 1, "secUid": "", "userId": ""}],
        "music": {"id": "7600000000000000033", "title": "original sound", "authorName": "Someone Else", "original": True},
        "video": {"id": VIDEO, "duration": 61, "playAddr": "https://v16.example.invalid/x/?signature=s&tk=t"},
        "isAd": False,
        "adAuthorization": False,
        "itemCommentStatus": 0,
        "textLanguage": "en",
    }
    return row | more


def items(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"itemList": list(rows), "hasMore": True, "cursor": "30", "statusCode": 0, "status_code": 0} | more


def without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
