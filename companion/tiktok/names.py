"""Names of a body's people, found wherever they stand in texts, numbers and keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from companion.tiktok.masking import AT, INVISIBLE, MENTION
from companion.tiktok.sensitive import Identity

_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(rf"[{AT}][{INVISIBLE}]*\Z")
_SPACELESS = 0x0E00  # from Thai on, scripts are written without spaces, so that a name has no visible ends
_SHORTEST_CORE = 4  # without the ornaments around it
_SMALL_UID = 10**11  # smaller ids exist, but so do counts and times of that size


class Names:
    """Built once a body; a text is looked through word by word, so that many names cost no more than one."""

    def __init__(self, called: Mapping[Identity, set[str]]) -> None:
        self._uids = called["uid"]
        self._keys = self._uids | {handle.lower() for handle in called["handle"] if not handle.isalpha()}
        self._by_word: dict[str, list[tuple[str, bool]]] = {}
        self._runs: list[str] = []
        # The longest first, so that "mia.tests" is not taken for "mia"; then by spelling, so that the outcome never varies.
        for part, name in sorted(_all(called), key=lambda pair: (-len(pair[1]), pair[1])):
            self._add(name, exact=part == "name")

    def out_of(self, text: str) -> str:
        """The text with "@user" for each name."""
        for name in self._runs:
            if name in text:
                text = text.replace(name, MENTION)
        if not self._by_word:
            return text
        parts: list[str] = []
        position = 0
        for word in _WORD.finditer(text):
            if word.start() >= position and (names := self._by_word.get(word[0].lower())):
                before = text[position : word.start()]
                bare = _LEAD.sub("", before)
                end = _end_of_name(text, word.start(), names, is_called=bare != before)
                if end is not None:
                    parts += [bare, MENTION]
                    position = end
        return "".join(parts) + text[position:] if parts else text

    def has_number(self, number: int) -> bool:
        """Whether a number is a person's id."""
        return number > _SMALL_UID and str(number) in self._uids

    def has_id(self, digits: str) -> bool:
        """Whether text of digits is a person's id."""
        return digits in self._uids

    def has_key(self, key: str) -> bool:
        """Whether a key is a person's id or handle, and not a plain word."""
        return key.lower() in self._keys

    def _add(self, name: str, *, exact: bool) -> None:
        """Note a name. Display names are words of the language too ("Need It"): they count as their owner writes them (`exact`)."""
        first = _WORD.search(name)
        if first is None:
            return  # a name of emoji alone tells nobody apart
        core = name[first.start() :].rstrip()
        while core and not core[-1].isalnum():
            core = core[:-1]
        if len(core) < _SHORTEST_CORE:
            return
        if ord(core[0]) >= _SPACELESS:
            self._runs.append(core)
        else:
            self._by_word.setdefault(first[0].lower(), []).append((core, exact))


def _all(called: Mapping[Identity, set[str]]) -> Iterable[tuple[Identity, str]]:
    return ((part, name) for part, names in called.items() for name in names)


def _end_of_name(text: str, start: int, names: list[tuple[str, bool]], is_called: bool) -> int | None:
    """Where the first of the names that stands here ends, whole words only; behind "@" (`is_called`) in any spelling."""
    for name, exact in names:
        end = start + len(name)
        piece = text[start:end]
        same = piece == name or ((is_called or not exact) and piece.casefold() == name.casefold())
        if same and not text[end : end + 1].isalnum():
            return end
    return None
