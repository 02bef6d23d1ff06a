"""Ordinal uncertainty: distance between readings counts, and so does the line at 7."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent import IntentModel, Item
from labeling.samplers import Candidate
from labeling.samplers.ordinal_uncertainty import draw, uncertainty
from tests.labeling.samplers.scenes import SURE, task


def split(*grades: int) -> Candidate:
    """The model holds these grades equally possible."""
    return Candidate("x", distribution=tuple(grades.count(grade) / len(grades) for grade in range(1, 11)))


def score(candidate: Candidate) -> float:
    found = uncertainty(candidate)
    assert found is not None
    return found


def test_two_or_nine_is_more_uncertain_than_five_or_six() -> None:
    assert score(split(2, 9)) > score(split(5, 6))


def test_six_or_seven_is_more_uncertain_than_three_or_four_because_the_line_lies_between() -> None:
    assert score(split(6, 7)) > score(split(3, 4))


def test_the_ends_of_the_scale() -> None:
    assert score(split(1, 10)) == pytest.approx(1)
    assert score(Candidate("x", distribution=SURE)) == 0
    assert score(Candidate("x", distribution=SURE, p_high=0.5)) == 0.5


def test_the_calibrated_probability_counts_where_there_is_one() -> None:
    assert score(Candidate("x", p_high=0.5)) == 1
    assert score(Candidate("x", p_high=0.99)) == pytest.approx(0.0396)


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate("x"),
        Candidate("x", p_high=float("nan")),
        Candidate("x", p_high=1.5),
        Candidate("x", distribution=(0.5, 0.5)),
        Candidate("x", distribution=(float("nan"),) * 10),
        Candidate("x", distribution=(0.0,) * 10),
        Candidate("x", distribution=(-1.0, 2.0, *[0.0] * 8)),
    ],
)
def test_a_prediction_that_says_nothing_is_none(candidate: Candidate) -> None:
    assert uncertainty(candidate) is None


@given(st.lists(st.floats(0, 1), min_size=10, max_size=10), st.none() | st.floats(0, 1))
def test_it_lies_between_0_and_1(chances: list[float], p_high: float | None) -> None:
    found = uncertainty(Candidate("x", p_high=p_high, distribution=tuple(chances)))

    assert found is None or 0 <= found <= 1 + 1e-9


def test_what_is_drawn_is_far_above_the_average() -> None:
    scene = task()
    drawn = draw(scene, 20, np.random.default_rng(0))

    assert np.mean([one.score for one in drawn]) > np.mean([score(one) for one in scene]) + 0.2
    assert all(one.sampler == "ordinal_uncertainty" for one in drawn)


def test_the_shipped_model_is_surer_of_a_plain_question_than_of_half_a_wish(model: IntentModel) -> None:
    plain, half = model.read([Item("what a lovely dog"), Item("ok maybe i kinda need one of these? or not")])

    assert score(Candidate("x", p_high=plain.p_high)) < score(Candidate("x", p_high=half.p_high))
