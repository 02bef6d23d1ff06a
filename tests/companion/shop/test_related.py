"""Cards beside a video: fit first, taste where there is some, and propensities that are true."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from companion.shop.product import Product
from companion.shop.profile import Event, Recommender, Scenario, traits_of
from companion.shop.related import Scene, related

HOUR = 3_600_000
NOW = Scenario(1_000 * HOUR, "feed", 20)


def products() -> list[Product]:
    return [Product(f"{kind}{n}", f"{kind} {n}", category=(kind,), price=10.0 * n, currency="USD") for kind in "ABCD" for n in range(1, 9)]


@pytest.fixture
def person() -> Recommender:
    return Recommender(traits_of(products()))


FITS = {n: 1.0 - n / 20 for n in range(8)}
"""The first kind, the first product best."""


def test_without_taste_a_card_holds_what_fits_the_best_first(person: Recommender) -> None:
    card = related(person, Scene(FITS), NOW, 3, np.random.default_rng(0))
    assert {offer.reason for offer in card} == {"fits"}
    assert len({offer.number for offer in card}) == 3
    unexplored = [offer.number for offer in card if not offer.explored]
    assert unexplored == sorted(unexplored)


def test_the_last_place_belongs_to_taste_once_something_was_opened(person: Recommender) -> None:
    person.learn(Event(NOW.at - 60_000, "click", "C3"))
    for seed in range(30):
        card = related(person, Scene(FITS, tasted=True, left_out=(18,)), NOW, 3, np.random.default_rng(seed))
        if not any(offer.explored for offer in card):
            tastes = [offer.number for offer in card if offer.reason == "taste"]
            assert tastes
            assert all(16 <= number < 24 for number in tastes)
            assert 18 not in tastes


def test_taste_orders_what_fits_as_well(person: Recommender) -> None:
    person.learn(Event(NOW.at - 60_000, "save", "B1"))
    card = related(person, Scene({0: 0.9, 1: 0.9, 8: 0.9, 9: 0.9}), NOW, 1, np.random.default_rng(3))
    assert 8 <= card[0].number < 10


def test_nothing_that_is_hidden_or_never_wanted_is_shown(person: Recommender) -> None:
    person.learn(Event(NOW.at, "hide", "A1"))
    person.profile.lean("kind", "B", -1)
    fits = {**FITS, **dict.fromkeys(range(8, 16), 1.0)}
    shown = {
        offer.number for seed in range(200) for offer in related(person, Scene(fits, tasted=True), NOW, 6, np.random.default_rng(seed))
    }
    assert 0 not in shown
    assert shown.isdisjoint(range(8, 16))


def test_a_propensity_is_how_often_a_product_gets_its_place(person: Recommender) -> None:
    person.learn(Event(NOW.at - 60_000, "click", "C3"))
    rounds, seen, told = 4_000, Counter[int](), Counter[int]()
    for seed in range(rounds):
        offer = related(person, Scene(FITS, tasted=True), NOW, 1, np.random.default_rng(seed))[0]
        seen[offer.number] += 1
        told[offer.number] = max(told[offer.number], round(1000 * offer.propensity))
    usual = seen.most_common(1)[0][0]
    assert seen[usual] / rounds == pytest.approx(told[usual] / 1000, abs=0.03)
    explored = rounds - seen[usual]
    assert 0 < explored / rounds < 0.1


def test_nothing_fits_and_nothing_is_known_gives_no_card(person: Recommender) -> None:
    assert related(person, Scene({}), NOW, 3, np.random.default_rng(0)) == []


def test_fewer_products_than_places_give_a_shorter_card(person: Recommender) -> None:
    assert [offer.number for offer in related(person, Scene({5: 1.0, 2: 0.5}), NOW, 6, np.random.default_rng(1))] != []
    assert len(related(person, Scene({5: 1.0, 2: 0.5}), NOW, 6, np.random.default_rng(1))) == 2
