"""Sorters: what they choose, and whether it comes as often as they say."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.samplers.candidate import Candidate, Scored
from labeling.samplers.sorters import WIDTH, Sorter, any_order, in_proportion, prefer_high

ALL = [any_order, in_proportion, prefer_high]


def stream(scores: list[float]) -> list[Scored]:
    return [Scored(Candidate(str(place)), score) for place, score in enumerate(scores)]


@pytest.mark.parametrize("sorter", ALL)
@pytest.mark.parametrize("scores", [[1.0, 2, 3, 4, 10, 10, 10, 100], [0.0] * 6, [5.0] * 12, [0.0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 9]])
def test_each_comes_as_often_as_its_probability_says(sorter: Sorter, scores: list[float]) -> None:
    times: Counter[str] = Counter()
    said: dict[str, float] = {}
    for seed in range(3000):
        chosen = list(sorter(iter(stream(scores)), 3, np.random.default_rng(seed)))
        assert len(chosen) == 3
        for scored, probability in chosen:
            times[scored.candidate.id] += 1
            assert said.setdefault(scored.candidate.id, probability) == pytest.approx(probability)

    assert sum(said.values()) == pytest.approx(3, abs=1e-6)
    for name, probability in said.items():
        assert times[name] / 3000 == pytest.approx(probability, abs=0.04)


@pytest.mark.parametrize("sorter", ALL)
@given(
    scores=st.lists(st.floats(0, 1e6) | st.just(float("nan")) | st.just(float("inf")), max_size=30),
    n=st.integers(-1, 40),
    seed=st.integers(0, 99),
)
def test_as_many_as_wanted_or_as_there_are_none_twice(sorter: Sorter, scores: list[float], n: int, seed: int) -> None:
    chosen = list(sorter(iter(stream(scores)), n, np.random.default_rng(seed)))

    assert len(chosen) == max(0, min(n, len(scores)))
    assert len({scored.candidate.id for scored, _ in chosen}) == len(chosen)
    assert all(0 < probability <= 1 for _, probability in chosen)


def test_the_low_never_come_where_the_high_are_preferred() -> None:
    scores = [float(place) for place in range(100)]

    for seed in range(50):
        chosen = prefer_high(stream(scores), 5, np.random.default_rng(seed))
        assert all(scored.score >= 100 - WIDTH * 5 for scored, _ in chosen)
