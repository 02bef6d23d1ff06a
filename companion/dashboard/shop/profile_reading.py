"""What was learned of the user, read out of the stored deeds in words a person can judge."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass

import numpy as np

from companion import shop_profile
from companion.shop.profile.traits import FIELDS, Floats, traits_of
from companion.shop_index import Shop
from companion.store import Store, clock, shop_events, shop_marks
from companion.store.shop_events import Leaning
from companion.store.shop_marks import Mark

SHOWN = 8
"""Interests of a field."""
LEAST = 0.3
"""Interests nearer to 0 than this (between 0.74 and 1.35 times the usual one) are left out: a few looks make them."""
SEARCHED_FOR = 100
SEARCHES_READ = 30

FIELD_WORDS = {
    "department": "Departments",
    "kind": "Kinds of product",
    "brand": "Brands",
    "colour": "Colours",
    "price": "Price within its kind",
    "audience": "For whom",
}


@dataclass(frozen=True)
class Interest:
    """A value of a field, how many times the usual rate it is liked at (1 is usual), and what the user said of it (-1 to 1, 0 nothing)."""

    field: str
    value: str
    rate: float
    said: float

    @property
    def name(self) -> str:
        """The value as shown."""
        return self.value.replace(" > ", " › ")

    @property
    def words(self) -> str:
        """The rate in words."""
        if self.said <= -1:
            return "never shown"
        return f"{self.rate:.1f} times the usual interest" if self.rate >= 1 else f"{self.rate:.2f} of the usual interest"

    @property
    def bar(self) -> tuple[float, float]:
        """(start, width) of its bar on a scale from 0 to 100 with the usual rate in the middle, where 20 times fills a half."""
        reach = max(-1.0, min(1.0, math.log(self.rate) / math.log(20))) * 50
        return (50, reach) if reach >= 0 else (50 + reach, -reach)


class ProfileReader:
    """Reads the profile over the catalogue in use and keeps it until either changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[Shop, Mark, dict[str, tuple[Interest, ...]]] | None = None
        self._found: dict[str, Floats] = {}

    def interests(self, shop: Shop) -> dict[str, tuple[Interest, ...]]:
        """Heading -> interests, the strongest first; those the user spoke of are always among them."""
        with self._store.reading() as connection:
            mark = shop_marks.mark(connection)
            if self._kept and self._kept[0] is shop and self._kept[1] == mark:
                return self._kept[2]
            if not self._kept or self._kept[0] is not shop:
                self._found = {}
            told = self._read(connection, shop)
        self._kept = shop, mark, told
        return told

    def _read(self, connection: sqlite3.Connection, shop: Shop) -> dict[str, tuple[Interest, ...]]:
        latest = {one.words for one in shop_events.searches(connection)[:SEARCHES_READ]}

        def find(words: str) -> Floats:
            if words not in latest:
                return np.zeros(len(shop.products))
            if words not in self._found:
                self._found[words] = _found(shop, words)
            return self._found[words]

        now = clock.now_ms()
        profile = shop_profile.load(connection, shop.products, now, find).profile
        said = {(one.field, one.value): one.leaning for one in shop_events.leanings(connection)}
        told = {}
        for field in FIELDS:
            values, strengths = profile.traits.values[field], profile.interests(field, now)
            made = [
                Interest(field, value, math.exp(float(strength)), said.get((field, value), 0.0))
                for value, strength in zip(values[1:], strengths[1:], strict=True)
                if abs(strength) >= LEAST or (field, value) in said
            ]
            made.sort(key=lambda one: -one.rate)
            first = made[:SHOWN]
            told[FIELD_WORDS[field]] = tuple(first + [one for one in made[SHOWN:] if one.said])
        return {heading: found for heading, found in told.items() if found}


def forget(connection: sqlite3.Connection, shop: Shop, field: str, value: str) -> int:
    """Forget what was done with products of a value, and what was said of it; hides stay. Returns how many events there were.

    Raises:
        ValueError: there is no such field.
    """
    if field not in FIELDS:
        raise ValueError(f'"{field[:20]}" is nothing that is learned; it is one of {", ".join(FIELDS)}')
    shop_events.lean(connection, Leaning(field, value, 0))
    touched = {event.product for event in shop_events.listed(connection) if event.product}
    traits = traits_of(shop.products)
    if value not in traits.values[field][1:]:
        return 0
    code, gone = traits.values[field].index(value), 0
    for place, product in enumerate(shop.products):
        if traits.codes[field][place] == code and product.id in touched:
            gone += sum(shop_events.take_back(connection, kind, product.id) for kind in ("impression", "click", "save", "open"))
    return gone


def _found(shop: Shop, words: str) -> Floats:
    """How well each product answers a search, (n,) 0 to 1."""
    hits = [hit for hit in shop.ranker.rank(words, SEARCHED_FOR).hits if hit.score > 0]
    found = np.zeros(len(shop.products))
    for hit in hits:
        found[hit.place] = hit.score / hits[0].score
    return found
