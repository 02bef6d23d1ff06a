"""Products as the profile sees them: which department, kind, brand, colour, price band and audience each is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from companion.shop.product import Product

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FIELDS = ("department", "kind", "brand", "colour", "price", "audience")
BANDS = ("cheapest", "cheaper", "middle", "dearer", "dearest")
"""Fifths of the prices within a kind."""
FEW = 5
"""Kinds with fewer priced products take the fifths of all prices in their currency."""


@dataclass(frozen=True)
class Traits:
    """`codes[field]` [n] numbers each product's value in `values[field]`; value 0 is "" (not known), which nobody likes or dislikes."""

    products: tuple[Product, ...]
    codes: dict[str, Codes]
    values: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.products)


def traits_of(products: Sequence[Product]) -> Traits:
    """The traits of a catalogue, in its order."""
    written = {
        "department": [product.category[0] if product.category else "" for product in products],
        "kind": [" > ".join(product.category) for product in products],
        "brand": [product.brand for product in products],
        "colour": [product.attributes.get("colour", "").lower() for product in products],
        "price": _bands(products),
        "audience": [" ".join(filter(None, (p.attributes.get("gender", ""), p.attributes.get("age_group", "")))) for p in products],
    }
    codes, values = {}, {}
    for field, names in written.items():
        known = ("", *sorted(set(names) - {""}))
        number = {name: place for place, name in enumerate(known)}
        codes[field] = np.array([number[name] for name in names], np.int64)
        values[field] = known
    return Traits(tuple(products), codes, values)


def _bands(products: Sequence[Product]) -> list[str]:
    """The price band of each product among the products of its kind and currency; "" without a price."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, product in enumerate(products):
        if product.price is not None:
            groups.setdefault((product.currency, *product.category), []).append(place)
            groups.setdefault((product.currency, "*"), []).append(place)
    bands = [""] * len(products)
    for key, places in sorted(groups.items(), key=lambda item: item[0][1:] != ("*",)):
        if len(places) >= FEW or key[1:] == ("*",):
            prices = np.array([products[place].price for place in places], np.float64)
            below = (prices[:, None] > np.quantile(prices, [0.2, 0.4, 0.6, 0.8])[None]).sum(1)
            for place, band in zip(places, below, strict=True):
                bands[place] = BANDS[int(band)]
    return bands
