"""The one text normaliser: what a person sees becomes what the model reads.

Emoji turn into their English names because the encoder's vocabulary has none; invisible, control and
direction characters go; stacked combining marks (zalgo) and long letter runs are tamed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import emoji

NORMALISER = "n1"
"""Version of this module's output. Cache entries and stored predictions are keyed by it."""

MAX_CHARS = 1000
"""Code points of a comment that are read; TikTok's own limit is 150, YouTube comments run longer."""

_MAX_MARKS = 2  # combining marks kept per letter: Vietnamese and Thai need two
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUN = re.compile(r"(\w)\1{3,}")
_SPACE = re.compile(r"\s+")
_MAX_EMOJI_REPEAT = 2
_REMEMBERED = 4096
"""Texts whose normal form is kept: a comment's is asked for when its keys are made and again when it is read. About 2 MB."""


def cut(text: str) -> tuple[str, bool]:
    """The text's first 1,000 code points, and whether anything was cut."""
    return text[:MAX_CHARS], len(text) > MAX_CHARS


def clean(text: str) -> str:
    """The text without what no reader sees: NFC, no control, direction or surrogate code points."""
    text = _SURROGATE.sub("\ufffd", text)
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


@lru_cache(_REMEMBERED)
def normalise(text: str) -> str:
    """The model's view of a comment: cleaned, letters folded (NFKC), emoji as words, runs shortened.

    >>> normalise("NEEEEED 😭😭😭😭")
    'NEEED loudly crying face loudly crying face'
    """
    text = clean(cut(text)[0])
    if not text.isascii():  # half of all comments hold neither emoji, marks nor odd letters
        if not _of_emoji().isdisjoint(text):
            text = _spell_emoji(text)
        text = _limit_marks(unicodedata.normalize("NFKC", text))
    return _SPACE.sub(" ", _RUN.sub(r"\1\1\1", text)).strip()


@cache
def _of_emoji() -> frozenset[str]:
    """Characters of which every emoji has at least one: all but the ASCII ones that emoji are made of."""
    return frozenset(char for symbol in emoji.EMOJI_DATA for char in symbol if not char.isascii())


def _spell_emoji(text: str) -> str:
    parts: list[str] = []
    position, last, repeats = 0, "", 0
    for found in emoji.emoji_list(text):
        start, end, symbol = int(found["match_start"]), int(found["match_end"]), str(found["emoji"])
        between = text[position:start]
        repeats = repeats + 1 if symbol == last and not between.strip() else 1
        last, position = symbol, end
        parts.append(between)
        if repeats <= _MAX_EMOJI_REPEAT:
            parts.append(f" {_name(symbol)} ")
    return "".join(parts) + text[position:]


def _name(symbol: str) -> str:
    return emoji.demojize(symbol, delimiters=("", "")).replace("_", " ")


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)
