"""Shop cards of a running companion: what fits a video by the catalogue, in the order of the person's taste as it stands at this moment."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from companion.live_shop import LiveShop
from companion.shop.product import Product
from companion.shop.profile.events import Event, Scenario
from companion.shop.ranking import BY_KIND, Ranked
from companion.shop.related import Offer, Scene, related
from companion.shop.understanding import Wish
from companion.shop_index import Shop
from companion.shop_taste import Taste
from companion.store import Store, shop_events, shop_marks

FITTING = 60
"""Products of the ranking that a card is chosen from."""
KEPT_CARDS = 500
"""Cards whose propensities are remembered until what became of them is told."""


@dataclass(frozen=True)
class Item:
    """A product on a card. `because` is what was opened or looked for, for one that is there by taste; "" where nothing names it."""

    product: Product
    offer: Offer
    because: str = ""
    searched: bool = False


@dataclass(frozen=True)
class Card:
    """What is shown, and what was understood of the words it was made for."""

    id: str
    items: Sequence[Item]
    wish: Wish
    relaxed: Sequence[str]
    demo: bool


class LiveCards:
    """Makes cards and takes in what is done with them; every card reflects the last deed.

    Args:
        store: the workspace, where deeds are kept.
        shop: the catalogue.
        rng: of the exploring.
    """

    def __init__(self, store: Store, shop: LiveShop, rng: np.random.Generator | None = None) -> None:
        self._store, self._shop = store, shop
        self._rng = rng or np.random.default_rng()
        self._lock = threading.RLock()
        self._taste: Taste | None = None
        self._opening: threading.Thread | None = None
        self._given: OrderedDict[str, dict[str, Offer]] = OrderedDict()

    def ready(self, patience_s: float) -> bool:
        """Open the catalogue beside the request if that was not done yet; whether it is open, waiting `patience_s` at most."""
        opening = self._opening
        if opening is None or (not opening.is_alive() and self._taste is None):
            opening = self._opening = threading.Thread(target=self._open, name="shop-cards", daemon=True)
            opening.start()
        opening.join(patience_s)
        return self._taste is not None

    def card(self, text: str, scenario: Scenario, size: int) -> Card:
        """The card for a video's words (caption, then comments, parts split by `|`) or a search's."""
        with self._lock:
            shop, taste = self._current()
            ranked = shop.ranker.rank(text, FITTING)
            scene = Scene(
                _fits(shop, ranked, strict=scenario.page == "search"), tasted=taste.fresh(scenario.at), left_out=taste.opened(scenario.at)
            )
            offers = related(taste.recommender, scene, scenario, size, self._rng)
            items = [self._item(taste, shop.products[offer.number], offer, scenario.at) for offer in offers]
            card = Card(uuid.uuid4().hex, items, ranked.wish, ranked.relaxed, shop.demo)
            self._given[card.id] = {item.product.id: item.offer for item in items}
            while len(self._given) > KEPT_CARDS:
                self._given.popitem(last=False)
            return card

    def placed(self, card: str | None, product: str) -> tuple[int, float | None]:
        """(place from 1, propensity) of a product on a card that was made since the start; (0, None) for others."""
        given = self._given.get(card or "", {})
        place = next((number for number, ident in enumerate(given, 1) if ident == product), 0)
        return (place, given[product].propensity) if place else (0, None)

    def knows(self, product: str) -> bool:
        """Whether the catalogue holds it."""
        with self._lock:
            return product in self._current()[1].recommender.profile.place_of

    def learn(self, event: Event) -> bool:
        """Store what was done, and take it in at once; whether it was stored."""
        with self._lock:
            taste = self._current()[1]
            with self._store.writing() as connection:
                stored = bool(shop_events.add(connection, [event]))
                mark = shop_marks.mark(connection)
            if stored:
                taste.learn(event)
                taste.mark = mark
            return stored

    def _open(self) -> None:
        with self._lock:
            self._current()

    def _current(self) -> tuple[Shop, Taste]:
        """The catalogue and the taste as the database has them; called with the lock held."""
        shop = self._shop.current()
        with self._store.reading() as connection:
            mark = shop_marks.mark(connection)
        if self._taste is None or self._taste.shop is not shop or self._taste.mark != mark:
            self._taste = Taste.read(self._store, shop)
        return shop, self._taste

    @staticmethod
    def _item(taste: Taste, product: Product, offer: Offer, at: int) -> Item:
        because, searched = taste.because(offer.number, at) if offer.reason == "taste" else ("", False)
        return Item(product, offer, because, searched)


def _fits(shop: Shop, ranked: Ranked, *, strict: bool) -> dict[int, float]:
    """How well products answer, 0 to 1, by number. Where the very thing is not there, others of its kind fit a video, but not a search."""
    best = ranked.hits[0].score if ranked.hits else 0.0
    if best <= 0 or (strict and not ranked.answerable):
        return {}
    kinds = {*ranked.wish.kinds, *ranked.wish.needs}
    facts = shop.ranker.facts
    fitting = [hit for hit in ranked.hits if ranked.answerable or any(facts[hit.place].kinds.get(kind, 0.0) >= BY_KIND for kind in kinds)]
    return {hit.place: hit.score / best for hit in fitting}
