"""Overlap: second opinions by stratum, and asking on until people agree."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from labeling.samplers import Candidate, OverlapRule, agreed, disputed
from labeling.samplers.overlap import draw, wanted


def labelled(name: str, *people: str, stratum: str = "en") -> Candidate:
    return Candidate(name, stratum=stratum, labelled_by=frozenset(people))


@pytest.mark.parametrize(
    ("grades", "agree"),
    [
        ([], False),
        ([5], False),
        ([5, 5], True),
        ([5, 6], True),
        ([6, 7], False),  # one apart, but on either side of the line
        ([7, 8], True),
        ([4, 6], False),
        ([2, 9, 9], True),  # a single slip does not call in everybody
        ([2, 5, 9], False),
        ([2, 2, 9, 9], False),
        ([5, 6, 7], True),
        ([4, 5, 6], True),
        ([9, 2, 10, 9, 3], True),
    ],
)
def test_people_agree_when_most_are_within_one_grade_on_one_side_of_7(grades: list[float], agree: bool) -> None:
    assert agreed(grades) is agree
    assert disputed(grades) is (not agree and len(grades) > 1)


def test_each_stratum_gets_as_many_second_opinions_as_it_lacks() -> None:
    scene = [labelled(f"en{place}", "bo") for place in range(100)] + [labelled(f"es{place}", "bo", stratum="es") for place in range(50)]
    scene += [labelled(f"en twice {place}", "bo", "cy") for place in range(4)]

    found = wanted(scene, "ana", {}, OverlapRule(rate=0.1, rates={"es": 0.5}))

    assert found.room == found.lacking == (11 - 4) + 25
    served = [Counter(one.id[:2] for one in draw(found, 32, np.random.default_rng(seed))) for seed in range(200)]
    assert np.mean([one["es"] for one in served]) == pytest.approx(25, abs=0.5)
    assert all(abs(one["es"] - 25) <= 6 for one in served)


def test_ones_own_labels_count_towards_the_rate_but_are_not_asked_again() -> None:
    scene = [labelled(f"mine{place}", "ana") for place in range(90)] + [labelled(f"theirs{place}", "bo") for place in range(10)]

    found = wanted(scene, "ana", {}, OverlapRule(rate=0.1))

    assert found.lacking == 10
    assert {one.id for one in draw(found, 50, np.random.default_rng(0))} == {f"theirs{place}" for place in range(10)}


def test_a_stratum_at_its_rate_lacks_nothing() -> None:
    scene = [labelled(f"en{place}", "bo") for place in range(90)] + [labelled(f"twice{place}", "bo", "cy") for place in range(10)]

    assert wanted(scene, "ana", {}, OverlapRule(rate=0.1)).room == 0


def test_disputed_comments_come_before_second_opinions_the_furthest_apart_most_often() -> None:
    scene = [labelled(name, "bo", "cy") for name in ("far", "near", "settled")] + [labelled(f"one{place}", "bo") for place in range(50)]
    grades = {"far": [1, 10], "near": [6, 7], "settled": [3, 3]}
    found = wanted(scene, "ana", grades, OverlapRule(rate=1.0))

    first = Counter(draw(found, 1, np.random.default_rng(seed))[0].id for seed in range(400))
    assert first["far"] / 400 == pytest.approx(0.9, abs=0.06)
    assert first["near"] + first["far"] == 400
    assert {one.id for one in draw(found, 2, np.random.default_rng(0))} == {"far", "near"}


def test_after_the_most_people_nobody_is_asked_any_more() -> None:
    item = labelled("x", "bo", "cy", "di")

    assert wanted([item], "ana", {"x": [1, 5, 9]}, OverlapRule(most_people=3)).room == 0
    assert wanted([item], "ana", {"x": [1, 5, 9]}, OverlapRule(most_people=4)).room == 1


def test_who_skipped_it_counts_as_asked_but_gave_no_grade() -> None:
    item = labelled("x", "bo", "cy")

    assert wanted([item], "ana", {"x": [4]}, OverlapRule(rate=1.0)).room == 0
