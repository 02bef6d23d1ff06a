"""Cards explore now and then, say with which chance, are varied, and weights are learned from every look."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from companion.shop.profile import Recommender, Scenario, traits_of
from companion.shop.profile.diversity import mmr
from companion.shop.profile.learner import Learner
from companion.shop.profile.recommender import EXPLORED
from tests.companion.shop.profile.scene import MINUTE, NOW, did, fresh, kinds_of, shop


def test_a_card_holds_different_products_with_chances_that_are_chances() -> None:
    recommender, rng = fresh(), np.random.default_rng(1)
    recommender.learn(did("click", "tent-1"))
    for _ in range(50):
        card = recommender.card(4, Scenario(NOW + MINUTE), rng)
        assert len({one.number for one in card}) == 4
        assert all(0 < one.propensity <= 1 for one in card)
        assert all(one.propensity >= 1 - EXPLORED for one in card if not one.explored)


def test_logged_propensities_are_how_often_a_product_comes_first() -> None:
    recommender, rng = fresh(), np.random.default_rng(2)
    recommender.learn(did("click", "tent-1"))
    cards = [recommender.card(1, Scenario(NOW + MINUTE), rng)[0] for _ in range(1200)]
    often = Counter(one.number for one in cards)
    said: dict[int, list[float]] = {}
    for one in cards:
        said.setdefault(one.number, []).append(one.propensity)
    for number, times in often.items():
        if times >= 30:
            assert times / len(cards) == pytest.approx(np.mean(said[number]), abs=0.03)
    # inverse propensity: every product that can come first is counted once on average
    assert sum(1 / one.propensity for one in cards) / len(cards) == pytest.approx(40, rel=0.5)


def test_exploring_prefers_what_was_clicked_but_tries_everything_at_first() -> None:
    rng = np.random.default_rng(3)
    new = fresh()
    tried = {one.number // 10 for _ in range(400) for one in new.card(1, Scenario(NOW), rng) if one.explored}
    assert tried == {0, 1, 2, 3}
    taught = fresh()
    for number in range(30):
        taught.learn(did("click", f"rug-{number % 10}", NOW + number))
    explored = [one.number for _ in range(600) for one in taught.card(1, Scenario(NOW + MINUTE), rng) if one.explored]
    assert kinds_of(taught, explored).count("rug") > 0.8 * len(explored)


def test_a_card_is_short_when_little_is_left() -> None:
    recommender = Recommender(traits_of(shop()[:3]))
    recommender.learn(did("hide", "lamp-0"))
    card = recommender.card(4, Scenario(NOW), np.random.default_rng(0))
    assert sorted(one.number for one in card) == [1, 2]


def test_variety_brings_in_another_kind_before_the_tenth_of_the_same() -> None:
    kinds = np.array([0] * 8 + [1] * 2)
    scores = np.array([1.0, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 0.92, 0.9, 0.5])
    assert mmr(scores, kinds, None, 3, balance=1.0) == [0, 1, 2]
    assert mmr(scores, kinds, None, 3, balance=0.8) == [0, 8, 1]
    assert mmr(scores[:2], kinds[:2], None, 5, balance=0.8) == [0, 1]
    assert mmr(np.zeros(0), kinds[:0], None, 5, balance=0.8) == []


def test_the_learner_finds_the_weights_it_is_shown() -> None:
    rng = np.random.default_rng(4)
    truth = np.array([-1.0, 2.0, 0.0])
    learner = Learner(np.zeros(3), np.full(3, 10.0))
    for _ in range(3000):
        features = np.array([1.0, *rng.normal(0, 1, 2)])
        learner.observe(features, bool(rng.random() < 1 / (1 + np.exp(-features @ truth))))
    assert learner.mean == pytest.approx(truth, abs=0.25)
    draws = np.stack([learner.draw(rng) for _ in range(500)])
    assert draws.mean(0) == pytest.approx(learner.mean, abs=0.05)
    assert draws.std(0).max() < 0.2


def test_the_learner_stays_near_its_prior_while_little_is_known() -> None:
    learner = Learner(np.array([-3.0, 1.0]), np.full(2, 0.05))
    learner.observe(np.array([1.0, 1.0]), clicked=True)
    assert learner.mean == pytest.approx([-3.0, 1.0], abs=0.1)
    assert learner.mean[0] > -3


def test_a_product_that_was_clicked_is_not_counted_as_passed_over() -> None:
    clicked, passed = fresh(), fresh()
    for recommender in (clicked, passed):
        recommender.learn(did("impression", "tent-1"))
    clicked.learn(did("click", "tent-1", NOW + 5))
    for recommender in (clicked, passed):
        recommender.learn(did("impression", "rug-1", NOW + MINUTE))
    assert clicked.learner.mean[0] > fresh().learner.mean[0] > passed.learner.mean[0]
