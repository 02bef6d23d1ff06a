"""Compounds written as the catalogue writes them: where its titles say "dash cam", a "dashcam" is searched so, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from companion.shop.matching.facts import Facts
from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.text import Token, fold, stem, tokens_of

SHORTEST = 3
"""Letters of the shortest part of a compound."""
FEW = 10
"""Products that have a word as it was typed, from which on it is searched so."""
MOST_WORDS = 60
"""Tokens of a text that are looked at."""
KEPT = 10_000
_FIGURES = {name: value for value, name in enumerate(("two", "three", "four", "five"), 2)}
_DIMENSIONS = re.compile(rf"\b({'|'.join(_FIGURES)}|[2-5])[\s-]+dimension(?:al|s)?\b")


class Compounds:
    """The compounds of one catalogue.

    Args:
        counts: stem -> number of products that have it.
        facts: of every product; its stems tell which words stand side by side.
    """

    def __init__(self, counts: Mapping[str, int], facts: Sequence[Facts]) -> None:
        self._counts, self._facts = counts, facts
        self._kept: dict[tuple[str, str], int] = {}

    def rewritten(self, text: str) -> str:
        """The text with compounds that the catalogue writes otherwise written its way; "three-dimensional" becomes "3d"."""
        folded = fold(text)
        if len(folded) != len(text):
            return text
        changes = [(*found.span(), f"{_FIGURES.get(found[1], found[1])}d") for found in _DIMENSIONS.finditer(folded)]
        tokens = tokens_of(folded)[:MOST_WORDS]
        for place, token in enumerate(tokens):
            if not token.word.isalpha() or (token.start and folded[token.start - 1] in "#@"):
                continue
            cut = self._parted(token)
            if cut:
                changes.append((token.start + cut, token.start + cut, " "))
            elif place + 1 < len(tokens) and self._belong_together(token, tokens[place + 1]):
                changes.append((token.end, tokens[place + 1].start, ""))
        for start, end, put in sorted(changes, reverse=True):
            text = f"{text[:start]}{put}{text[end:]}"
        return text

    def _parted(self, token: Token) -> int:
        """Letters of the first of the two words that the catalogue writes in place of one; 0 where it writes none."""
        seen = self._counts.get(token.stem, 0)
        if seen >= FEW:
            return 0
        cuts = ((self._beside(token.word[:cut], stem(token.word[cut:])), cut) for cut in range(SHORTEST, len(token.word) - SHORTEST + 1))
        most, cut = max(cuts, default=(0, 0))
        return cut if most > 2 * seen else 0

    def _belong_together(self, left: Token, right: Token) -> bool:
        """Whether the catalogue only writes the two words as one; names of the lexicon are one to it already."""
        if right.before not in {" ", "-"} or min(len(left.word), len(right.word)) < SHORTEST or not right.word.isalpha():
            return False
        whole = f"{left.word}{right.stem}"
        if whole not in self._counts or whole in lexicon().names or carries_nothing(left.word, False) or carries_nothing(right.word, False):
            return False
        return not self._beside(left.stem, right.stem)

    def _beside(self, left: str, right: str) -> int:
        """Products in whose titles the two stems stand side by side."""
        if left not in self._counts or right not in self._counts:
            return 0
        if (left, right) not in self._kept:
            if len(self._kept) > KEPT:
                self._kept.clear()
            pair = f" {left} {right} "
            self._kept[left, right] = sum(pair in one.joined for one in self._facts)
        return self._kept[left, right]
