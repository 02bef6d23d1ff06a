"""A small shop with four kinds, and a shopper's events in it."""

from __future__ import annotations

import numpy as np

from companion.shop.product import Product
from companion.shop.profile import Event, EventKind, Page, Recommender, Scenario, traits_of
from companion.shop.profile.traits import Floats

NOW = 1_772_409_600_000
"""Monday 2 March 2026, 00:00 UTC."""
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
KINDS = (("Home", "lamp"), ("Home", "rug"), ("Sport", "tent"), ("Sport", "ball"))
EACH = 10


def shop() -> list[Product]:
    """Ten products of each kind, two brands and two colours, from cheap to dear."""
    return [
        Product(
            id=f"{kind[1]}-{number}",
            title=f"{kind[1]} {number}",
            brand=f"brand{number % 2}",
            category=kind,
            price=10.0 + number,
            currency="USD",
            attributes={"colour": ("red", "blue")[number // 2 % 2]},
        )
        for kind in KINDS
        for number in range(EACH)
    ]


def kind_vectors() -> Floats:
    """Unit vectors: products of a kind are near each other."""
    rng = np.random.default_rng(1)
    vectors = np.repeat(np.eye(len(KINDS), 8), EACH, 0) + rng.normal(0, 0.1, (len(KINDS) * EACH, 8))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float64)


def fresh() -> Recommender:
    """A recommender that knows nothing."""
    return Recommender(traits_of(shop()), kind_vectors())


def did(kind: EventKind, product: str, at: int = NOW, page: Page = "feed", place: int = 1) -> Event:
    """One event with a product."""
    return Event(at, kind, product, page=page, place=place)


def kinds_of(recommender: Recommender, numbers: list[int]) -> list[str]:
    """The kinds of products by number."""
    return [recommender.profile.traits.products[number].category[-1] for number in numbers]


def first(recommender: Recommender, size: int = 5, at: int = NOW + MINUTE, page: Page = "feed") -> list[str]:
    """Kinds of the first products shown at that moment."""
    return kinds_of(recommender, recommender.best(size, Scenario(at, page)))
