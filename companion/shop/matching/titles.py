"""How a product's title is built: phrases, what follows "for", and names that only say what another thing is for."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from companion.shop.matching.spellings import is_spelt
from companion.shop.understanding.kinds import Lexicon, Mention, begins_another, lexicon
from companion.shop.understanding.phrase_heads import HEADS_OF_MAKERS, HEADS_OF_PARTS, WIDE
from companion.shop.understanding.text import Token, fold, tokens_of
from companion.shop.understanding.word_files import word_class

_GOVERNS = word_class("governing words of titles")
"""In titles only these part the thing from what it is for; "4 in 1", "Pack of 2" and brands such as "R for Rabbit" do not."""
LONGEST_TITLE = 400
_ENDS_NAMES = _GOVERNS | {"and", "or", "cum"}
"""What follows these is another thing, not the head of the name before: "climbing stick or pole"."""
_PHRASE = re.compile(r"\s[-–—]\s|[,|(\[:;•~!【】®™]|\s\+\s")
_LIST = re.compile(r"^\s*[,/&]\s*$")
_NO_PARTS = frozenset(("box", "bag", "kit"))
"""In a title these hold the thing ("guitar kit", "tea bags") more often than they are only for it."""
_FOLLOWED = (HEADS_OF_PARTS | HEADS_OF_MAKERS) - _NO_PARTS
LONGEST_ITEM = 3
"""Words of one item of a list after "for": "for car, bike, scooter"."""


def phrases_of(tokens: Sequence[Token]) -> list[int]:
    """For each token the number of the phrase it stands in."""
    numbers: list[int] = []
    number = 0
    for token in tokens:
        if numbers and _PHRASE.search(token.before):
            number += 1
        numbers.append(number)
    return numbers


def is_governed(tokens: Sequence[Token], phrases: Sequence[int], one: Mention) -> bool:
    """Whether "for", "with" or the like stands before it in its phrase, or in the list that it is an item of ("for car, bike, scooter")."""
    start = one.first
    for place in range(one.first - 1, -1, -1):
        if phrases[place] != phrases[place + 1]:
            if start - place - 1 >= LONGEST_ITEM or not _LIST.match(tokens[place + 1].before):
                return False
            start = place
        if tokens[place].word in _GOVERNS and place > 1:
            return True
    return False


def only_modifies(known: Lexicon, tokens: Sequence[Token], phrases: Sequence[int], one: Mention, after: Mention | None) -> bool:
    """Whether another thing or a part follows at once, or after one more word: "scooter seat cover" is no scooter."""
    if one.last >= len(tokens) or phrases[one.last] != phrases[one.first]:
        return False
    if after is not None and after.first == one.last:
        return not (known.is_a(one.kind, after.kind) or known.is_a(after.kind, one.kind) or after.kind == "gift")
    for place in range(one.last, min(one.last + 2, len(tokens))):
        if phrases[place] != phrases[one.first] or tokens[place].word in _ENDS_NAMES or (after is not None and after.first <= place):
            return False
        if tokens[place].stem in _FOLLOWED and not begins_another(tokens, place):
            return True
    return False


@dataclass(frozen=True)
class Title:
    """One title: its tokens, the phrase of each, and the kinds of product it names."""

    tokens: tuple[Token, ...]
    phrases: tuple[int, ...]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, text: str) -> Title:
        """Read a product's title, cut after `LONGEST_TITLE` characters."""
        tokens = tokens_of(fold(text[:LONGEST_TITLE]))
        return cls(tokens, tuple(phrases_of(tokens)), lexicon().mentions(tokens))

    def has_thing(self, stem: str, kinds: Container[str]) -> bool:
        """Whether the word stands as the thing sold at least once: neither after "for" nor before the part that is sold for it."""
        return any(self._is_thing(place, kinds) for place, token in enumerate(self.tokens) if is_spelt(token.stem, stem))

    def is_alone(self, stem: str, kinds: Container[str]) -> bool:
        """Whether it stands so in a phrase that names no other thing: of "Whisk - Milk Frother", the frother."""
        return any(
            self._is_thing(place, kinds) and not self._others(place, kinds)
            for place, token in enumerate(self.tokens)
            if is_spelt(token.stem, stem)
        )

    def is_called(self, stems: Sequence[str], parts: Container[str] = _FOLLOWED) -> bool:
        """Whether the words stand together as the thing sold: not after "for", nor at once before one of its parts."""
        size = len(stems)
        for place in range(len(self.tokens) - size + 1):
            if all(is_spelt(self.tokens[place + at].stem, stem) for at, stem in enumerate(stems)):
                one = Mention("", place, place + size)
                followed = one.last < len(self.tokens) and self.phrases[one.last] == self.phrases[one.last - 1]
                part = followed and self.tokens[one.last].stem in parts and not begins_another(self.tokens, one.last)
                if not part and not is_governed(self.tokens, self.phrases, one):
                    return True
        return False

    def _others(self, place: int, kinds: Container[str]) -> bool:
        here = (one for one in self.mentions if self.phrases[one.first] == self.phrases[place] and not one.first <= place < one.last)
        return any(one.kind not in WIDE and one.kind not in kinds and not is_governed(self.tokens, self.phrases, one) for one in here)

    def _is_thing(self, place: int, kinds: Container[str]) -> bool:
        within = next((one for one in self.mentions if one.first <= place < one.last), None)
        if within is not None and within.last > place + 1 and within.kind not in kinds:
            return False
        one = within or Mention("", place, place + 1)
        after = next((other for other in self.mentions if other.first >= one.last), None)
        if after is not None and (after.kind in WIDE or after.kind in kinds):
            after = None
        return not is_governed(self.tokens, self.phrases, one) and not only_modifies(lexicon(), self.tokens, self.phrases, one, after)

    def words(self, one: Mention) -> str:
        """The words of a mention."""
        return " ".join(token.word for token in self.tokens[one.first : one.last])

    def key(self, one: Mention) -> str:
        """The key of a mention: its stems written together, as names are kept in the lexicon."""
        return "".join(token.stem for token in self.tokens[one.first : one.last])
