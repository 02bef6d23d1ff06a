"""Counting of spans, and the bounds of the blend chosen by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from companion.shop.understanding.tagger_blend import NOTHING, Bounds, blended, in_earnest, tagged_of, trimmed
from companion.shop.understanding.tagger_found import Placed, placed
from companion.shop.understanding.tagger_spans import TAGS, Floats, Span, Tag
from companion.training.slots.examples import Example

ADD = (0.55, 0.65, 0.75, 0.85, 0.92, 1.01)
KEEP = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.45)
MOST_KEEP = 0.1
"""Of other slots than the product, whose rules' value only gives way to another: short queries are dull to the tagger."""
OWNED: frozenset[Tag] = frozenset(("colour", "size", "occasion"))
"""Slots of figures and closed lists: the tagger adds to what the rules read and drops nothing."""
EQUAL = 0.002
"""F1 below the best that is as good."""


@dataclass(frozen=True)
class Counts:
    """Spans right, too many and missing."""

    right: int = 0
    extra: int = 0
    missing: int = 0

    @property
    def f1(self) -> float:
        """2 right / (2 right + extra + missing); 1 where there was nothing to find."""
        all_of_them = 2 * self.right + self.extra + self.missing
        return 2 * self.right / all_of_them if all_of_them else 1.0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(self.right + other.right, self.extra + other.extra, self.missing + other.missing)


@dataclass(frozen=True)
class Judged:
    """A query with the tagger's probabilities for it, by a tagger that was not trained on it."""

    example: Example
    chances: Floats
    by_rules: Mapping[Tag, Sequence[Placed]]
    tagged: Sequence[Span]

    @classmethod
    def of(cls, example: Example, chances: Floats) -> Judged:
        """With what rules and tagger say."""
        by_rules = placed(example.reading, example.found)
        return cls(example, chances, by_rules, tagged_of(example.reading, by_rules, chances))

    def counts(self, tag: Tag, bounds: Bounds) -> Counts:
        """Of one slot. Of a product's name its head has to be right, of all else every word."""
        kept, new = blended(tag, self.by_rules[tag], self.tagged, self.chances, bounds)
        if tag == "type" and bounds != NOTHING:
            kept = in_earnest(self.example.reading, kept, self.chances)
        said = {_key(self.example, span) for span in (*(one.span for one in kept), *new) if span}
        right = {_key(self.example, trimmed(self.example.reading, span)) for span in self.example.spans if span.tag == tag}
        if tag == "type" and said & right:
            return Counts(1)
        return Counts(len(said & right), len(said - right), min(1, len(right)) if tag == "type" else len(right - said))


def _key(example: Example, span: Span) -> tuple[int, int]:
    if span.tag != "type":
        return span.first, span.last
    return (span.first, -1) if example.reading.head_first else (-1, span.last)


def counted(judged: Iterable[Judged], tag: Tag, bounds: Bounds) -> Counts:
    """Over all queries."""
    total = Counts()
    for one in judged:
        total = total.plus(one.counts(tag, bounds))
    return total


def chosen(judged: Sequence[Judged]) -> dict[Tag, Bounds]:
    """For each slot the bounds with the highest F1, of nearly equal ones those that change least."""
    best: dict[Tag, Bounds] = {}
    for tag in TAGS:
        most = 0.0 if tag in OWNED else 1.0 if tag == "type" else MOST_KEEP
        tried = [NOTHING, *(Bounds(add, keep) for add in reversed(ADD) for keep in KEEP if keep <= most)]
        f1 = [counted(judged, tag, bounds).f1 for bounds in tried]
        best[tag] = next(bounds for bounds, reached in zip(tried, f1, strict=True) if reached >= max(f1) - EQUAL)
    return best


def table_of(judged: Sequence[Judged], bounds: Mapping[Tag, Bounds]) -> list[tuple[str, float, float]]:
    """For each slot and for all: F1 by rules alone and blended."""
    rows, alone, both = [], Counts(), Counts()
    for tag in TAGS:
        one, two = counted(judged, tag, NOTHING), counted(judged, tag, bounds[tag])
        rows.append((str(tag), one.f1, two.f1))
        alone, both = alone.plus(one), both.plus(two)
    return [*rows, ("all", alone.f1, both.f1)]
