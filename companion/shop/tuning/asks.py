"""A question with a product that answers it, and how well every other product does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from companion.shop.matching.facts import Facts
from companion.shop.product import Product

Grades = npt.NDArray[np.int64]

SURE = 0.68
"""How surely a product is of a kind to count as one (companion/shop/matching/answering.py)."""
CHOSEN, HELPS, ALIKE = 3, 2, 1
"""Grades: what was chosen or is all that was asked; what helps as well; the right kind that looks otherwise. Gain is 2^grade - 1."""


@dataclass(frozen=True)
class Ask:
    """`product` is a place in the catalogue.

    Attributes:
        query: as a person would write it.
        type: the product type that decides on which side of the split the question stands; never empty.
        kinds: kinds of the lexicon that answer, the closest first; empty where the product is of none.
        looks: stems that the title has to hold as well to be all that was asked ("gooseneck").
        origin: "yours" for what was searched and then chosen here, "made" for a question made from the catalogue.
    """

    query: str
    product: int
    type: str
    kinds: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    origin: Literal["made", "yours"] = "made"


def types_of(products: Sequence[Product], facts: Sequence[Facts]) -> list[str]:
    """The product type of each: its surest kind, else its narrowest category, else the product by itself."""
    return [_type(product, one) for product, one in zip(products, facts, strict=True)]


def kind_of(facts: Facts) -> str:
    """The surest kind; "" where none is sure."""
    best = max(facts.kinds, key=lambda kind: facts.kinds[kind], default="")
    return best if best and facts.kinds[best] >= SURE else ""


def grades(ask: Ask, facts: Sequence[Facts], types: Sequence[str]) -> Grades:
    """How well each product answers, int [n]."""
    found = np.zeros(len(facts), np.int64)
    for place, one in enumerate(facts):
        if ask.kinds:
            which = next((number for number, kind in enumerate(ask.kinds) if one.kinds.get(kind, 0.0) >= SURE), None)
        else:
            which = 0 if types[place] == ask.type else None
        if which is None:
            continue
        whole = ask.origin == "made" and all(f" {stem} " in one.joined for stem in ask.looks)
        found[place] = (CHOSEN if which == 0 else HELPS) if whole else ALIKE
    found[ask.product] = CHOSEN
    return found


def _type(product: Product, facts: Facts) -> str:
    return kind_of(facts) or (f"category {product.category[-1].lower()}" if product.category else f"product {product.id}")
