"""Things told by what they do or what they are for: a "bed with a ladder above the other", a "headset for virtual reality"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from companion.shop.understanding.text import fold, tokens_of
from companion.shop.understanding.word_files import cell, names_in, rows_of

GOES_ON = 4
"""Letters from which a word that is told may go on."""


def described(text: str) -> tuple[str, ...]:
    """Names of the thing that a query tells of, as typed; of several the one that most words tell. Empty where none is told."""
    words = [token.word for token in tokens_of(fold(text))]
    said = frozenset(words)
    starts = frozenset(word[:size] for word in said for size in range(GOES_ON, len(word) + 1))
    best: tuple[int, tuple[str, ...]] = (0, ())
    for names, ways in _things():
        for way in ways:
            if len(way) > best[0] and all(_is_said(clue, words, said, starts) for clue in way):
                best = (len(way), names)
    return best[1]


def _is_said(clue: tuple[str, ...], words: Sequence[str], said: frozenset[str], starts: frozenset[str]) -> bool:
    """Whether the words of a clue stand in the text one after the other."""
    if not all(_begins(one, said, starts) for one in clue):
        return False
    size = len(clue)
    return size == 1 or any(all(map(_is, clue, words[at : at + size])) for at in range(len(words) - size + 1))


def _begins(clue: str, said: frozenset[str], starts: frozenset[str]) -> bool:
    if clue[0] == "=":
        return clue[1:] in said
    return clue in starts if len(clue) >= GOES_ON else clue in said or f"{clue}s" in said


def _is(clue: str, word: str) -> bool:
    if clue[0] == "=":
        return word == clue[1:]
    return word.startswith(clue) if len(clue) >= GOES_ON else word in {clue, f"{clue}s"}


@cache
def _things() -> tuple[tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], ...], ...]], ...]:
    """(names, ways of telling); a way is clues, a clue one or several words."""
    return tuple(
        (tuple(names_in(row[0])), tuple(tuple(tuple(clue.split()) for clue in way.split("+")) for way in names_in(cell(row, 1))))
        for row in rows_of("described")
    )
