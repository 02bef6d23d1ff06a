"""The stored profile as a recommender that is ready for the next card."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from companion.shop.product import Product
from companion.shop.profile import Recommender, traits_of
from companion.shop.profile.interests import LONG_HALF_LIFE
from companion.shop.profile.traits import Floats
from companion.store import shop_events

REPLAYED = 6 * LONG_HALF_LIFE
"""Events older than this (84 days) weigh less than 2 % of a new one and are not replayed; hides are for good."""

Finding = Callable[[str], Floats]
"""The words of a search -> (n,) 0 to 1, how well each product answers them."""


def load(
    connection: sqlite3.Connection, products: Sequence[Product], now: int, find: Finding, vectors: Floats | None = None
) -> Recommender:
    """A recommender that knows everything stored as of `now` (ms UTC). `products` are those that may be shown, `vectors` (n, d) theirs."""
    recommender = Recommender(traits_of(products), vectors)
    for product in shop_events.hidden(connection):
        place = recommender.profile.place_of.get(product)
        if place is not None:
            recommender.profile.hidden.add(place)
    for one in shop_events.leanings(connection):
        recommender.profile.lean(one.field, one.value, one.leaning)
    for event in shop_events.listed(connection, now - REPLAYED):
        recommender.learn(event, find(event.words) if event.kind == "search" else None)
    return recommender
