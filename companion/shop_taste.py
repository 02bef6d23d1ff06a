"""The person's taste over one catalogue, learned from the deeds that are stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import numpy as np

from companion import shop_profile
from companion.shop.profile.events import WEIGHTS, Event
from companion.shop.profile.interests import SESSION_HALF_LIFE
from companion.shop.profile.recommender import Recommender
from companion.shop.profile.traits import Floats
from companion.shop.retrieval.dense import rows_of
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile
from companion.shop_index import FOLDER, Shop
from companion.store import Store, clock, shop_events, shop_marks
from companion.store.shop_marks import Mark

SEARCHES_READ = 30
"""Latest searches that are run again after a restart: each takes as long as a query."""
MOST_RECENT = 50
FOUND = 100
"""Products that a search is taken to ask for."""
VECTORS_BELOW = 100_000
"""Products; a larger catalogue is compared by its fields alone, to keep memory small."""


@dataclass
class Taste:
    """`mark` tells of which state of the database it is. `recent` are the last deeds of liking and searches, the latest last."""

    shop: Shop
    recommender: Recommender
    mark: Mark
    recent: list[tuple[Event, frozenset[int]]] = field(default_factory=list)

    @classmethod
    def read(cls, store: Store, shop: Shop) -> Taste:
        """Learn everything that is stored."""
        now, vectors = clock.now_ms(), _vectors(store, shop)
        with store.reading() as connection:
            mark = shop_marks.mark(connection)
            latest = {one.words for one in shop_events.searches(connection)[:SEARCHES_READ]}

            def find(words: str) -> Floats:
                return _found(shop, words)[0] if words in latest else np.zeros(len(shop.products))

            made = cls(shop, shop_profile.load(connection, shop.products, now, find, vectors), mark)
            for event in shop_events.listed(connection, now - SESSION_HALF_LIFE):
                made._remember(event)
        return made

    def learn(self, event: Event) -> None:
        """Take in one deed."""
        self.recommender.learn(event, _found(self.shop, event.words)[0] if event.kind == "search" else None)
        self._remember(event)

    def fresh(self, at: int) -> bool:
        """Whether something was opened, saved or looked for in this session."""
        return any(at - event.at < SESSION_HALF_LIFE for event, _ in self.recent)

    def opened(self, at: int) -> list[int]:
        """Products that were opened or saved in this session, by number."""
        return [n for event, numbers in self.recent if event.kind != "search" and at - event.at < SESSION_HALF_LIFE for n in numbers]

    def because(self, number: int, at: int) -> tuple[str, bool]:
        """The title or words of the latest deed of this session that the product answers, "" for none, and whether it was a search."""
        kinds = self.recommender.profile.traits.codes["kind"]
        for event, numbers in reversed(self.recent):
            if at - event.at >= SESSION_HALF_LIFE:
                continue
            if event.kind == "search" and number in numbers:
                return event.words, True
            if event.kind != "search" and any(kinds[one] == kinds[number] and kinds[one] for one in numbers):
                return next(self.shop.products[one].title for one in numbers), False
        return "", False

    def _remember(self, event: Event) -> None:
        place = self.recommender.profile.place_of.get(event.product)
        if event.kind == "search":
            numbers = frozenset(_found(self.shop, event.words)[1])
        elif event.kind in WEIGHTS and place is not None:
            numbers = frozenset((place,))
        else:
            return
        self.recent = [*self.recent[1 - MOST_RECENT :], (event, numbers)]


def _found(shop: Shop, words: str) -> tuple[Floats, list[int]]:
    """How well each product answers a search, (n,) 0 to 1, and the numbers of those that do."""
    hits = [hit for hit in shop.ranker.rank(words, FOUND).hits if hit.score > 0]
    found = np.zeros(len(shop.products))
    for hit in hits:
        found[hit.place] = hit.score / hits[0].score
    return found, [hit.place for hit in hits]


def _vectors(store: Store, shop: Shop) -> Floats | None:
    """(n, d) unit vectors of the products, 0 where none is read yet; None for a catalogue that is too large or not read at all."""
    if len(shop.products) >= VECTORS_BELOW or shop.unread == len(shop.products):
        return None
    file = VectorFile(store.workspace.root / FOLDER / f"vectors-{shop.encoder.name}.bin", shop.encoder.dimension)
    rows = rows_of(file, [dense_text(product) for product in shop.products])
    vectors = np.zeros((len(rows), shop.encoder.dimension), np.float32)
    vectors[rows >= 0] = file.of(rows[rows >= 0])
    return cast(Floats, vectors)  # single precision is enough for likeness, and half the memory
