"""Suspected label errors: planted ones are found, honest disagreement is not, and each check says when it cannot be made."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from labeling.suspects import NO_CLEANLAB, ONE_SIDE, Judged, grade_suspects, side_suspects, suspects

with_cleanlab = pytest.mark.skipif(importlib.util.find_spec("cleanlab") is None, reason="cleanlab is optional and not installed")


def peak(at: float, width: float = 1.0) -> tuple[float, ...]:
    weights = np.exp(-0.5 * ((np.arange(1, 11) - at) / width) ** 2)
    return tuple((weights / weights.sum()).tolist())


def labels(n: int = 400, planted: int = 12) -> list[Judged]:
    """Labels that a good model agrees with, the first `planted` turned to the other end of the scale."""
    chance = np.random.default_rng(5)
    made = []
    for at in range(n):
        truth = int(chance.integers(7, 11) if chance.random() < 0.25 else chance.integers(1, 6))
        of = peak(truth + chance.normal(0, 0.5))
        made.append(Judged(f"c{at}", 11 - truth if at < planted else truth, min(1.0, sum(of[6:])), of))
    return made


def test_planted_errors_are_far_from_the_expected_grade() -> None:
    judged = [x for x in labels() if abs(2 * x.grade - 11) >= 5]  # turning 5 into 6 is no error
    planted = {x.id for x in judged if int(x.id[1:]) < 12}
    found = grade_suspects(judged)
    assert {x.id for x in found.found} == planted
    assert found.why == ""
    assert [x.quality for x in found.found] == sorted(x.quality for x in found.found)
    assert all(0 <= x.quality <= 1 for x in found.found)


def test_a_model_that_knows_nothing_accuses_nobody() -> None:
    flat = [Judged(f"c{grade}", grade, 0.4, (0.1,) * 10) for grade in range(1, 11)]
    assert grade_suspects(flat).found == ()


def test_the_cost_of_a_label_is_its_expected_distance_beyond_the_best_guess() -> None:
    [found] = grade_suspects([Judged("c", 1, 0.9, (0, 0, 0, 0, 0, 0, 0.5, 0.5, 0, 0))]).found
    assert found.quality == pytest.approx(1 - (6.5 - 0.5) / 9)
    assert found.why == "Labelled 1; a model that never saw this label expects about 7."


def test_without_distributions_or_labels_the_grade_check_says_so() -> None:
    assert grade_suspects([Judged("c", 5, 0.2)]).why == "The model gives no probability for each grade, so grades cannot be checked."
    assert (suspects([]).found, suspects([]).why) == ((), "There are no labels yet.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ((11, 0.5, None), "label of c1 is 11"),
        ((5, float("nan"), None), "p_high of c1 is nan"),
        ((5, 0.5, (0.5,) * 10), "distribution of c1"),
    ],
)
def test_numbers_out_of_range_are_named(fields: tuple[int, float, tuple[float, ...] | None], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Judged("c1", *fields)


@with_cleanlab
def test_cleanlab_finds_planted_errors_across_the_edge() -> None:
    judged = labels()
    crossed = {x.id for x in judged[:12] if (x.grade >= 7) != (x.p_high >= 0.5)}
    found = side_suspects(judged)
    assert crossed <= {x.id for x in found.found}
    assert len(found.found) <= len(crossed) + 5
    first = found.found[0]
    assert first.quality == min(x.quality for x in found.found)
    assert "a model that never saw this label says" in first.why


@with_cleanlab
def test_both_checks_make_one_list_without_doubles() -> None:
    found = suspects(labels())
    ids = [x.id for x in found.found]
    assert len(ids) == len(set(ids))
    assert {x.id for x in grade_suspects(labels()).found} <= set(ids)
    assert (found.n, found.why) == (400, "")


def test_labels_on_one_side_cannot_be_on_the_wrong_one() -> None:
    assert side_suspects([Judged("a", 1, 0.9), Judged("b", 2, 0.1)]).why == ONE_SIDE
    assert side_suspects([]).why == "There are no labels yet."


def test_without_cleanlab_grades_are_checked_all_the_same() -> None:
    script = """
import sys
from importlib import metadata
real = metadata.version
def version(name):
    if name == "cleanlab":
        raise metadata.PackageNotFoundError(name)
    return real(name)
metadata.version = version
from labeling.suspects import Judged, suspects
of = (0, 0, 0, 0, 0, 0, 0, 0.5, 0.5, 0)
found = suspects([Judged("wrong", 1, 0.9, of), Judged("right", 8, 0.9, of)])
print([x.id for x in found.found], found.why, "cleanlab" in sys.modules, sep="|")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"['wrong']|{NO_CLEANLAB}|False"
