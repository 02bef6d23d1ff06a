"""A world of shoppers, and what happens when a recommender serves one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from companion.shop.product import Product
from companion.shop.shoppers.people import Shopper, draw_shoppers
from companion.shop.shoppers.reactions import Reaction, next_pick, react
from companion.shop.shoppers.sessions import Session, drift, open_session
from companion.shop.shoppers.stock import Stock, draw_stock, stock_of

START_MS = 1_772_409_600_000
"""Monday 2 March 2026, 00:00 UTC: the first visits come after it."""

CARD = 4
"""Products on one card."""


class Recommender(Protocol):
    """What is tested: it sees searches, cards and reactions, never the truth. Moments are ms UTC, products numbers in the stock."""

    def searched(self, words: str, at: int) -> None:
        """The shopper typed `words`."""

    def card(self, size: int, at: int, page: str) -> Sequence[int]:
        """What the next card shows: it may explore."""

    def saw(self, shown: Sequence[int], reactions: Sequence[Reaction], at: int, page: str) -> None:
        """The card was seen and answered so."""

    def best(self, size: int, at: int, page: str) -> Sequence[int]:
        """The first of the whole stock by what is known, without exploring."""


@dataclass(frozen=True)
class World:
    """A stock, and who shops in it."""

    stock: Stock
    shoppers: tuple[Shopper, ...]
    seed: int

    def popularity(self, crowd: int = 200) -> list[int]:
        """Products by the picks of a crowd of other shoppers, the most picked first: what everybody likes in this world."""
        rng = np.random.default_rng([self.seed, 1])
        counts = np.zeros(len(self.stock.products))
        for shopper in draw_shoppers(self.stock, crowd, rng):
            for _ in range(10):
                counts[next_pick(open_session(shopper, self.stock, START_MS, rng), rng)] += 1
        return [int(place) for place in np.argsort(-counts, kind="stable")]


@dataclass(frozen=True)
class Moment:
    """How well one shopper is known after a card.

    Attributes:
        interactions: clicks, saves, hides and searches so far.
        clicks: on this card.
        hits: how many of the `picks` are among the first ten which the recommender has for this moment.
        picks: things the shopper would choose next.
    """

    interactions: int
    clicks: int
    hits: int
    picks: int


def draw_world(seed: int, shoppers: int, products: Sequence[Product] | None = None) -> World:
    """The world of that seed: with an invented stock, or with `products`."""
    rng = np.random.default_rng([seed, 0])
    stock = draw_stock(rng) if products is None else stock_of(products, rng)
    return World(stock, tuple(draw_shoppers(stock, shoppers, rng)), seed)


def serve(world: World, shopper: Shopper, recommender: Recommender, *, interactions: int, picks: int = 3) -> Iterator[Moment]:
    """One shopper from the first visit to the card after which there were `interactions`; a moment after each card.

    The picks of a card are what the shopper would choose next in the same visit. The same shopper meets every recommender with
    the same visits: tastes, hours, missions and drift do not hang on what is shown, reactions do.
    """
    life, mood = np.random.default_rng([world.seed, 2, shopper.number]), np.random.default_rng([world.seed, 3, shopper.number])
    at, done = START_MS, 0
    while True:
        session = open_session(shopper, world.stock, at, life)
        if session.search:
            recommender.searched(session.search, session.started)
            done += 1
        for moment in session.cards:
            at = moment
            shown = list(recommender.card(CARD, moment, session.page))
            reactions = react(session, shown, mood)
            recommender.saw(shown, reactions, moment, session.page)
            done += len(reactions)
            chosen = [next_pick(session, life) for _ in range(picks)]
            first = set(recommender.best(10, moment, session.page))
            clicks = sum(one.action == "click" for one in reactions)
            yield Moment(done, clicks, sum(pick in first for pick in chosen), picks)
            if done >= interactions:
                return
        shopper = drift(shopper, world.stock, life)


def best_possible(session: Session, size: int = 10) -> list[int]:
    """The `size` products with the highest true utility in a visit: what no recommender can beat."""
    return [int(place) for place in np.argsort(-session.utility, kind="stable")[:size]]
