"""What the rules have found of the slots that the tagger looks at, and where in the text it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import Asked
from companion.shop.understanding.tagger_spans import Span, Tag
from companion.shop.understanding.text import Token, stems_of


class Found(NamedTuple):
    """The slots as in a wish, filled by the rules or amended by the tagger."""

    asked: Asked | None = None
    brands: tuple[str, ...] = ()
    franchises: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A value of a slot.

    Attributes:
        value: as in the wish.
        span: None where its words do not stand in the text (a "birthday" told by an age).
        listed: whether its words are not a matter of opinion: a list has them, or they are figures.
        head: of a product, the one word of its name that says what it is.
    """

    value: str
    span: Span | None
    listed: bool = False
    head: Span | None = None


def placed(reading: Reading, found: Found) -> dict[Tag, list[Placed]]:
    """Every value with the place where it first stands."""
    tokens = reading.tokens
    asked = found.asked if found.asked and "gift" not in found.asked.kinds[:1] else None
    return {
        "type": [_product(reading, asked)] if asked else [],
        "brand": _by_words(tokens, "brand", found.brands, listed=True),
        "interest": [*_by_table(reading, "interest", "franchises", found.franchises), *_by_words(tokens, "interest", found.interests)],
        "not": _by_words(tokens, "not", found.exclusions),
        "colour": _by_table(reading, "colour", "colours", found.colours),
        "size": _by_words(tokens, "size", found.sizes, listed=True),
        "occasion": _by_table(reading, "occasion", "occasions", found.occasions),
    }


def _product(reading: Reading, asked: Asked) -> Placed:
    said = " ".join(token.word for token in reading.tokens[asked.first : asked.last])
    head = asked.first if reading.head_first else asked.last - 1
    return Placed(said, Span("type", asked.first, asked.last), bool(asked.kinds), Span("type", head, head + 1))


def figures(reading: Reading, by_rules: dict[Tag, list[Placed]]) -> frozenset[int]:
    """Words that the rules took for an age, a price or the like: explained, and part of no value."""
    values = {place for slot in by_rules.values() for one in slot if one.span for place in range(one.span.first, one.span.last)}
    return frozenset(reading.taken - values)


def _by_words(tokens: tuple[Token, ...], tag: Tag, values: Iterable[str], listed: bool = False) -> list[Placed]:
    return [Placed(value, _where(tokens, tag, value), listed) for value in values]


def _where(tokens: tuple[Token, ...], tag: Tag, value: str) -> Span | None:
    stems = stems_of(value)
    starts = range(len(tokens) - len(stems) + 1) if stems else ()
    first = next((at for at in starts if all(tokens[at + step].stem == stem for step, stem in enumerate(stems))), None)
    return None if first is None else Span(tag, first, first + len(stems))


def _by_table(reading: Reading, tag: Tag, name: str, values: tuple[str, ...]) -> list[Placed]:
    """As written, or by another name of a table's."""
    if not values:
        return []
    rows = table(name, 1, 2 if name == "colours" else None).find(reading.tokens, reading.foreign)
    named = {one.row[0]: Span(tag, one.first, one.last) for one in reversed(rows)}
    return [Placed(value, _where(reading.tokens, tag, value) or named.get(value), listed=True) for value in values]
