"""The simulated shoppers do what their rules say, and the same seed tells the same story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from companion.shop.product import Product
from companion.shop.shoppers import Reaction, draw_stock, draw_world, drift, next_pick, open_session, react, stock_of
from companion.shop.shoppers import rules as r
from companion.shop.shoppers.people import lasting_utility
from companion.shop.shoppers.reactions import click_chance, looked_at, pick_weights
from companion.shop.shoppers.sessions import Session
from companion.shop.shoppers.world import START_MS, Moment, World, best_possible, serve


class Fixed:
    """Shows the same order to everybody and writes down what it was told."""

    def __init__(self, order: Sequence[int]) -> None:
        self.order, self.searches, self.seen = list(order), list[str](), list[tuple[int, str, int]]()

    def searched(self, words: str, at: int) -> None:
        self.searches.append(words)
        assert at >= START_MS

    def card(self, size: int, at: int, page: str) -> Sequence[int]:
        return self.best(size, at, page)

    def saw(self, shown: Sequence[int], reactions: Sequence[Reaction], at: int, page: str) -> None:
        assert {one.product for one in reactions} <= set(shown)
        self.seen.append((at, page, len(reactions)))

    def best(self, size: int, at: int, page: str) -> Sequence[int]:
        assert at >= START_MS
        assert page in r.PAGES
        return self.order[:size]


def _session(utility: Sequence[float]) -> Session:
    return Session(START_MS, "feed", None, "", (START_MS,), np.array(utility))


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(seed=5, shoppers=40)


def test_the_same_seed_gives_the_same_world_and_another_seed_another(world: World) -> None:
    def story(of: World) -> list[Moment]:
        return list(serve(of, of.shoppers[3], Fixed(of.popularity(crowd=20)), interactions=10))

    again = draw_world(seed=5, shoppers=40)
    assert again.stock.products == world.stock.products
    assert story(again) == story(world)
    assert draw_world(seed=6, shoppers=40).stock.products != world.stock.products


def test_each_shopper_likes_a_few_kinds_far_more_than_the_rest(world: World) -> None:
    for shopper in world.shoppers:
        assert r.LIKED_KINDS[0] <= len(shopper.liked) <= r.LIKED_KINDS[1]
        rest = np.delete(shopper.kind, shopper.liked)
        assert shopper.kind[shopper.liked].min() >= r.KIND_LIKING[0] > rest.max()
        assert rest.min() == r.DISLIKE


def test_tastes_differ_between_shoppers(world: World) -> None:
    first = [lasting_utility(shopper, world.stock).argmax() for shopper in world.shoppers]
    assert len(set(first)) > len(first) / 2


def test_a_mission_lifts_its_kind_and_what_is_typed_names_it(world: World) -> None:
    rng = np.random.default_rng(1)
    visits = [open_session(world.shoppers[0], world.stock, START_MS, rng) for _ in range(400)]
    missions = [visit for visit in visits if visit.mission is not None]
    assert len(missions) / len(visits) == pytest.approx(r.MISSION_SHARE, abs=0.08)
    assert sum(bool(visit.search) for visit in missions) / len(missions) == pytest.approx(r.SEARCH_SHARE, abs=0.08)
    for visit in missions:
        kind = world.stock.kind == visit.mission
        plain = lasting_utility(world.shoppers[0], world.stock)
        assert (visit.utility[kind] - plain[kind]).min() >= r.MISSION_PULL - 1e-9
        assert visit.search in ("", world.stock.kind_names[visit.mission or 0])
    assert all(not visit.search for visit in visits if visit.mission is None)


def test_evening_liking_counts_in_the_evening_only(world: World) -> None:
    rng = np.random.default_rng(2)
    shopper = next(one for one in world.shoppers if one.evening.any())
    lifted = np.isin(world.stock.kind, np.flatnonzero(shopper.evening))
    plain = lasting_utility(shopper, world.stock)
    hours = set()
    for visit in (open_session(shopper, world.stock, START_MS, rng) for _ in range(200)):
        if visit.mission is None:
            added = visit.utility - plain
            assert added[~lifted].max() == 0
            assert added[lifted] == pytest.approx(r.EVENING_LIKING if visit.hour >= r.EVENING[0] else 0)
            hours.add(visit.hour >= r.EVENING[0])
    assert hours == {True, False}


def test_further_places_are_clicked_less_by_the_stated_power() -> None:
    rng, session = np.random.default_rng(3), _session([r.CLICK_AT] * 8)
    clicks = np.zeros(8)
    for _ in range(4000):
        for one in react(session, range(8), rng):
            clicks[one.place - 1] += one.action == "click"
    expected = np.array([looked_at(place) for place in range(1, 9)]) * (0.5 + 0.5 * r.SLIP_SHARE)
    assert clicks / 4000 == pytest.approx(expected, abs=0.03)


def test_slips_are_never_saved_and_only_the_unbearable_is_hidden() -> None:
    rng = np.random.default_rng(4)
    bad, good = _session([-50.0]), _session([50.0])
    of_bad = [one.action for _ in range(20000) for one in react(bad, [0], rng)]
    of_good = [one.action for _ in range(2000) for one in react(good, [0], rng)]
    assert of_bad.count("click") / 20000 == pytest.approx(r.SLIP_SHARE, abs=0.005)
    assert of_bad.count("hide") / 20000 == pytest.approx(r.HIDE_SHARE, abs=0.01)
    assert "save" not in of_bad
    assert "hide" not in of_good
    assert of_good.count("save") / of_good.count("click") == pytest.approx(r.SAVE_SHARE, abs=0.04)


def test_the_next_pick_follows_the_utility_and_leaves_out_what_it_is_told_to() -> None:
    rng, session = np.random.default_rng(5), _session([1.0, 2.0, -4.0])
    picks = np.bincount([next_pick(session, rng) for _ in range(4000)], minlength=3) / 4000
    weights = pick_weights(session.utility)
    assert picks == pytest.approx(weights / weights.sum(), abs=0.03)
    assert {next_pick(session, rng, without=[0, 1]) for _ in range(20)} == {2}


def test_taste_drifts_by_one_kind_at_a_time(world: World) -> None:
    rng, shopper = np.random.default_rng(6), world.shoppers[1]
    changed = 0
    for _ in range(600):
        later = drift(shopper, world.stock, rng)
        gone = set(shopper.liked.tolist()) - set(later.liked.tolist())
        assert len(gone) <= 1
        changed += len(gone)
    assert changed / 600 == pytest.approx(r.DRIFT_SHARE, abs=0.035)


def test_serving_counts_every_interaction_and_ends_with_the_card_that_fills_the_number(world: World) -> None:
    shown = best_possible(open_session(world.shoppers[2], world.stock, START_MS, np.random.default_rng(0)))
    watcher = Fixed(shown)
    moments = list(serve(world, world.shoppers[2], watcher, interactions=15))
    assert len(moments) == len(watcher.seen)
    assert moments[-1].interactions == sum(count for _, _, count in watcher.seen) + len(watcher.searches)
    assert moments[-1].interactions >= 15 > moments[-2].interactions
    assert [at for at, _, _ in watcher.seen] == sorted(at for at, _, _ in watcher.seen)
    assert {page for _, page, _ in watcher.seen} <= set(r.PAGES)


def test_visits_do_not_hang_on_what_is_shown(world: World) -> None:
    one, other = Fixed(range(10)), Fixed(range(500, 510))
    for recommender in (one, other):
        list(serve(world, world.shoppers[4], recommender, interactions=12))
    shorter = min(len(one.seen), len(other.seen))
    assert [at for at, _, _ in one.seen[:shorter]] == [at for at, _, _ in other.seen[:shorter]]


def test_knowing_the_truth_hits_far_more_than_the_most_popular(world: World) -> None:
    rng, hits, popular = np.random.default_rng(7), 0, 0
    first = set(world.popularity()[:10])
    for shopper in world.shoppers:
        for _ in range(10):
            visit = open_session(shopper, world.stock, START_MS, rng)
            pick = next_pick(visit, rng)
            hits += pick in best_possible(visit)
            popular += pick in first
    assert hits > 3 * popular > 0


def test_any_catalogue_makes_a_stock() -> None:
    products = [
        Product("a", "Cup", category=("Home", "cups"), price=3.0),
        Product("b", "Mug", category=("Home", "cups"), price=9.0),
        Product("c", "Thing"),
    ]
    stock = stock_of(products, np.random.default_rng(0))
    assert stock.kind_names == ("cups", "other")
    assert stock.price_place.tolist() == [0.0, 1.0, 0.5]
    with pytest.raises(ValueError, match="at least one product"):
        stock_of([], np.random.default_rng(0))


def test_a_drawn_stock_has_every_kind_and_real_prices() -> None:
    stock = draw_stock(np.random.default_rng(0))
    assert stock.kinds == 40
    assert len({product.id for product in stock.products}) == r.PRODUCTS
    assert all(product.price and product.price > 0 for product in stock.products)
    assert click_chance(r.CLICK_AT) == 0.5
