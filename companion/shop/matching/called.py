"""Which products are called by one of several names of a thing."""

from __future__ import annotations

from collections.abc import Sequence

from companion.shop.matching.asked_name import has_word
from companion.shop.matching.facts import Facts
from companion.shop.matching.titles import Title
from companion.shop.product import Product
from companion.shop.retrieval import Hit
from companion.shop.understanding.phrase_heads import HEADS_OF_PARTS
from companion.shop.understanding.text import stems_of

NEAR = 0.42
"""Cosine of a name and a product from which the name in its title is taken for the thing."""
NEAR_ALONE = 0.5
"""The same for a name of one word: a "globe" is none in a string of lights."""


def called(names: Sequence[str], hits: Sequence[Hit], products: Sequence[Product], facts: Sequence[Facts]) -> list[int]:
    """Places of the products, among hits that have cosines for scores, that are called by one of the names; in the order of the hits."""
    stems = [stems_of(name) for name in names]
    having = [hit for hit in hits if any(all(has_word(facts[hit.place], stem) for stem in name) for name in stems)]
    return [hit.place for hit in having if _is_called(Title.of(products[hit.place].title), stems, hit.score)]


def _is_called(title: Title, names: Sequence[Sequence[str]], cosine: float) -> bool:
    return any(
        cosine >= NEAR and title.is_called(name, HEADS_OF_PARTS) if len(name) > 1 else cosine >= NEAR_ALONE and title.has_thing(name[0], ())
        for name in names
    )
