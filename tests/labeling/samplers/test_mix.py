"""A batch: its shares, its probabilities, and what it never does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.samplers import FILLER, Candidate, Draw, OverlapRule, Plan, Shares, disputed, draw_batch, prevalence
from labeling.samplers.mix import HEIRS, ORDER, quotas
from tests.labeling.samplers.scenes import gold_of, task

SHARES = {"ordinal_uncertainty": 0.5, "diversity": 0.2, "random": 0.15, "overlap": 0.1, "gold": 0.05}
DOUBLE_ALL = OverlapRule(rate=1.0)


def by_sampler(draws: list[Draw]) -> Counter[str]:
    return Counter(draw.sampler for draw in draws)


def test_a_batch_of_a_hundred_has_exactly_the_shares() -> None:
    scene = task()

    drawn = draw_batch(scene, Plan("ana", 100, overlap=DOUBLE_ALL), golds=gold_of(scene))

    assert by_sampler(drawn) == {name: round(100 * share) for name, share in SHARES.items()}


@pytest.mark.parametrize("size", [1, 5, 7])
def test_shares_hold_over_many_batches_however_small(size: int) -> None:
    scene = task(120, labelled=40)
    total: Counter[str] = Counter()
    for seed in range(600):
        drawn = draw_batch(scene, Plan("ana", size, seed, overlap=DOUBLE_ALL), golds=gold_of(scene))
        assert len(drawn) == size
        total += by_sampler(drawn)

    for name, share in SHARES.items():
        assert total[name] / total.total() == pytest.approx(share, abs=0.05)


@given(st.integers(0, 300), st.floats(0, 1, exclude_max=True), st.lists(st.integers(0, 300), min_size=5, max_size=5))
def test_quotas_fill_the_batch_unless_there_is_no_room(size: int, u: float, space: list[int]) -> None:
    rooms = dict(zip(ORDER, space, strict=True))

    wanted = quotas(Plan("ana", size), rooms, u)

    assert all(0 <= wanted[name] <= rooms[name] for name in ORDER)
    heirs_full = all(wanted[name] == rooms[name] for name in HEIRS)
    assert sum(wanted.values()) == size or (sum(wanted.values()) < size and heirs_full)


def test_without_predictions_and_vectors_chance_takes_over() -> None:
    scene = [replace(one, grade=None, p_high=None, distribution=None, vector=None) for one in task()]

    drawn = draw_batch(scene, Plan("ana", 100, overlap=DOUBLE_ALL), golds=gold_of(scene))

    assert by_sampler(drawn) == {"random": 85, "overlap": 10, "gold": 5}


def test_before_anybody_has_labelled_their_share_goes_to_chance_first() -> None:
    drawn = draw_batch(task(labelled=0), Plan("ana", 100))

    assert by_sampler(drawn) == {"random": 30, "ordinal_uncertainty": 50, "diversity": 20}


def test_when_nothing_is_fresh_the_wanted_second_opinions_are_all_that_is_left() -> None:
    scene = task(100, labelled=100)

    drawn = draw_batch(scene, Plan("ana", 60, overlap=OverlapRule(rate=0.3)))

    assert by_sampler(drawn) == {"overlap": 30}


def test_known_answers_never_take_more_than_their_share() -> None:
    scene = task(100, labelled=0)

    drawn = draw_batch(scene, Plan("ana", 40), golds={one.id for one in scene})

    assert by_sampler(drawn) == {"gold": 2}


def test_a_pool_smaller_than_it_looked_is_topped_up_by_lot_under_another_name() -> None:
    scene = [
        replace(one, distribution=None, p_high=None, vector=None) if place % 2 else one for place, one in enumerate(task(100, labelled=0))
    ]

    drawn = draw_batch(scene, Plan("ana", 100))

    assert len(drawn) == 100
    assert by_sampler(drawn)[FILLER] > 0


def test_the_same_seed_gives_the_same_batch_in_whatever_order_candidates_come() -> None:
    scene = task(cluster=3)
    plan = Plan("ana", 50, seed=7, overlap=DOUBLE_ALL)

    first = draw_batch(scene, plan, golds=gold_of(scene))

    assert draw_batch(scene[::-1], plan, golds=gold_of(scene)) == first
    assert draw_batch(scene, replace(plan, seed=8), golds=gold_of(scene)) != first


def test_nobody_can_tell_by_its_place_what_a_comment_is() -> None:
    scene = task()
    places: dict[str, list[int]] = {}
    for seed in range(60):
        for place, draw in enumerate(draw_batch(scene, Plan("ana", 60, seed, overlap=DOUBLE_ALL), golds=gold_of(scene))):
            places.setdefault(draw.sampler, []).append(place)

    assert all(np.mean(found) == pytest.approx(29.5, abs=4) for found in places.values())


@given(st.integers(0, 60), st.integers(1, 4), st.integers(0, 2**40), st.sets(st.sampled_from(["ana", "bo", "cy"])), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_no_comment_twice_none_again_to_the_same_person_and_no_cluster_above_its_cap(
    size: int, most: int, seed: int, by: set[str], cluster: int
) -> None:
    scene = task(90, labelled=45, cluster=cluster, by=tuple(by))
    known = {one.id: one for one in scene}

    drawn = draw_batch(scene, Plan("ana", size, seed, per_cluster=most, overlap=DOUBLE_ALL), golds=gold_of(scene))

    assert len(drawn) <= size
    assert len({draw.id for draw in drawn}) == len(drawn)
    assert not any("ana" in known[draw.id].labelled_by for draw in drawn)
    assert all(0 < draw.probability <= 1 for draw in drawn)
    clusters = Counter(known[draw.id].cluster for draw in drawn if known[draw.id].cluster)
    assert max(clusters.values(), default=0) <= most


def test_batch_after_batch_reaches_every_comment_once_and_no_second_opinion_too_many() -> None:
    scene = {one.id: one for one in task(150, labelled=0)}
    served: list[str] = []
    for seed in range(40):
        drawn = draw_batch(scene.values(), Plan("ana", 10, seed))
        served += [draw.id for draw in drawn]
        for draw in drawn:
            scene[draw.id] = replace(scene[draw.id], labelled_by=frozenset({"ana"}))

    assert sorted(served) == sorted(scene)


def test_what_people_dispute_is_asked_again_until_they_agree_or_enough_were_asked() -> None:
    answers = {"ana": 2, "bo": 9, "cy": 5, "di": 5, "eve": 5}
    labels: dict[str, float] = {}
    for person, grade in answers.items():
        item = Candidate("x", labelled_by=frozenset(labels))
        if draw_batch([item], Plan(person, 5, overlap=OverlapRule(rate=1.0, most_people=5)), {"x": list(labels.values())}):
            labels[person] = grade

    assert list(labels) == ["ana", "bo", "cy", "di", "eve"]
    assert not disputed(list(labels.values()))
    closed = Candidate("x", labelled_by=frozenset(labels))
    assert draw_batch([closed], Plan("fay", 5, overlap=OverlapRule(most_people=9)), {"x": list(labels.values())}) == []


@pytest.mark.parametrize("cluster", [1, 4])
def test_prevalence_from_the_random_part_is_unbiased(cluster: int) -> None:
    """Buyers repeat themselves here: they are most of the near-duplicates that the cap thins out."""
    scene = task(300, labelled=0, cluster=cluster, seed=3)
    scene = [replace(one, cluster=one.cluster if place < 120 else "") for place, one in enumerate(scene)]
    positive = {one.id: place < 120 and place % 5 != 0 for place, one in enumerate(scene)}
    truth = sum(positive.values()) / len(scene)
    estimates, plain = [], []
    for seed in range(500):
        drawn = [draw for draw in draw_batch(scene, Plan("ana", 30, seed, per_cluster=1)) if draw.sampler == "random"]
        found = prevalence([(draw.probability, positive[draw.id]) for draw in drawn], frame=len(scene))
        assert found is not None
        estimates.append(found)
        plain.append(np.mean([positive[draw.id] for draw in drawn]))

    error = np.std(estimates) / np.sqrt(len(estimates))
    assert np.mean(estimates) == pytest.approx(truth, abs=4 * error)
    if cluster > 1:
        assert abs(np.mean(plain) - truth) > 8 * error  # a plain mean would be far off: the probabilities are needed


def test_prevalence_of_a_large_task_survives_being_handed_over_in_part() -> None:
    scene = task(400, labelled=0)
    positive = {one.id: place % 5 == 0 for place, one in enumerate(scene)}
    estimates = []
    for seed in range(800):
        part = [scene[place] for place in np.random.default_rng(seed).permutation(400)[:100]]
        drawn = [draw for draw in draw_batch(part, Plan("ana", 40, seed, sampled=0.25)) if draw.sampler == "random"]
        estimates.append(prevalence([(draw.probability, positive[draw.id]) for draw in drawn], frame=400))

    assert np.mean(estimates) == pytest.approx(0.2, abs=4 * np.std(estimates) / np.sqrt(800))


def test_each_comment_comes_by_chance_as_often_as_its_probability_says() -> None:
    scene = [replace(one, cluster="same" if place < 10 else "") for place, one in enumerate(task(40, labelled=0))]
    times: Counter[str] = Counter()
    said: dict[str, float] = {}
    for seed in range(2000):
        for draw in draw_batch(scene, Plan("ana", 20, seed, per_cluster=2, shares=Shares(0, 0, 1, 0, 0))):
            times[draw.id] += 1
            assert said.setdefault(draw.id, draw.probability) == pytest.approx(draw.probability)

    assert said["c00000"] == pytest.approx(2 / 10 * 20 / 32)
    assert said["c00020"] == pytest.approx(20 / 32)
    for name, probability in said.items():
        assert times[name] / 2000 == pytest.approx(probability, abs=0.05)


@given(
    st.lists(
        st.builds(
            Candidate,
            id=st.sampled_from(["", "a", "b", "c", "d"]),
            text=st.text(max_size=3),
            stratum=st.sampled_from(["", "en"]),
            grade=st.none() | st.floats(),
            p_high=st.none() | st.floats(),
            distribution=st.none() | st.lists(st.floats(), max_size=12).map(tuple),
            vector=st.none() | st.lists(st.floats(), max_size=4).map(lambda row: np.array(row, np.float64)),
            cluster=st.sampled_from(["", "k"]),
            labelled_by=st.frozensets(st.sampled_from(["ana", "bo", "cy"])),
        ),
        max_size=12,
    ),
    st.integers(0, 12),
    st.integers(0, 2**64),
    st.dictionaries(st.sampled_from(["a", "b", "zz"]), st.lists(st.integers(1, 10), max_size=4)),
    st.frozensets(st.sampled_from(["a", "zz"])),
)
@settings(deadline=None, max_examples=300)
def test_odd_candidates_raise_nothing(
    scene: list[Candidate], size: int, seed: int, grades: dict[str, list[float]], golds: frozenset[str]
) -> None:
    drawn = draw_batch(scene, Plan("ana", size, seed), grades, golds)

    assert {draw.id for draw in drawn} <= {one.id for one in scene}
    assert all(np.isfinite(draw.score) and 0 < draw.probability <= 1 for draw in drawn)


def test_no_candidates_give_an_empty_batch() -> None:
    assert draw_batch([], Plan("ana", 50)) == []
    assert draw_batch(task(), Plan("ana", 0)) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Shares(gold=0.5), "the shares add up to 1.45; make them 1 together"),
        (lambda: Shares(gold=-0.1), "the share -0.1 of gold must lie between 0 and 1"),
        (lambda: Shares(gold=float("nan")), "the share nan of gold"),
        (lambda: Plan("ana", -1), "a batch of -1 comments"),
        (lambda: Plan("ana", 5, per_cluster=0), "0 comments a cluster"),
        (lambda: Plan("ana", 5, sampled=0.0), "a part of 0.0 of the task"),
        (lambda: OverlapRule(rates={"es": 1.2}), "overlap 1.2 of es"),
        (lambda: OverlapRule(most_people=1), "at most 1 people"),
    ],
)
def test_settings_that_do_not_work_are_named(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        make()
