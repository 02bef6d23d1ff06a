"""The kinds of product that please a person with certain interests."""

from __future__ import annotations

from companion.shop.understanding.phrases import table
from companion.shop.understanding.text import fold, tokens_of
from companion.shop.understanding.word_files import cell, names_in


def kinds_for(interests: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of product that please a person with these interests, in turn from each, the closest first."""
    lists = [list(names_in(cell(row, 2))) for name in interests if (row := _row(name))]
    longest = max((len(one) for one in lists), default=0)
    return tuple(dict.fromkeys(one[place] for place in range(longest) for one in lists if place < len(one)))


def _row(name: str) -> tuple[str, ...] | None:
    found = table("interests", 1).find(tokens_of(fold(name)))
    return found[0].row if found else None
