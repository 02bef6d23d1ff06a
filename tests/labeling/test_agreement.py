"""What holds of agreement whatever people say: it is undefined in words, does not depend on order, and knows how sure it is."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.agreement import (
    AC1,
    QUALITY,
    Alpha,
    Bias,
    Figure,
    Kappa,
    PairMean,
    Summary,
    bias,
    bootstrap,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_absolute_difference,
    pair_matrix,
    quadratic_kappa,
    self_agreement,
    summary,
)
from labeling.agreement.bootstrap import Statistic
from labeling.votes import Repeat, Vote, binary
from tests.labeling.tables import from_items, from_rows

GRADES = range(1, 11)
MEASURES: list[Callable[[Sequence[Vote]], Figure]] = [
    cohen_kappa,
    quadratic_kappa,
    gwet_ac1,
    mean_absolute_difference,
    *(lambda votes, metric=metric: krippendorff_alpha(votes, metric) for metric in ("nominal", "ordinal", "interval")),
]
STATISTICS: list[Statistic] = [
    Alpha("nominal"),
    Alpha("ordinal"),
    Alpha("interval"),
    Kappa("plain"),
    Kappa("quadratic"),
    AC1(),
    PairMean(),
    PairMean(1),
]

ballot = st.lists(st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=3, max_size=3), min_size=1, max_size=40).map(from_items)


def figures(found: Summary) -> dict[str, Figure]:
    return {name: value for name, value in vars(found).items() if isinstance(value, Figure)} | {
        f"bias {x}": y for x, y in found.bias.items()
    }


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        ([], "Nobody has answered"),
        (from_rows([[1, 5, 9]]), "Only one person"),
        (from_items([(1, None), (None, 5)]), "answered by two people"),
    ],
)
def test_without_anything_to_compare_there_is_a_sentence_instead_of_a_value(
    measure: Callable[[Sequence[Vote]], Figure], votes: list[Vote], sentence: str
) -> None:
    figure = measure(votes)
    assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)
    assert sentence in figure.why


@pytest.mark.parametrize("measure", [cohen_kappa, quadratic_kappa, gwet_ac1, MEASURES[-1], MEASURES[-2], MEASURES[-3]])
def test_where_all_say_the_same_agreement_beyond_chance_is_undefined(measure: Callable[[Sequence[Vote]], Figure]) -> None:
    figure = measure(from_rows([[1, 1, 1], [1, 1, 1]]))
    assert figure.value is None
    assert figure.n == 3
    assert "same answer" in figure.why or "one answer" in figure.why


def test_ac1_of_people_who_all_say_the_same_of_two_possible_answers_is_one() -> None:
    assert gwet_ac1(from_rows([[0, 0, 0], [0, 0, 0]]), categories=(0, 1)).value == 1


def test_a_value_that_cannot_be_voted_for_is_named() -> None:
    with pytest.raises(ValueError, match=r"vote of Ana on c7 is 11, not one of 1, 2, 3"):
        krippendorff_alpha([Vote("c7", "Ana", 11)], categories=(1, 2, 3))
    with pytest.raises(ValueError, match=r"vote of Ana on c7 is nan"):
        Vote("c7", "Ana", float("nan"))


def test_the_last_vote_of_a_person_on_an_item_counts() -> None:
    votes = [Vote("a", "x", 9), Vote("a", "y", 2), Vote("a", "x", 1)]
    assert mean_absolute_difference(votes).value == 1


def test_a_person_unknown_here_leans_nowhere() -> None:
    assert bootstrap(from_rows([[1, 2], [2, 2]]), Bias("stranger")).why == "Nobody else has answered any item that this person answered."


@given(votes=ballot)
@settings(max_examples=60, deadline=None)
def test_no_figure_is_ever_nan_and_every_range_holds_its_value(votes: list[Vote]) -> None:
    [found] = summary(votes, samples=50)
    for figure in figures(found).values():
        assert figure.value is None or np.isfinite(figure.value)
        assert (figure.value is None) <= bool(figure.why)
        assert (figure.low is None) == (figure.high is None)
        if figure.low is not None and figure.high is not None and figure.value is not None:
            assert figure.low <= figure.value <= figure.high
        if figure.value is not None and figure.low is None:
            assert figure.why


@given(votes=ballot, seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_order_of_votes_items_and_people_changes_nothing(votes: list[Vote], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    shuffled = chance.sample(votes, len(votes))
    assert summary(shuffled, samples=20) == summary(votes, samples=20)
    people, items = (sorted({getattr(vote, name) for vote in votes}) for name in ("annotator", "item"))
    other_people = dict(zip(people, chance.sample(people, len(people)), strict=True))
    other_items = dict(zip(items, chance.sample(items, len(items)), strict=True))
    renamed = [Vote(other_items[x.item], other_people[x.annotator], x.value) for x in shuffled]
    for statistic in STATISTICS:
        expected, found = (bootstrap(x, statistic, samples=0) for x in (votes, renamed))
        assert found.value == (None if expected.value is None else pytest.approx(expected.value, abs=1e-9))
        assert (found.n, found.why) == (expected.n, expected.why)


@given(grades=st.lists(st.integers(1, 10), min_size=2, max_size=30).filter(lambda x: len(set(x)) > 1), people=st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_perfect_agreement_with_variety_is_one(grades: list[int], people: int) -> None:
    votes = from_rows([grades] * people)
    for measure in MEASURES:
        assert measure(votes).value == pytest.approx(0 if measure is mean_absolute_difference else 1)


@pytest.mark.parametrize(
    "statistic", [Alpha("nominal"), Alpha("ordinal"), Alpha("interval"), Kappa("plain"), Kappa("quadratic"), AC1(GRADES)]
)
def test_votes_by_dice_agree_no_more_than_chance(statistic: Statistic) -> None:
    dice = np.random.default_rng(4).integers(1, 11, (3, 2000)).astype(float)
    figure = bootstrap(from_rows(dice.tolist()), statistic)
    assert figure.value == pytest.approx(0, abs=0.04)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 0 < figure.high


def test_the_range_covers_the_truth_about_as_often_as_it_says() -> None:
    def crowd(seed: int, items: int) -> list[Vote]:
        chance = np.random.default_rng(seed)
        truth = chance.integers(1, 11, items)
        return from_rows(np.clip(truth + np.rint(chance.normal(0, 1.5, (2, items))), 1, 10).tolist())

    truth = krippendorff_alpha(crowd(0, 40_000), "ordinal").value
    ranges = [bootstrap(crowd(seed, 80), Alpha("ordinal"), samples=300, seed=seed) for seed in range(1, 101)]
    assert sum(x.low <= truth <= x.high for x in ranges) >= 86


def test_the_same_seed_gives_the_same_range_and_few_items_give_none() -> None:
    votes = from_items([(grade, min(10, grade + grade % 2)) for grade in [*GRADES] * 3])
    assert bootstrap(votes, Alpha("ordinal"), seed=3) == bootstrap(votes, Alpha("ordinal"), seed=3)
    few = bootstrap(votes[:9] + votes[30:39], Alpha("ordinal"))
    assert few.value is not None
    assert (few.low, few.high, few.n) == (None, None, 9)
    assert few.why == "Answered by two people: 9. It takes 10 to tell how sure this number is."


def test_one_number_misleads_on_a_skewed_scale_so_all_are_shown() -> None:
    chance = np.random.default_rng(7)
    truth = np.where(chance.random(3000) < 0.88, chance.integers(1, 3, 3000), chance.integers(3, 11, 3000))
    votes = from_rows(np.clip(truth + np.rint(chance.normal(0, 0.7, (2, 3000))), 1, 10).tolist())
    [found] = summary(votes, samples=0)
    assert found.nominal_alpha.value < found.ordinal_alpha.value < found.interval_alpha.value - 0.2
    assert found.binary_alpha.value == krippendorff_alpha(binary(votes), "nominal").value
    assert found.binary_ac1.value > found.binary_kappa.value


def test_a_kappa_of_many_people_is_pooled_over_their_pairs() -> None:
    rows = [[1, 2, 2, 1, 2], [1, 2, 1, 1, None], [None, 2, 2, 2, 2]]
    pairs = [(0, 1), (0, 2), (1, 2)]
    seen = expected = 0.0
    for one, other in pairs:
        both = [(a, b) for a, b in zip(rows[one], rows[other], strict=True) if a and b]
        n = len(both)
        seen += sum(a != b for a, b in both)
        expected += sum(a != b for a, _ in both for _, b in both) / n
    assert cohen_kappa(from_rows(rows)).value == pytest.approx(1 - seen / expected)


def test_four_thousand_doubled_items_take_a_few_seconds_with_all_measures() -> None:
    chance = np.random.default_rng(1)
    truth = np.clip(chance.geometric(0.55, 20_000), 1, 10)
    votes = [
        Vote(f"c{at}", f"p{who}", float(np.clip(grade + round(chance.normal(0, 0.8)), 1, 10)))
        for at, grade in enumerate(truth)
        for who in chance.choice(5, 2 if at < 4000 else 1, replace=False)
    ]
    began = time.process_time()
    [found] = summary(votes, samples=500)
    assert time.process_time() - began < 8
    assert (found.items, found.shared, found.people) == (20_000, 4000, 5)
    assert all(figure.low is not None for figure in figures(found).values())


def test_each_language_and_each_sampler_has_its_own_summary() -> None:
    votes = from_items([(1, 1), (9, 9), (3, 8), (8, 2), (5, None)])
    strata = {
        "language": {"item 0": "de", "item 1": "de", "item 2": "en", "item 3": "en"},
        "sampler": {f"item {at}": "random" for at in range(5)},
    }
    found = {(x.by, x.stratum): x for x in summary(votes, strata, samples=0)}
    assert list(found) == [("everything", ""), ("language", "de"), ("language", "en"), ("sampler", "random")]
    assert [(x.items, x.shared) for x in found.values()] == [(5, 4), (2, 2), (2, 2), (5, 4)]
    assert found["language", "de"].binary_kappa.value == 1
    assert found["language", "en"].binary_kappa.value == -1
    assert found["language", "en"].distance.value == 5.5
    assert found["everything", ""].bias["person 0"].value == pytest.approx(0.25)


def test_nothing_at_all_has_a_summary_of_sentences() -> None:
    [found] = summary([])
    assert {figure.value for figure in figures(found).values()} == {None}
    assert all(figure.why for figure in figures(found).values())
    assert pair_matrix([]) == []
    assert bias([]) == {}


def test_a_question_without_a_high_side_says_so() -> None:
    [found] = summary(from_rows([[0, 1, 2], [0, 2, 2]]), scale=QUALITY, samples=0)
    assert found.binary_alpha.why == "This question has no high and low side."
    assert found.quadratic_kappa.value is not None


def test_two_people_without_a_common_item_are_a_pair_that_says_so() -> None:
    votes = from_items([(1, 1, None), (9, 8, None), (None, None, 3)])
    pairs = {(pair.one, pair.other): pair for pair in pair_matrix(votes)}
    assert pairs["person 0", "person 1"].within_one.value == 1
    assert pairs["person 0", "person 2"].quadratic_kappa == Figure(None, why="person 0 and person 2 have answered no item in common.")


def test_self_agreement_compares_a_person_with_before() -> None:
    said = {"Ana": [(3, 3), (6, 7), (8, 8), (2, 5)], "Ben": [(1, 1)]}
    found = self_agreement(
        Repeat(f"c{at}", name, first, second) for name, pairs in said.items() for at, (first, second) in enumerate(pairs)
    )
    ana = found["Ana"]
    assert [x.value for x in (ana.same, ana.within_one, ana.same_side, ana.distance)] == [0.5, 0.75, 0.75, 1.0]
    assert ana.same.low < 0.5 < ana.same.high
    assert found["Ben"].distance.value == 0
    assert self_agreement([]) == {}
