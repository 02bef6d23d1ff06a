"""A comment cut into pieces, those that moved the grade marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from companion.intent.explain import WordEffect

STRONG = 0.5
"""Grades from which a mark is drawn stronger."""


@dataclass(frozen=True)
class Piece:
    """A run of the text. `kind` is "" where nothing moved."""

    text: str
    kind: Literal["", "plus", "minus"] = ""
    strong: bool = False
    words: str = ""


def pieces_of(text: str, effects: Iterable[WordEffect]) -> list[Piece]:
    """The text in order; joined, the pieces are the text again. Offsets count code points."""
    pieces: list[Piece] = []
    done = 0
    for word in sorted(effects, key=lambda effect: effect.start):
        if word.start > done:
            pieces.append(Piece(text[done : word.start]))
        kind: Literal["plus", "minus"] = "plus" if word.effect > 0 else "minus"
        pieces.append(Piece(text[word.start : word.end], kind, abs(word.effect) >= STRONG, effect_words(word.effect)))
        done = word.end
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return pieces


def effect_words(effect: float) -> str:
    """An effect in words.

    >>> effect_words(1.24), effect_words(-0.3)
    ('raised the grade by 1.2', 'lowered the grade by 0.3')
    """
    return f"{'raised' if effect > 0 else 'lowered'} the grade by {abs(effect):.1f}"
