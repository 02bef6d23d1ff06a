"""Visits: when a shopper comes, on which page, and with what in mind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.shop.shoppers import rules as r
from companion.shop.shoppers.people import Shopper, change_liking, lasting_utility
from companion.shop.shoppers.stock import Floats, Stock

HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Session:
    """One visit.

    Attributes:
        started: ms UTC (the shopper lives by UTC).
        page: feed | video | search.
        mission: number of the kind in mind, None for nothing.
        search: what was typed at first, "" for nothing.
        cards: moments at which a card is seen, ms UTC.
        utility: (products,) in logits, as of this visit.
    """

    started: int
    page: str
    mission: int | None
    search: str
    cards: tuple[int, ...]
    utility: Floats

    @property
    def hour(self) -> int:
        """Of the day, 0 to 23."""
        return hour_of(self.started)


def hour_of(moment: int) -> int:
    """The hour of the day, 0 to 23, of a moment in ms UTC."""
    return moment // HOUR_MS % 24


def open_session(shopper: Shopper, stock: Stock, after: int, rng: np.random.Generator) -> Session:
    """The next visit of `shopper`, some hours after the moment `after` (ms UTC)."""
    started = after + int(rng.uniform(*r.HOURS_APART) * HOUR_MS)
    evening = r.EVENING[0] <= hour_of(started) < r.EVENING[1]
    utility = lasting_utility(shopper, stock)
    if evening:
        utility = utility + shopper.evening[stock.kind]
    mission = _mission(shopper, stock, evening, rng)
    if mission is not None:
        utility = utility + r.MISSION_PULL * (stock.kind == mission)
    searched = mission is not None and rng.random() < r.SEARCH_SHARE
    count = int(rng.integers(r.CARDS[0], r.CARDS[1] + 1))
    gaps = rng.uniform(*r.SECONDS_A_CARD, count).cumsum()
    return Session(
        started=started,
        page=str(rng.choice(list(r.PAGES), p=list(r.PAGES.values()))),
        mission=mission,
        search=stock.kind_names[mission] if searched and mission is not None else "",
        cards=tuple(started + int(gap * 1000) for gap in gaps),
        utility=utility,
    )


def drift(shopper: Shopper, stock: Stock, rng: np.random.Generator) -> Shopper:
    """The shopper as he comes back: at times one liked kind is replaced by another."""
    return change_liking(shopper, stock, rng) if rng.random() < r.DRIFT_SHARE else shopper


def _mission(shopper: Shopper, stock: Stock, evening: bool, rng: np.random.Generator) -> int | None:
    if rng.random() >= r.MISSION_SHARE:
        return None
    if rng.random() < r.GIFT_SHARE:
        return int(rng.integers(stock.kinds))
    own = np.flatnonzero(shopper.evening) if evening else shopper.liked[:0]
    return int(rng.choice(np.concatenate([shopper.liked, own])))
