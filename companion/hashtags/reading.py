"""What the words of a tag say: weights over kinds of products, and how much of the tag is a mood, a form or a call for reach."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from companion.hashtags.segmentation import Piece, segment
from companion.hashtags.tags import is_latin
from companion.hashtags.vocabulary import Vocabulary, vocabulary

HEAD = 1.25
"""Weight of a tag's last word that has a kind: in English it says what the thing is ("halloween makeup")."""

OWNER = 2.4
"""Weight of pets and babies inside a longer tag: what is bought for them stands on their shelf ("dog costumes")."""

BRAND = 0.8
"""Weight of a brand beside another word: the word says which of its goods ("huawei watch")."""

GUESSED = 0.3
"""How far an English encoder can read an unknown or foreign word."""

_OWNERS = ("pets/", "baby/")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Reading:
    """A tag's words. Shares are of its letters and sum to at most 1; `kinds` sums to 1 where any kind was found.

    `readable` is how far an encoder that learned English can read the tag, 0 to 1.
    """

    tag: str
    kinds: dict[str, float] = field(default_factory=dict)
    kind_share: float = 0.0
    generic_share: float = 0.0
    unknown_share: float = 0.0
    weak: bool = False
    groups: tuple[str, ...] = ()
    readable: float = 1.0


@lru_cache(maxsize=65_536)
def read_tag(tag: str) -> Reading:
    """Read a cleaned tag."""
    pieces = segment(tag)
    letters = sum(len(piece.text) for piece in pieces) or 1
    kinds = _weights(pieces)
    strongest = max((max(piece.entry.kinds.values()) for piece in pieces if piece.entry and piece.entry.kinds), default=0.0)
    return Reading(
        tag,
        kinds,
        sum(len(piece.text) for piece in pieces if piece.entry and piece.entry.kinds) / letters,
        sum(len(piece.text) for piece in pieces if (piece.entry and piece.entry.group) or piece.text.isdigit()) / letters,
        sum(len(piece.text) for piece in pieces if not piece.known) / letters,
        0 < strongest < 0.5,
        tuple(sorted({piece.entry.group for piece in pieces if piece.entry and piece.entry.group})),
        sum(len(piece.text) * _readable(piece) for piece in pieces) / letters,
    )


def _readable(piece: Piece) -> float:
    """How far an English encoder can read a piece: words of other languages hardly, other scripts not at all."""
    if not is_latin(piece.text):
        return 0.0
    return 1.0 if piece.known and piece.text.isascii() and not (piece.entry and piece.entry.foreign) else GUESSED


def _weights(pieces: Sequence[Piece]) -> dict[str, float]:
    """Weights by kind over the pieces that have one, summing to 1."""
    found = [piece for piece in pieces if piece.entry and piece.entry.kinds]
    total: defaultdict[str, float] = defaultdict(float)
    for place, piece in enumerate(found):
        if piece.entry is None:
            continue
        weight = float(len(piece.text)) ** 0.5
        if len(found) > 1:
            weight *= HEAD if place == len(found) - 1 else 1.0
            weight *= BRAND if piece.entry.brand else 1.0
        for kind, share in piece.entry.kinds.items():
            owner = OWNER if len(pieces) > 1 and kind.startswith(_OWNERS) else 1.0
            total[kind] += weight * owner * share / len(piece.entry.kinds)
    whole = sum(total.values())
    return {kind: weight / whole for kind, weight in total.items()} if whole else {}


def read_text(text: str, longest: int = 4) -> dict[str, float]:
    """Weights by kind of the phrases of a caption or title, longest first, summing to 1; {} where none is known.

    Scripts without spaces are cut like tags.
    """
    known = vocabulary()
    total: defaultdict[str, float] = defaultdict(float)
    parts = _WORD.findall(text.casefold())
    at = 0
    while at < len(parts):
        at += _take(parts, at, longest, known, total)
    whole = sum(total.values())
    return {kind: weight / whole for kind, weight in total.items()} if whole else {}


def _take(parts: list[str], at: int, longest: int, known: Vocabulary, total: defaultdict[str, float]) -> int:
    """Count the longest phrase at a place; returns how many words it took."""
    for size in range(min(longest, len(parts) - at), 0, -1):
        entry = known.entries.get("".join(parts[at : at + size]))
        if entry:
            for kind, weight in entry.kinds.items():
                total[kind] += weight / len(entry.kinds)
            return size
    if not parts[at].isascii() and len(parts[at]) > 3:
        for kind, weight in read_tag(parts[at]).kinds.items():
            total[kind] += weight
    return 1
