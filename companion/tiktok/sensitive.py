"""Which fields of TikTok's JSON name a person, open a door, or hold words of people; told by the field's name alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Identity = Literal["uid", "handle", "name", "secret_id", "other"]

TEXT_KEYS = frozenset(
    [
        *("text", "desc", "title", "caption", "comment", "description", "content", "keyword", "name", "nickname"),
        *("elastic_title", "category_name", "hashtagName", "hashtag_name", "label_text", "status_msg", "statusMsg"),
    ]
)
"""Fields that hold what people wrote: masked, never taken apart as JSON, never dropped for holding an address."""

EXTRA_KEYS = frozenset(["text_extra", "textExtra", "translated_text_extra"])
"""Lists of marked places in a text: mentions name people, hashtags do not."""

PRODUCT_PAGE_KEYS = frozenset(["seo_url", "detail_url"])
"""Addresses that are kept without their query: the path alone names the product."""

ROW_ID_KEYS = frozenset(["cid", "comment_id", "aweme_id"])
"""Ids of comments and videos, which are nobody's."""

CONTENT_KEYS = ROW_ID_KEYS | frozenset(["text", "comment", "video", "imagePost", "anchors", "itemStruct"])
"""Fields of comments and videos: an object that has one is no person, even where a person's fields lie flat in it."""

PERSON_KEYS = frozenset(["user", "author", "reply_user", "reply_to_user", "commenter", "user_info", "userInfo"])
"""Fields that hold a person, or only a person's id or handle."""

ENVELOPE_KEYS = frozenset(
    [
        *("comments", "itemList", "item_list", "user_list", "data", "CommentItem", "ItemModule"),
        *("userInfo", "itemInfo", "challengeInfo"),
    ]
)
"""Fields of an answer as a whole: one that also names somebody is still an answer."""

_OWN: dict[str, Identity] = {
    "uid": "uid",
    "userid": "uid",
    "uniqueid": "handle",
    "username": "handle",
    "useruniqueid": "handle",
    "nickname": "name",
    "displayname": "name",
    "secuid": "secret_id",
    "secuserid": "secret_id",
}
"""Fields of a person's own object, by which it is known as one."""

_ENDINGS: dict[str, Identity] = _OWN | {"authorid": "uid", "authorsecid": "secret_id", "usersecid": "secret_id"}
"""Ends of the names of fields that point to a person (`reply_to_userid`), who need not be the one the object is about."""

_DROPPED = re.compile(
    "mstoken|token|signature|verifyfp|device|cookie|csrf|session|bogus|gnarly"  # what lets someone act, or tells browsers apart
    "|shareinfo|sharemeta|logpb|logid|agegroup|authorname|^tt2dsp"  # what repeats names, and guesses about people
    "|^bio|^birthday|^gender|^region$|^accountregion|^bindphone|^email|^insid|^twitter|^googleaccount|^youtubechannel"  # a person's own
    "|^urllist|^playaddr|^downloadaddr|^playurl|^playapi"  # signed media addresses, which expire anyway
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_DROPPED_WORD = re.compile("ip|odin.*")  # as a word of its own: "description" and "encoding" stay


@lru_cache(4096)
def own_identity(key: str) -> Identity | None:
    """Which part of the person whose object it stands in a field holds; None where it is none."""
    return _OWN.get(_plain(key))


@lru_cache(4096)
def identity_of(key: str) -> Identity | None:
    """Which part of any person a field holds; None where it is none."""
    plain = _plain(key)
    if plain.startswith("avatar"):
        return "other"
    if plain.endswith("uid") and not plain.endswith("secuid"):
        return "uid" if plain == "uid" or key.endswith(("_uid", "Uid")) else None  # "guid" is nobody's
    return next((part for end, part in _ENDINGS.items() if plain.endswith(end)), None)


@lru_cache(4096)
def is_sign(key: str) -> bool:
    """Whether a field makes its object a person."""
    return own_identity(key) is not None or _plain(key).startswith("avatar")


@lru_cache(4096)
def is_dropped(key: str) -> bool:
    """Whether a field leaves the body with all it holds."""
    return bool(_DROPPED.search(_plain(key))) or any(_DROPPED_WORD.fullmatch(word.lower()) for word in _WORD.findall(key))


@lru_cache(4096)
def is_person_key(key: str) -> bool:
    """Whether an object under this field is a person, whatever its own fields are called ("review_user")."""
    return key in PERSON_KEYS or (key.isidentifier() and _plain(key).endswith(("user", "commenter", "reviewer")))


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()
