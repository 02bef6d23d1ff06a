"""Tips name the weakest part with its number; the multiplier is smooth, clamped and never divides by nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.components import Component, missing
from companion.quality.multiplier import LEAST, MOST, multipliers, split
from companion.quality.score import combine
from companion.quality.tips import tips, weakest


def score(engagement=20.0, sentiment=70.0, shares=40.0):
    return combine([
        missing("deviation", "sigmas", "nothing known"),
        Component("sentiment", 0.4, "-1 to 1", sentiment, 80, ""),
        Component("share value", 0.1, "shares per like", shares, 900, ""),
        Component("engagement", 0.2, "0 to 1", engagement, 81, ""),
    ])  # fmt: skip


def test_the_weakest_part_comes_first_with_what_to_do():
    found = tips(score(), top_comments=81, answered=0)
    assert [tip.part for tip in found] == ["engagement", "share value"]
    assert found[0].text == "Reply to 9 more of your 81 top comments (0 have an answer)"
    assert "40 of 100" in found[1].text


def test_nothing_below_usual_and_nothing_known_give_no_tip():
    assert tips(score(80, 80, 80)) == []
    assert tips(combine([missing("sentiment", "", "no comments")])) == []
    assert weakest([score(), score(90, 70, 10)]) == "share value"
    assert weakest([]) == ""


def test_a_category_with_more_good_videos_has_a_larger_multiplier_within_bounds():
    steps = [{"beauty": (30, 60), "pets": (2, 60), "rare": (1, 1)}] * 5
    found = multipliers(steps)
    assert found["beauty"].value > 1 > found["pets"].value >= LEAST
    assert found["beauty"].value <= MOST
    assert abs(found["rare"].value - 1) < abs(found["beauty"].value - 1)
    assert found["rare"].seed == 1.0
    assert multipliers([]) == {}


def test_one_week_does_not_swing_it():
    steady = [{"beauty": (10, 50), "pets": (10, 50)}] * 8
    swung = [*steady, {"beauty": (3, 3), "pets": (0, 3)}]
    assert multipliers(swung)["beauty"].value == pytest.approx(multipliers(steady)["beauty"].value, abs=0.1)
    assert multipliers(swung)["pets"].seed == 0


def test_a_budget_is_split_whole_and_nonsense_is_refused():
    assert split(900, {"a": 1, "b": 1}, {"a": 2}) == {"a": 600, "b": 300}
    assert split(100, {"a": 0, "b": 0}, {}) == {"a": 50, "b": 50}
    assert split(100, {}, {}) == {}
    with pytest.raises(ValueError, match="0 or more"):
        split(-1, {"a": 1}, {})
    with pytest.raises(ValueError, match="cannot be"):
        multipliers([{"a": (3, 2)}])
    with pytest.raises(ValueError, match="alpha"):
        multipliers([], alpha=0)


PAIR = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), PAIR), max_size=6))
def test_every_multiplier_is_a_number_within_bounds(steps):
    assert all(LEAST <= one.value <= MOST for one in multipliers(steps).values())
