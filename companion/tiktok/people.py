"""The people of one body: commenters become pseudonyms and their names are looked for everywhere else; creators stay public."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from companion.tiktok.masking import mask
from companion.tiktok.names import Names
from companion.tiktok.sensitive import Identity, identity_of, own_identity

Pseudonym = Callable[[str], str]
"""Stands in for a uid or handle: 32 hex digits (`Workspace.pseudonym`)."""

_PSEUDONYM = re.compile(r"[0-9a-f]{32}")  # TikTok's ids are digits and its handles 24 characters at most: no name looks like this
_SHORTEST: dict[Identity, int] = {"handle": 4, "name": 4, "uid": 6, "secret_id": 8}
"""Shorter names are words too often to be taken out of texts; they still leave the person's own fields."""

_PLAIN_FIELDS: tuple[tuple[Identity, str], ...] = (("uid", "id"), ("name", "name"))
"""Fields that are a person's only because their object is one."""

_CREATOR_FIELDS = ("verified", "ttSeller")


UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
"""Halves of characters and NUL, which no database takes."""

LARGEST_NUMBER = 10**40
"""Longer numbers are none of TikTok's, and too long ones cannot even be written."""


class Settled(dict[str, Any]):
    """An object that is finished: nothing in it is looked at again."""


class People:
    """Turns people into what may be kept, and remembers how they were called."""

    def __init__(self, pseudonym: Pseudonym) -> None:
        self._pseudonym = pseudonym
        self._cache: dict[str, str] = {}
        self._called: dict[Identity, set[str]] = {part: set() for part in _SHORTEST}
        self._public: set[str] = set()

    def commenter(self, values: Mapping[str, Any]) -> Settled:
        """The pseudonyms of a person: `uid` and `unique_id`, each where it is known."""
        parts: dict[Identity, str] = {}
        for key, value in values.items():
            if part := identity_of(key):
                self.call(part, value)
            if (own := own_identity(key)) and own not in parts and (text := _text(value)):
                parts[own] = text
        for part, key in _PLAIN_FIELDS:
            if part not in parts and (text := _text(values.get(key))):
                parts[part] = text
        return self._settled(parts)

    def named(self, value: object) -> Settled:
        """A person of whom only an id or a handle is given."""
        text = _text(value)
        if not text:
            return Settled()
        return self._settled({"uid": text} if text.isdigit() or _PSEUDONYM.fullmatch(text) else {"handle": text})

    def creator(self, values: Mapping[str, Any]) -> Settled:
        """The public part of a creator: id, handle, name, verified, shop."""
        if any(_PSEUDONYM.fullmatch(_text(values.get(key))) for key in ("uid", "unique_id")):
            return self.commenter(values)  # scrubbed before, as someone of whom only the id was given
        kept: dict[str, Any] = {}
        creator_id = _text(values.get("id")) or _text(values.get("uid"))
        handle = _text(values.get("uniqueId")) or _text(values.get("unique_id"))
        if creator_id:
            kept["id"] = creator_id
        if handle:
            kept["uniqueId"] = handle
        if name := _text(values.get("nickname")):
            kept["nickname"] = mask(name)
        kept |= {key: values[key] for key in _CREATOR_FIELDS if isinstance(values.get(key), bool | int)}
        business = values.get("commerceUserInfo")
        if isinstance(business, dict) and isinstance(business.get("commerceUser"), bool):
            kept["commerceUserInfo"] = {"commerceUser": business["commerceUser"]}
        self.make_public(creator_id, handle, name)
        self.call("secret_id", values.get("secUid"))
        return Settled(kept)

    def make_public(self, *names: object) -> None:
        """Note names of creators, and ids of videos and comments: they stay where they stand."""
        self._public.update(text.lower() for name in names if (text := _text(name)))

    def call(self, part: Identity, value: object) -> None:
        """Note how a person is called."""
        text = _text(value) if part in _SHORTEST else ""
        if text and len(text) >= _SHORTEST[part] and not _PSEUDONYM.fullmatch(text):
            self._called[part].add(text)

    def names(self) -> Names:
        """What has to leave all other texts of the body."""
        return Names({part: {name for name in called if name.lower() not in self._public} for part, called in self._called.items()})

    def _settled(self, parts: Mapping[Identity, str]) -> Settled:
        for part, text in parts.items():
            self.call(part, text)
        kept = Settled()
        if uid := parts.get("uid"):
            kept["uid"] = self._stand_in(uid)
        if handle := parts.get("handle"):
            kept["unique_id"] = self._stand_in(handle.removeprefix("@").lower())
        return kept

    def _stand_in(self, name: str) -> str:
        if _PSEUDONYM.fullmatch(name):
            return name
        if name not in self._cache:
            self._cache[name] = self._pseudonym(name)
        return self._cache[name]


def _text(value: object) -> str:
    """An id or name as text; "" for none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 < value < LARGEST_NUMBER else ""
    text = UNSTORABLE.sub("\ufffd", value).strip() if isinstance(value, str) else ""
    return "" if text == "0" else text
