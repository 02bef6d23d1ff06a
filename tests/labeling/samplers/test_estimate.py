"""What the random part of a batch says about everything."""

from __future__ import annotations

import pytest

from labeling.samplers import prevalence


def test_each_answer_counts_for_as_many_comments_as_it_stands_for() -> None:
    answers = [(0.5, True), (0.1, False), (0.1, True)]

    assert prevalence(answers, frame=24) == pytest.approx(12 / 24)
    assert prevalence(answers) == pytest.approx(12 / 22)


def test_without_answers_it_is_unknown() -> None:
    assert prevalence([]) is None
    assert prevalence([], frame=10) is None


@pytest.mark.parametrize("probability", [0.0, -1.0, 1.01, float("nan")])
def test_a_probability_that_is_none_is_named(probability: float) -> None:
    with pytest.raises(ValueError, match=f"inclusion probability {probability}"):
        prevalence([(probability, True)])


def test_a_frame_of_nothing_is_named() -> None:
    with pytest.raises(ValueError, match="a batch drawn from 0 comments"):
        prevalence([(0.5, True)], frame=0)
