"""Shop cards of a running companion: opened beside the request, and in step with what others change in the profile."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from companion.live_cards import LiveCards
from companion.live_shop import LiveShop
from companion.shop.profile import Event, Scenario
from companion.store import Store, catalogue, catalogue_imports, clock, shop_events
from tests.companion.shop.retrieval.scene import SHELF, PlantedEncoder


@pytest.fixture
def stocked(store: Store) -> Store:
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "f.csv", "table", {}, 1_000)
        catalogue.save(connection, SHELF, number, 1_000)
    return store


def cards(store: Store, shop: LiveShop | None = None) -> LiveCards:
    made = LiveCards(store, shop or LiveShop(store, PlantedEncoder), np.random.default_rng(1))
    assert made.ready(30)
    return made


def shown(live: LiveCards, words: str = "ceramic mug") -> list[str]:
    return [item.product.id for item in live.card(words, Scenario(clock.now_ms()), 3).items]


def test_a_hide_that_is_taken_back_elsewhere_is_taken_back_here(stocked: Store) -> None:
    live = cards(stocked)
    assert "4" in shown(live)
    live.learn(Event(clock.now_ms(), "hide", "4"))
    assert "4" not in shown(live)
    with stocked.writing() as connection:
        shop_events.take_back(connection, "hide", "4")
    assert "4" in shown(live)


def test_a_deed_stored_elsewhere_counts_from_the_next_card_on(stocked: Store) -> None:
    live = cards(stocked)
    assert "6" not in shown(live)
    with stocked.writing() as connection:
        shop_events.add(connection, [Event(clock.now_ms(), "click", "1")])
    names = [item for item in live.card("ceramic mug", Scenario(clock.now_ms()), 3).items if item.offer.reason == "taste"]
    assert names
    assert "1" not in {item.product.id for item in names}


def test_a_withdrawn_product_leaves_the_cards_and_is_no_longer_known(stocked: Store) -> None:
    shop = LiveShop(stocked, PlantedEncoder)
    live = cards(stocked, shop)
    assert live.knows("4")
    with stocked.writing() as connection:
        number = catalogue_imports.begin(connection, "g.csv", "table", {}, 2_000)
        catalogue.save(connection, [product for product in SHELF if product.id != "4"], number, 2_000)
        catalogue.withdraw_missing(connection, number, 2_000)
    shop.current()
    shop.wait()
    assert not live.knows("4")
    assert "4" not in shown(live)


def test_what_opens_slowly_is_not_waited_for_beyond_patience_and_goes_on(stocked: Store) -> None:
    gate = threading.Event()

    def slow() -> PlantedEncoder:
        gate.wait(30)
        return PlantedEncoder()

    live = LiveCards(stocked, LiveShop(stocked, slow))
    assert live.ready(0.05) is False
    gate.set()
    assert live.ready(30) is True
    assert shown(live)


def test_the_propensity_of_a_card_is_known_by_the_card(stocked: Store) -> None:
    live = cards(stocked)
    card = live.card("ceramic mug", Scenario(clock.now_ms()), 2)
    for number, item in enumerate(card.items, 1):
        assert live.placed(card.id, item.product.id) == (number, item.offer.propensity)
    assert live.placed(card.id, "no-such") == (0, None)
    assert live.placed("0" * 32, card.items[0].product.id) == (0, None)
    assert live.placed(None, card.items[0].product.id) == (0, None)
