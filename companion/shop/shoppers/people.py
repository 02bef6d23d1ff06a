"""Who shops in a simulated world: people with planted taste."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from companion.shop.shoppers import rules as r
from companion.shop.shoppers.stock import Floats, Ints, Stock


@dataclass(frozen=True)
class Shopper:
    """A taste, in logits where not said otherwise.

    Attributes:
        kind: (kinds,) liking of each kind, dislike of its department included.
        evening: (kinds,) what is added in the evening.
        liked: numbers of the liked kinds.
        brand, colour: one value each brand and colour of the stock.
        price_ideal, price_tolerance: place between the cheapest (0) and the dearest (1) of a kind.
        style: (styles,) taste in hidden styles.
    """

    number: int
    kind: Floats
    evening: Floats
    liked: Ints
    brand: Floats
    colour: Floats
    price_ideal: float
    price_tolerance: float
    style: Floats


def draw_shoppers(stock: Stock, count: int, rng: np.random.Generator) -> list[Shopper]:
    """`count` shoppers of that stock."""
    return [_draw(stock, number, rng) for number in range(count)]


def lasting_utility(shopper: Shopper, stock: Stock) -> Floats:
    """(products,) what the shopper thinks of each product on any day."""
    distance = (stock.price_place - shopper.price_ideal) / shopper.price_tolerance
    parts = shopper.kind[stock.kind] + shopper.brand[stock.brand] + shopper.colour[stock.colour]
    return np.asarray(parts + stock.appeal + stock.style @ shopper.style - 0.5 * distance.clip(-3, 3) ** 2, np.float64)


def change_liking(shopper: Shopper, stock: Stock, rng: np.random.Generator) -> Shopper:
    """The same shopper with one liked kind replaced by another that is neither liked nor disliked; unchanged where there is none."""
    free = np.flatnonzero((shopper.kind > r.DISLIKE / 2) & ~np.isin(np.arange(stock.kinds), shopper.liked))
    if not len(free):
        return shopper
    gone, come = int(rng.integers(len(shopper.liked))), int(rng.choice(free))
    kind, liked = shopper.kind.copy(), shopper.liked.copy()
    kind[liked[gone]] = 0.0
    kind[come] = rng.uniform(*r.KIND_LIKING)
    liked[gone] = come
    return replace(shopper, kind=kind, liked=liked)


def _draw(stock: Stock, number: int, rng: np.random.Generator) -> Shopper:
    least, most = r.LIKED_KINDS
    liked = rng.choice(stock.kinds, min(int(rng.integers(least, most + 1)), stock.kinds), replace=False)
    kind = np.zeros(stock.kinds)
    kind[np.isin(stock.kind_department, stock.kind_department[liked])] = r.DEPARTMENT_LIKING
    kind[liked] = rng.uniform(*r.KIND_LIKING, len(liked))
    others = np.setdiff1d(np.arange(stock.departments), stock.kind_department[liked])
    disliked = rng.choice(others, min(r.DEPARTMENTS_DISLIKED, len(others)), replace=False)
    kind[np.isin(stock.kind_department, disliked)] = r.DISLIKE
    evening = np.zeros(stock.kinds)
    if rng.random() < r.EVENING_SHARE:
        open_kinds = np.flatnonzero(kind > r.DISLIKE / 2)
        evening[rng.choice(open_kinds, min(r.EVENING_KINDS, len(open_kinds)), replace=False)] = r.EVENING_LIKING
    return Shopper(
        number=number,
        kind=kind,
        evening=evening,
        liked=liked.astype(np.int64),
        brand=rng.normal(0, r.BRAND_SPREAD, int(stock.brand.max()) + 1),
        colour=rng.normal(0, r.COLOUR_SPREAD, int(stock.colour.max()) + 1),
        price_ideal=float(rng.uniform(0, 1)),
        price_tolerance=float(rng.uniform(*r.PRICE_TOLERANCE)),
        style=rng.normal(0, r.STYLE_SPREAD, r.STYLES),
    )
