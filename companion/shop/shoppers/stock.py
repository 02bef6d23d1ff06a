"""What there is to buy in a simulated world: products, and what is true of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.shop.product import Product
from companion.shop.shoppers import rules as r

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DEPARTMENTS: dict[str, tuple[tuple[str, float], ...]] = {
    "Clothing": (("raincoat", 60), ("sweater", 45), ("jeans", 55), ("sneakers", 75)),
    "Kitchen": (("frying pan", 40), ("kettle", 35), ("knife set", 60), ("lunch box", 18)),
    "Beauty": (("face cream", 22), ("lipstick", 14), ("hair dryer", 50), ("perfume", 65)),
    "Sport": (("yoga mat", 30), ("dumbbells", 45), ("tent", 140), ("cycling gloves", 20)),
    "Electronics": (("earbuds", 70), ("power bank", 30), ("keyboard", 80), ("smart lamp", 40)),
    "Toys": (("puzzle", 18), ("plush toy", 20), ("building blocks", 40), ("board game", 30)),
    "Home": (("cushion", 20), ("rug", 90), ("candle", 15), ("storage box", 25)),
    "Garden": (("planter", 25), ("garden hose", 35), ("bird feeder", 22), ("solar light", 28)),
    "Pets": (("cat bed", 35), ("dog leash", 20), ("pet brush", 15), ("fish tank", 85)),
    "Stationery": (("notebook", 12), ("fountain pen", 35), ("desk organiser", 24), ("paint set", 28)),
}
"""Kinds of each department with the middle of their prices in USD."""

COLOURS = ("black", "white", "red", "blue", "green", "pink", "yellow", "grey")
_HEADS, _TAILS = (
    ("Al", "Bor", "Cas", "Del", "Fen", "Gri", "Hal", "Jun", "Kor", "Lum"),
    ("vo", "net", "dira", "mont", "sa", "wick", "pel", "rano"),
)


@dataclass(frozen=True)
class Stock:
    """Products, and the truth of each; one entry a product.

    Attributes:
        department, kind, brand, colour: numbers.
        price_place: place between the cheapest (0) and the dearest (1) of its kind.
        appeal: in logits.
        style: (products, styles), hidden.
        kind_names, kind_department: one entry a kind.
    """

    products: tuple[Product, ...]
    department: Ints
    kind: Ints
    brand: Ints
    colour: Ints
    price_place: Floats
    appeal: Floats
    style: Floats
    kind_names: tuple[str, ...]
    kind_department: Ints

    @property
    def kinds(self) -> int:
        """How many."""
        return len(self.kind_names)

    @property
    def departments(self) -> int:
        """How many."""
        return int(self.kind_department.max()) + 1


def draw_stock(rng: np.random.Generator, count: int = r.PRODUCTS) -> Stock:
    """`count` invented products, kinds drawn evenly."""
    kinds = [(department, kind, price) for department, held in DEPARTMENTS.items() for kind, price in held]
    brands = {department: _brands(rng) for department in DEPARTMENTS}
    products = []
    for number in range(count):
        department, kind, middle = kinds[int(rng.integers(len(kinds)))]
        brand, colour = str(rng.choice(brands[department])), str(rng.choice(COLOURS))
        price = round(float(middle * np.exp(rng.normal(0, r.PRICE_SPREAD))), 2)
        products.append(
            Product(
                id=f"sim-{number}",
                title=f"{brand} {kind} {colour}",
                brand=brand,
                category=(department, kind),
                price=price,
                currency="USD",
                attributes={"colour": colour},
            )
        )
    return stock_of(products, rng)


def stock_of(products: Sequence[Product], rng: np.random.Generator) -> Stock:
    """The truth about any products: kinds are their category paths, appeal and hidden style are drawn.

    Raises:
        ValueError: there is no product.
    """
    if not products:
        raise ValueError("a simulated world needs at least one product")
    paths = [product.category or ("other",) for product in products]
    kinds = sorted(set(paths))
    tops = sorted({path[0] for path in kinds})
    kind = np.array([kinds.index(path) for path in paths])
    return Stock(
        products=tuple(products),
        department=np.array([tops.index(path[0]) for path in paths]),
        kind=kind,
        brand=_numbers([product.brand for product in products]),
        colour=_numbers([product.attributes.get("colour", "") for product in products]),
        price_place=_price_places(products, kind),
        appeal=rng.normal(0, r.APPEAL_SPREAD, len(products)),
        style=rng.normal(0, 1, (len(products), r.STYLES)),
        kind_names=tuple(path[-1] for path in kinds),
        kind_department=np.array([tops.index(path[0]) for path in kinds]),
    )


def _brands(rng: np.random.Generator) -> list[str]:
    names = [head + tail for head in _HEADS for tail in _TAILS]
    return [names[place] for place in rng.choice(len(names), r.BRANDS_PER_DEPARTMENT, replace=False)]


def _numbers(names: Sequence[str]) -> Ints:
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)


def _price_places(products: Sequence[Product], kind: Ints) -> Floats:
    """0 to 1 by rank of the price within the kind; 0.5 where the price is not known or the kind has one product."""
    places = np.full(len(products), 0.5)
    prices = np.array([np.nan if product.price is None else product.price for product in products])
    for one in range(int(kind.max()) + 1):
        held = np.flatnonzero((kind == one) & ~np.isnan(prices))
        if len(held) > 1:
            places[held[np.argsort(prices[held], kind="stable")]] = np.linspace(0, 1, len(held))
    return places
