"""Circumstances: "my back hurts from sitting" names no product, yet a shop assistant knows what helps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from companion.shop.understanding.reading import Reading
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.word_files import cell, names_in, rows_of

NEAR = 9
"""Words between the halves of a loose way of telling ("back+hurt")."""
LONGEST = 5
_POINTERS = frozenset(("the", "a", "an", "my", "our", "his", "her", "their", "your", "this", "that"))
_ALIKE = {"kitten": "cat", "kitty": "cat", "puppy": "dog", "pup": "dog", "couch": "sofa", "toddler": "baby"}
_PURPOSE = re.compile(
    r"\b(?:something|anything|sth|a\s+thing|a\s+product|what\s+can\s+i\s+use|algo|sesuatu)\s+(?:to|that|which|so\s+that|para|que|untuk)\b"
)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A way of telling that was found: tokens `first` up to, not with, `last`, and the kinds that help."""

    first: int
    last: int
    kinds: tuple[str, ...]


def find_circumstances(reading: Reading) -> list[Circumstance]:
    """Circumstances told, the longest way of telling first."""
    stems = [_base(token.stem) for token in reading.tokens]
    tight, loose = _ways()
    found: list[Circumstance] = []
    said = [place for place, stem in enumerate(stems) if stem not in _POINTERS]
    for at, first in enumerate(said):
        key = ""
        for last in said[at : at + LONGEST]:
            key += stems[last]
            if key in tight and reading.free(first, last + 1) and not reading.hashtags.issuperset(range(first, last + 1)):
                found += [Circumstance(first, last + 1, kinds) for kinds in tight[key]]
    places = {one: place for place, one in reversed(list(enumerate(stems)))}
    for one, other, kinds in loose:
        if one in places and other in places and abs(places[one] - places[other]) <= NEAR:
            first, last = sorted((places[one], places[other]))
            if reading.part_of[first] == reading.part_of[last]:
                found.append(Circumstance(first, last + 1, kinds))
    return sorted(found, key=lambda one: (-len(range(one.first, one.last)), one.first))


def purposes(reading: Reading) -> list[range]:
    """Clauses that tell what a nameless thing is for ("something to keep my shoes in"), up to the next pause."""
    found: list[range] = []
    for match in _PURPOSE.finditer(reading.folded):
        first, last = reading.tokens_in(*match.span())
        while last < len(reading.tokens) and not reading.breaks_before(last) and reading.free(last, last + 1):
            last += 1
        found.append(range(first, last))
    return found


@cache
def _ways() -> tuple[dict[str, list[tuple[str, ...]]], list[tuple[str, str, tuple[str, ...]]]]:
    tight: dict[str, list[tuple[str, ...]]] = {}
    loose: list[tuple[str, str, tuple[str, ...]]] = []
    for row in rows_of("circumstances"):
        kinds = tuple(names_in(cell(row, 1)))
        for way in names_in(row[0]):
            one, plus, other = way.partition("+")
            if not plus:
                stems = [_base(stem) for stem in stems_of(way)]
                tight.setdefault("".join(stem for stem in stems if stem not in _POINTERS), []).append(kinds)
                continue
            loose.append((_base(stems_of(one)[-1]), _base(stems_of(other)[-1]), kinds))
    return tight, loose


def _base(stem: str) -> str:
    """A verb without its ending, roughly: "chewing", "chewed" and "chew" are one; a kitten is a cat. Short words stay."""
    if stem in _ALIKE:
        return _ALIKE[stem]
    for ending in ("ing", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            cut = stem.removesuffix(ending)
            doubled = len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl"
            stem = cut[:-1] if doubled else cut
            break
    return stem[:-1] if len(stem) > 4 and stem.endswith("e") else stem
