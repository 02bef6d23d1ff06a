"""What a shopper does changes the next card, fades with time, and can be seen and corrected."""

from __future__ import annotations

import numpy as np
import pytest

from companion.shop.product import Product
from companion.shop.profile import Event, Recommender, Scenario, known, traits_of, why
from companion.shop.profile.interests import LONG_HALF_LIFE, SESSION_HALF_LIFE, Interests
from companion.shop.profile.profile import FEATURES
from companion.shop.profile.recommender import PRIOR
from tests.companion.shop.profile.scene import DAY, HOUR, MINUTE, NOW, did, first, fresh, shop


def test_the_next_card_reflects_the_last_click() -> None:
    recommender = fresh()
    recommender.learn(did("click", "tent-3"))
    assert first(recommender, 3) == ["tent"] * 3
    recommender.learn(did("click", "rug-3", NOW + 2 * MINUTE))
    recommender.learn(did("click", "rug-4", NOW + 2 * MINUTE))
    assert first(recommender, 1, NOW + 3 * MINUTE) == ["rug"]


def test_a_save_counts_more_than_a_click() -> None:
    recommender = fresh()
    recommender.learn(did("click", "tent-3"))
    recommender.learn(did("save", "rug-3"))
    assert first(recommender, 1) == ["rug"]


def test_a_hide_removes_the_product_for_good_and_lowers_its_like() -> None:
    recommender = fresh()
    recommender.learn(did("hide", "lamp-0"))
    for at in (NOW, NOW + 400 * DAY):
        shown = recommender.best(100, Scenario(at))
        assert 0 not in shown
        assert len(shown) == 39
    lamp = list(recommender.profile.traits.values["kind"]).index("Home > lamp")
    assert recommender.profile.interests("kind", NOW)[lamp] < 0


def test_looks_without_a_click_move_on_to_something_else() -> None:
    recommender = fresh()
    before = first(recommender, 1)[0]
    for number in range(10):
        recommender.learn(did("impression", f"{before}-{number}", NOW + number))
    assert first(recommender, 1) != [before]


def test_a_session_fades_within_hours_and_the_long_interest_within_weeks() -> None:
    recommender = fresh()
    for number in range(4):
        recommender.learn(did("click", f"tent-{number}"))
    recommender.learn(did("click", "rug-1", NOW + 6 * HOUR))
    assert first(recommender, 1, NOW + 6 * HOUR + MINUTE) == ["rug"], "the session counts more"
    assert first(recommender, 1, NOW + 2 * DAY) == ["tent"], "when it is over, what was liked most comes back"
    interests = Interests(3, LONG_HALF_LIFE)
    interests.like(1, 4.0, NOW)
    interests.fade(NOW + LONG_HALF_LIFE)
    assert interests.liked.tolist() == [0.0, 2.0, 0.0]
    interests.fade(NOW)
    assert interests.liked.tolist() == [0.0, 2.0, 0.0], "an earlier moment takes nothing back"
    assert SESSION_HALF_LIFE == 30 * MINUTE


def test_a_search_puts_what_it_finds_first() -> None:
    recommender = fresh()
    found = np.zeros(40)
    found[35] = 1.0
    recommender.learn(Event(NOW, "search", words="ball"), found)
    assert recommender.best(1, Scenario(NOW + MINUTE)) == [35]
    assert first(recommender, 3) == ["ball"] * 3


def test_the_time_of_day_and_the_page_count() -> None:
    recommender = fresh()
    for day in range(6):
        recommender.learn(did("click", "rug-2", NOW + day * DAY + 9 * HOUR, "video"))
        recommender.learn(did("click", "tent-2", NOW + day * DAY + 20 * HOUR, "feed"))
    assert first(recommender, 1, NOW + 7 * DAY + 9 * HOUR, "video") == ["rug"]
    assert first(recommender, 1, NOW + 7 * DAY + 20 * HOUR, "feed") == ["tent"]


def test_brand_colour_and_price_tell_products_of_a_kind_apart() -> None:
    recommender = Recommender(traits_of(shop()))
    for place in range(4):
        recommender.learn(did("click", "tent-9", NOW + place))
    order = [recommender.profile.traits.products[number].id for number in recommender.best(10, Scenario(NOW + MINUTE))]
    assert order[0] == "tent-9"
    sharing_two = [order.index(f"tent-{number}") for number in (1, 5, 8)]
    assert order.index("tent-2") > max(sharing_two), "what shares neither brand, colour nor price comes later"


def test_what_the_shopper_says_counts_and_never_means_never() -> None:
    recommender = fresh()
    recommender.profile.lean("kind", "Home > rug", 1)
    assert first(recommender, 1) == ["rug"]
    recommender.profile.lean("department", "Sport", -1)
    assert set(first(recommender, 40)) == {"rug", "lamp"}
    recommender.profile.lean("brand", "no such brand", 1)
    with pytest.raises(ValueError, match='field is "mood"'):
        recommender.profile.lean("mood", "x", 1)


def test_the_profile_can_be_seen_in_words() -> None:
    recommender = fresh()
    for number in range(3):
        recommender.learn(did("click", f"tent-{number}"))
    recommender.profile.lean("brand", "brand1", -1)
    lines = known(recommender.profile, NOW)
    by_value = {(one.field, one.value): one for one in lines}
    assert by_value["kind", "Sport > tent"].strength > 1
    assert by_value["kind", "Sport > tent"].now > 1
    assert by_value["brand", "brand1"].leaning == -1
    assert lines[-1].value == "brand1"
    assert "rug" not in str(lines)
    assert known(fresh().profile, NOW) == []


def test_why_names_what_speaks_for_a_product_and_nothing_for_a_stranger() -> None:
    recommender = fresh()
    recommender.learn(did("click", "tent-1"))
    assert "tent: you look at these now" in why(recommender, 21, Scenario(NOW + MINUTE))
    assert "tent: you liked these before" in why(recommender, 21, Scenario(NOW + 2 * DAY))
    assert why(recommender, 2, Scenario(NOW + MINUTE)) == []
    assert why(fresh(), 21, Scenario(NOW)) == []


def test_unknown_products_and_products_without_traits_change_nothing() -> None:
    recommender = Recommender(traits_of([Product("a", "A"), Product("b", "B")]))
    recommender.learn(did("click", "gone"))
    recommender.learn(did("click", "a"))
    assert sorted(recommender.best(5, Scenario(NOW))) == [0, 1]
    assert known(recommender.profile, NOW) == []
    assert Recommender(traits_of([])).best(5, Scenario(NOW)) == []


def test_every_feature_has_a_weight_to_begin_with() -> None:
    assert tuple(PRIOR) == FEATURES


def test_price_bands_are_fifths_of_a_kind() -> None:
    traits = traits_of(shop())
    bands = [traits.values["price"][code] for code in traits.codes["price"][:10]]
    assert bands == ["cheapest"] * 2 + ["cheaper"] * 2 + ["middle"] * 2 + ["dearer"] * 2 + ["dearest"] * 2
