"""Agreement equals what the authors of the measures printed, and what other implementations say of the same votes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from labeling.agreement import (
    bias,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_absolute_difference,
    pair_matrix,
    quadratic_kappa,
)
from labeling.agreement.alpha import Metric
from labeling.votes import Vote
from tests.labeling.tables import from_distribution, from_items, from_rows, from_table, slow_ac1, slow_alpha

_ = None

TEXTBOOK = from_rows(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
"""Four observers, twelve units: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C; Gwet's cac.raw4raters."""

ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Gwet's cont3x3abstractors (Handbook of Inter-Rater Reliability, 4th edition)."""

PSYCHIATRISTS = [
    *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0], [0, 0, 4, 0, 2]),
    *([2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0]),
    [0, 2, 0, 3, 1],
]
"""Fleiss' diagnoses as in Gwet's distrib.6raters: 15 patients, votes of six psychiatrists for each of five diagnoses."""

ANXIETY = (
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
)
"""The second and third rater of the anxiety data of R\'s irr package; its results are printed in the tests of statsmodels."""


@pytest.mark.parametrize(("metric", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_textbook_example_is_as_printed(metric: Metric, printed: float) -> None:
    assert krippendorff_alpha(TEXTBOOK, metric).value == pytest.approx(printed, abs=5e-4)


def test_ordinal_alpha_of_the_textbook_example_has_the_known_digits() -> None:
    assert krippendorff_alpha(TEXTBOOK, "ordinal").value == pytest.approx(0.815388, abs=5e-7)


def test_alpha_of_two_observers_is_as_printed() -> None:
    binary = from_rows([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
    letters = from_rows([["aabbdcccedda".index(x) for x in row] for row in ("aabbdcccedda", "babbbccceddd")])
    assert krippendorff_alpha(binary, "nominal").value == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(letters, "nominal").value == pytest.approx(0.692, abs=5e-4)


def test_ac1_is_as_gwet_prints_it() -> None:
    assert gwet_ac1(from_table([[118, 5], [2, 0]])).value == pytest.approx(0.9408, abs=5e-5)
    assert gwet_ac1(from_table(ABSTRACTORS)).value == pytest.approx(0.8493305, abs=5e-8)
    assert gwet_ac1(from_distribution(PSYCHIATRISTS)).value == pytest.approx(0.4448007, abs=5e-8)
    assert gwet_ac1(TEXTBOOK).value == pytest.approx(0.77544, abs=5e-6)


def test_kappa_is_as_printed() -> None:
    cohen_1960 = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
    mammograms = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]  # Altman 1991, as in Stata's manual of kap
    assert cohen_kappa(from_table(cohen_1960)).value == pytest.approx(0.492, abs=5e-4)
    assert cohen_kappa(from_table(mammograms)).value == pytest.approx(0.4728, abs=5e-5)
    assert cohen_kappa(from_table(ABSTRACTORS)).value == pytest.approx(0.7964094, abs=5e-8)
    assert cohen_kappa(from_table([[118, 5], [2, 0]])).value == pytest.approx(-0.0234, abs=5e-5)


def test_quadratic_kappa_is_as_printed() -> None:
    place = {1: 0, 2: 1, 3: 2, 4: 3, 6: 4}  # R's irr numbers the categories that occur
    anxiety = from_rows([[place[x] for x in row] for row in ANXIETY])
    assert quadratic_kappa(from_table(ABSTRACTORS)).value == pytest.approx(0.8921569, abs=5e-8)
    assert quadratic_kappa(anxiety).value == pytest.approx(0.2520325, abs=5e-8)
    assert cohen_kappa(anxiety).value == pytest.approx(-0.006289308, abs=5e-10)


def crowd(seed: int, people: int, items: int, missing: float, skewed: bool) -> list[Vote]:
    """People who read the same comments more or less alike on a scale of 1-10."""
    chance = np.random.default_rng(seed)
    truth = chance.geometric(0.6, items) if skewed else chance.integers(1, 11, items)
    said = np.clip(truth + np.rint(chance.normal(0, 1.2, (people, items))), 1, 10)
    return from_rows([[None if chance.random() < missing else float(x) for x in row] for row in said])


CROWDS = [
    crowd(seed, people, 40, missing, skewed) for seed, people, missing, skewed in [(1, 2, 0, False), (2, 3, 0.4, False), (3, 5, 0.6, True)]
]


@pytest.mark.parametrize("votes", CROWDS)
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
def test_alpha_equals_its_definition_written_out(votes: list[Vote], metric: Metric) -> None:
    assert krippendorff_alpha(votes, metric, range(1, 11)).value == pytest.approx(slow_alpha(votes, metric), abs=1e-9)


@pytest.mark.parametrize("votes", CROWDS)
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
def test_alpha_equals_the_krippendorff_package_where_it_is_installed(votes: list[Vote], metric: Metric) -> None:
    reference = pytest.importorskip("krippendorff")  # GPL-3: a yardstick on a developer's machine, never a dependency
    people, items = (sorted({getattr(vote, name) for vote in votes}) for name in ("annotator", "item"))
    table = np.full((len(people), len(items)), np.nan)
    for vote in votes:
        table[people.index(vote.annotator), items.index(vote.item)] = vote.value
    expected = reference.alpha(reliability_data=table, level_of_measurement=metric)
    assert krippendorff_alpha(votes, metric).value == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("votes", CROWDS)
def test_ac1_equals_its_definition_written_out(votes: list[Vote]) -> None:
    assert gwet_ac1(votes, range(1, 11)).value == pytest.approx(slow_ac1(votes, range(1, 11)), abs=1e-9)


@pytest.mark.parametrize("votes", CROWDS)
def test_every_pair_s_kappas_equal_scikit_learn(votes: list[Vote]) -> None:
    for pair in pair_matrix(votes):
        one, other = ({vote.item: int(vote.value) for vote in votes if vote.annotator == name} for name in (pair.one, pair.other))
        both = sorted(one.keys() & other.keys())
        a, b = [one[item] for item in both], [other[item] for item in both]
        assert pair.same.n == len(both)
        assert pair.quadratic_kappa.value == pytest.approx(cohen_kappa_score(a, b, weights="quadratic", labels=range(1, 11)), abs=1e-9)
        together = from_rows([a, b])
        assert cohen_kappa(together).value == pytest.approx(cohen_kappa_score(a, b), abs=1e-9)
        assert pair.bias.value == pytest.approx(np.mean(np.array(a) - np.array(b)))


def test_distances_count_each_item_once_and_biases_say_who_leans_where() -> None:
    votes = from_items([(1, 3, None), (5, 5, 8), (None, None, 10), (4, None, 4)])
    assert mean_absolute_difference(votes).value == pytest.approx((2 + (0 + 3 + 3) / 3 + 0) / 3)
    leaning = {name: (figure.value, figure.n) for name, figure in bias(votes).items()}
    assert leaning == {
        "person 0": (pytest.approx((-2 - 1.5 + 0) / 3), 3),
        "person 1": (pytest.approx((2 - 1.5) / 2), 2),
        "person 2": (1.5, 2),
    }
