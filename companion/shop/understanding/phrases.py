"""Tables of phrases that mean one thing each (a colour, a person, a franchise), found in a text longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from companion.shop.understanding.kinds import key_of
from companion.shop.understanding.text import Token, stems_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, spellings

SHORT_FOREIGN = 5
"""Letters below which a word of another language is read only where that language is around it."""
LONGEST = 6
JOINED = " -'&./"
"""What may stand between two words of one phrase."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a table, named by the tokens `first` up to, not with, `last`."""

    row: tuple[str, ...]
    first: int
    last: int


class Phrases:
    """One table.

    Args:
        rows: first cell: the name.
        english, foreign: cells that hold other names; None for none. Short foreign names wait for their language.
        more: further foreign names of rows.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, ...]],
        english: int | None,
        foreign: int | None = None,
        more: Sequence[tuple[tuple[str, ...], str]] = (),
    ) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._foreign: dict[str, tuple[str, ...]] = {}
        self._starts: set[str] = set()
        for row in rows:
            own = names_in(cell(row, english)) if english is not None else ()
            for name in (row[0], *own) if english is None or english == 1 else own:
                self._names.setdefault(key_of(name), row)
                self._starts.update((key_of(name), *stems_of(name)[:1]))
        told = [(row, name) for row in rows if foreign is not None for name in names_in(cell(row, foreign))]
        for row, full in (*told, *more):
            for name in spellings(full):
                key = key_of(name)
                self._starts.update((key, *stems_of(name)[:1]))
                (self._foreign if len(key) < SHORT_FOREIGN else self._names).setdefault(key, row)

    def find(self, tokens: Sequence[Token], foreign: bool = False) -> list[Found]:
        """Phrases of the table in a text, in order, none overlapping."""
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            if tokens[at].stem not in self._starts:
                at += 1
                continue
            one = self._longest(tokens, at, foreign)
            if one:
                found.append(one)
            at = one.last if one else at + 1
        return found

    def _longest(self, tokens: Sequence[Token], at: int, foreign: bool) -> Found | None:
        best: Found | None = None
        key = ""
        for last, token in enumerate(tokens[at : at + LONGEST], at + 1):
            if key and token.before.strip(JOINED):
                break
            key += token.stem
            row = self._names.get(key) or (self._foreign.get(key) if foreign else None)
            if row:
                best = Found(row, at, last)
        return best

    def get(self, phrase: str) -> str:
        """The name that a phrase stands for, empty where it is none."""
        key = key_of(phrase)
        row = self._names.get(key) or self._foreign.get(key)
        return row[0] if row else ""


@cache
def table(name: str, english: int | None = 1, foreign: int | None = None) -> Phrases:
    """The table of `words/NAME.txt`, read once."""
    rows = rows_of(name)
    more: list[tuple[tuple[str, ...], str]] = []
    for other in rows_of("more_names"):
        if other[0] == name:
            base = [row for row in rows if row[0] == other[1]]
            row = next((row for row in base if not other[2] or cell(row, 1) == other[2]), base[0] if base else (other[1],))
            more += [(row, one) for one in names_in(cell(other, 3))]
    return Phrases(rows, english, foreign, more)
