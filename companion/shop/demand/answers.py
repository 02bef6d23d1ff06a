"""Needs held against a catalogue: which products answer them, and what is asked for but not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from companion.shop.demand.needs import Need
from companion.shop.product import Product
from companion.shop.retrieval.words import words

MOST = 5
"""Products named for one need."""

LOOKED_AT = 40
"""Best hits of the search that are looked at."""

Search = Callable[[str, int], Sequence[Product]]
"""(text, how many) -> products, best first."""


@dataclass(frozen=True)
class Answer:
    """A need and the products that answer it, best first; none: asked for but not in the catalogue."""

    need: Need
    products: tuple[Product, ...]


def answers(found: Iterable[Need], search: Search) -> list[Answer]:
    """Each need with its answers, in the order given.

    A search always finds something, so a hit counts only when its title or narrowest category has the need's noun. A need that only
    its video shows cannot be held against anything and gets no answer.
    """
    return [Answer(need, tuple(_answering(need, search))) for need in found]


def missing(held: Iterable[Answer]) -> list[Need]:
    """What is asked for by name but not in the catalogue."""
    return [answer.need for answer in held if not answer.products and not answer.need.shown]


def _answering(need: Need, search: Search) -> list[Product]:
    if need.shown:
        return []
    return [product for product in search(need.name, LOOKED_AT) if need.noun in _words(product)][:MOST]


def _words(product: Product) -> set[str]:
    return {*words(product.title), *words(product.category[-1] if product.category else "")}
