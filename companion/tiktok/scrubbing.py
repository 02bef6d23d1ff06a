"""Taking people and credentials out of a body before anything else sees it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from companion.tiktok.asked import Asked
from companion.tiktok.bodies import parse
from companion.tiktok.masking import INVISIBLE, MENTION, mask
from companion.tiktok.mentions import unmentioned
from companion.tiktok.names import Names
from companion.tiktok.people import LARGEST_NUMBER, UNSTORABLE, People, Pseudonym, Settled
from companion.tiktok.phones import PHONE
from companion.tiktok.rendered import scrub_rendered
from companion.tiktok.sensitive import (
    CONTENT_KEYS,
    ENVELOPE_KEYS,
    PERSON_KEYS,
    PRODUCT_PAGE_KEYS,
    ROW_ID_KEYS,
    TEXT_KEYS,
    identity_of,
    is_dropped,
    is_person_key,
    is_sign,
)

__all__ = ["Pseudonym", "scrub"]

_ABOUT_VIDEOS = frozenset(["items", "item", "user", "tag", "search"])
"""Bodies whose authors are creators, who are public; everyone in other bodies is a commenter."""

_ITEM_KEYS = ("stats", "statsV2", "desc", "createTime", "video", "imagePost")
_NUMBERED = ROW_ID_KEYS | frozenset(["createTime"])
_FLAT_AUTHOR = ("author", "authorId", "nickname")  # the items of 2023 carry their author in these
_PUBLIC_PERSON_KEYS = frozenset(["user"])
_DEEPEST = 60
_ANSWER_DEPTH = 1  # an answer, or what the app wraps in `data`
_GONE = object()
_BROKEN_JSON = "{"
"""Stands for text that should be JSON and is not: still no JSON, so that readers see it is unknown, and no longer anyone's data."""

_NAMELESS = "[name]"
"""Stands for a key that was somebody's id or handle."""

_LIKE_JSON = re.compile(rf"([\s{INVISIBLE}]*)(?:\{{|\[\s*[\"\[{{\d\]])")
_SIGNED_ADDRESS = re.compile(r"(?:[A-Za-z][\w+.\-]*:)?//[^\s?#]*[?#]\S*\Z")
_QUERY = re.compile(r"(\w[\w+.\-]{0,20}://[^\s?#]+)[?#]\S*")
_NUMBER = re.compile(r"[1-9]\d*")
_LOCAL_PHONE = re.compile(r"0\d{8,12}")
_PASSES = 4


@dataclass(frozen=True)
class _Folded:
    """JSON that stood as text."""

    value: object


def scrub(asked: Asked, body: object, pseudonym: Pseudonym) -> object:
    """The body without commenters' identities, contact data and credentials; creators keep id, handle, name, verified and shop.

    A commenter becomes `{"uid": ..., "unique_id": ...}` of pseudonyms, at any depth and under any key, and leaves all other texts.
    Scrubbing what is scrubbed changes nothing.
    """
    if asked.kind == "rendered":
        return scrub_rendered(body)
    unfolding = _Unfolding(People(pseudonym), asked.kind in _ABOUT_VIDEOS, body)
    found = unfolding.value("", body, 0, nested=False)
    return _rewritten("", None if found is _GONE else found, unfolding.people.names())


class _Unfolding:
    """First pass: people and credentials out, JSON inside text opened, names of people gathered."""

    def __init__(self, people: People, about_videos: bool, body: object) -> None:
        self.people = people
        self._about_videos = about_videos
        items = body.get("ItemModule") if isinstance(body, dict) else None
        named = [item["author"] for key, item in items.items() if key.isdigit() and _is_item(item)] if isinstance(items, dict) else []
        self._authors = {name.lower() for name in named if isinstance(name, str)}

    def value(self, key: str, value: object, depth: int, *, nested: bool) -> object:
        if isinstance(value, str):
            return self._text(key, value, depth)
        if isinstance(value, dict):
            return self._object(key, value, depth, nested) if depth < _DEEPEST else None
        if isinstance(value, list | tuple):
            if depth >= _DEEPEST:
                return None
            rows = [self.value(key, row, depth + 1, nested=nested) for row in value]
            return [row for row in rows if row is not _GONE]
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        return value if isinstance(value, int) and -LARGEST_NUMBER < value < LARGEST_NUMBER else None

    def _text(self, key: str, text: str, depth: int) -> object:
        text = text if text.isascii() and "\x00" not in text else UNSTORABLE.sub("\ufffd", text)
        if key in TEXT_KEYS or len(text) < 2:
            return text
        if _SIGNED_ADDRESS.match(text):
            return _QUERY.sub(r"\1", text) if key in PRODUCT_PAGE_KEYS else _GONE
        if found := _LIKE_JSON.match(text):
            try:
                return _Folded(self.value(key, parse(text[found.end(1) :]), depth + 1, nested=True))
            except ValueError:
                return _BROKEN_JSON
        return text

    def _object(self, key: str, values: Mapping[str, Any], depth: int, nested: bool) -> object:
        if key == "user":
            return self._person(values, nested)
        if self._about_videos:
            if key == "UserModule":
                return self._accounts(values, depth)
            if _is_item(values):
                return self._item(values, depth, nested)
        is_answer = depth <= _ANSWER_DEPTH and any(isinstance(values.get(name, ""), dict | list | None) for name in ENVELOPE_KEYS)
        is_content = is_answer or _has_any(values, CONTENT_KEYS)
        has_person = any(is_sign(name) for name in values)
        is_profile = self._about_videos and key == "userInfo"
        if not is_content and (has_person or (is_person_key(key) and not is_profile)):
            return self._person(values, nested)
        self.people.make_public(*(values.get(name) for name in ROW_ID_KEYS))
        kept = self._fields(values, depth, nested)
        if has_person and "user" not in values and not nested:
            kept["user"] = self.people.commenter({name: value for name, value in values.items() if name != "id"})
        return kept

    def _fields(self, values: Mapping[str, Any], depth: int, nested: bool) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for name, value in unmentioned(values, self.people).items():
            if not is_dropped(name) and not identity_of(name):
                found = self._field(name, value, depth, nested)
                if found is not _GONE:
                    kept[name] = found
        return kept

    def _field(self, name: str, value: object, depth: int, nested: bool) -> object:
        if name == "userInfo" and self._about_videos and isinstance(value, dict) and isinstance(value.get("user"), dict):
            return self._fields(value, depth + 1, nested) | {"user": self.people.creator(value["user"])}
        if name == "music" and isinstance(value, dict) and value.get("original") is True and isinstance(value.get("title"), str):
            value = value | {"title": value["title"].partition(" - ")[0]}  # "original sound - mia.tests" names its maker
        if (
            isinstance(value, str | int)
            and not isinstance(value, bool)
            and name in (_PUBLIC_PERSON_KEYS if self._about_videos else PERSON_KEYS)
        ):
            return Settled() if nested else self.people.named(value)
        return self.value(name, value, depth + 1, nested=nested)

    def _person(self, values: Mapping[str, Any], nested: bool) -> Settled:
        person = self.people.commenter(values)
        return Settled() if nested else person  # nobody is found again inside a text

    def _item(self, values: Mapping[str, Any], depth: int, nested: bool) -> dict[str, Any]:
        """A video: its author stays, as far as creators are public."""
        self.people.make_public(values.get("id"))
        kept = self._fields({name: value for name, value in values.items() if name not in _FLAT_AUTHOR}, depth, nested)
        author = values["author"]
        if isinstance(author, dict):
            kept["author"] = self.people.creator(author)
        elif isinstance(author, str):
            public = self.people.creator({"id": values.get("authorId"), "uniqueId": author, "nickname": values.get("nickname")})
            kept |= {
                name: public[field] for name, field in zip(_FLAT_AUTHOR, ("uniqueId", "id", "nickname"), strict=True) if field in public
            }
        return kept

    def _accounts(self, values: Mapping[str, Any], depth: int) -> dict[str, Any]:
        """The accounts of a page of 2023: commenters stand among the creators there."""
        users, stats = (part if isinstance(part := values.get(name), dict) else {} for name in ("users", "stats"))
        kept: dict[str, dict[str, Any]] = {"users": {}, "stats": {}}
        for handle, user in users.items():
            if not isinstance(user, dict):
                continue
            if handle.lower() not in self._authors:
                self.people.commenter(user)
                continue
            kept["users"][handle] = self.people.creator(user)
            if isinstance(stats.get(handle), dict):
                kept["stats"][handle] = self._fields(stats[handle], depth + 2, nested=False)
        return kept


def _is_item(value: object) -> bool:
    """Whether a JSON value is a video with an author."""
    author = value.get("author") if isinstance(value, dict) else None
    named = isinstance(author, dict) or (isinstance(author, str) and author.strip() not in ("", "0"))
    return named and isinstance(value, dict) and _has_any(value, _ITEM_KEYS)


def _has_any(values: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether an object has one of these fields with a value that scrubbing leaves there, so that it is the same object afterwards."""
    for name in names:
        value = values.get(name)
        if isinstance(value, dict | list | int) or (
            isinstance(value, str) and (name in TEXT_KEYS or (name in _NUMBERED and _NUMBER.fullmatch(value)))
        ):
            return True
    return False


def _rewritten(key: str, value: object, names: Names) -> object:
    """Second pass: names and contact data out of every text."""
    if isinstance(value, str):
        return _masked(key, value, names)
    if isinstance(value, Settled):
        return dict(value)
    if isinstance(value, dict):
        return {_key(name, names): _rewritten(name, part, names) for name, part in value.items()}
    if isinstance(value, list):
        return [_rewritten(key, part, names) for part in value]
    if isinstance(value, _Folded):
        return json.dumps(_rewritten(key, value.value, names), ensure_ascii=False, separators=(",", ":"))
    return 0 if isinstance(value, int) and names.has_number(value) else value


def _key(key: str, names: Names) -> str:
    return _NAMELESS if names.has_key(key) else _masked_key(key)


@lru_cache(4096)
def _masked_key(key: str) -> str:
    return mask(UNSTORABLE.sub("\ufffd", key))


def _masked(key: str, text: str, names: Names) -> str:
    if len(text) < 2:
        return text
    is_words = key in TEXT_KEYS
    if not is_words and text.isdigit():  # ids, times and counts
        return MENTION if names.has_id(text) else PHONE if _LOCAL_PHONE.fullmatch(text) else text
    cleaned = names.out_of(text)
    for _ in range(_PASSES):
        before, cleaned = cleaned, mask(_QUERY.sub(r"\1", cleaned) if "://" in cleaned else cleaned)
        if cleaned == before:
            break
    return "" if not is_words and _SIGNED_ADDRESS.match(cleaned) else cleaned
