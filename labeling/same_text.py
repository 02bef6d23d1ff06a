"""When two comments say the same: one key for every spelling of a text that differs only in its dress.

Case, accents, punctuation, emoji beside words, drawn-out letters, mentioned people and links do not count:
"PRICE??", "price 🔥" and "@ana priiice" share a key. A comment of nothing but emoji is the set of its symbols.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from companion.intent.text import clean, cut

EMOJI, MARKS, ADDRESS, EMPTY = "emoji:", "marks:", "address:", "empty:"
"""How the key of a comment without words begins; no key of words holds a colon."""

WORDLESS = (EMOJI, MARKS, ADDRESS, EMPTY)

_ADDRESS = re.compile(r"https?://\S+|(?<![\w.])@[\w.]+")
_RUN = re.compile(r"([^\W\d])\1+")
_POINT, _ACCENT = 35, 200
"""Combining classes 10 to 35 are Hebrew and Arabic vowel points, those from 200 on accents: people leave both out."""

_SILENT = (0x0640, 0xFE0E, 0xFE0F)  # the Arabic stretching line, and what turns a sign into an emoji or back


class _Letters(dict[int, str]):
    """What a code point counts for in a key of words, worked out once each: itself, a space or nothing."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        kind, marks = unicodedata.category(char), unicodedata.combining(char)
        silent = kind in ("Cf", "Me") or point in _SILENT or (kind == "Mn" and (marks >= _ACCENT or 10 <= marks <= _POINT))
        said = "" if silent else char if kind[0] in "LNM" else " "
        self[point] = said
        return said


_LETTERS = _Letters()


def same_text_key(text: str) -> str:
    """The key: words with single spaces, or a kind such as "emoji:" with its distinct symbols in order. Never raises.

    >>> same_text_key("Wheeere is THIS from??  😭"), same_text_key("where is this from")
    ('where is this from', 'where is this from')
    >>> same_text_key("🔥🔥😍") == same_text_key("😍🔥")
    True
    """
    text = clean(cut(text)[0])
    bare = _ADDRESS.sub(" ", text)
    words = _RUN.sub(r"\1", unicodedata.normalize("NFKD", bare).casefold().translate(_LETTERS))
    words = " ".join(words.split())
    if words:
        return unicodedata.normalize("NFC", words)
    symbols = {char for char in bare if unicodedata.category(char) == "So"}
    if symbols:
        return EMOJI + "".join(sorted(symbols))
    marks = {char for char in bare if not char.isspace()}
    if marks:
        return MARKS + "".join(sorted(marks))
    return ADDRESS if bare != text else EMPTY


def key_hash(key: str) -> str:
    """16 hex digits that stand for a key; the same everywhere and always."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()
