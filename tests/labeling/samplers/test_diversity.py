"""Diversity: regions of meaning, the barest first, at most one comment from each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from labeling.samplers import Candidate
from labeling.samplers.diversity import draw, usable

CORNERS = np.eye(6, dtype=np.float32)


def around(corner: int, size: int, name: str, seed: int = 0) -> list[Candidate]:
    """Comments whose vectors lie close to one corner."""
    chance = np.random.default_rng([seed, corner])
    return [Candidate(f"{name}{place}", vector=CORNERS[corner] + chance.normal(0, 0.05, 6).astype(np.float32)) for place in range(size)]


def test_rare_kinds_come_far_more_often_than_by_chance() -> None:
    scene = around(0, 190, "common") + [one for corner in range(1, 6) for one in around(corner, 2, f"rare {corner} ")]
    rare = sum(one.id.startswith("rare") for seed in range(100) for one in draw(scene, 10, np.random.default_rng(seed)))

    assert rare / 1000 > 4 * 10 / 200


def test_regions_without_labels_come_first() -> None:
    scene = around(0, 50, "known") + around(1, 50, "new")
    done = [replace(one, id=f"done {one.id}", labelled_by=frozenset({"bo"})) for one in around(0, 50, "old", seed=1)]
    drawn = [one for seed in range(30) for one in draw(scene, 4, np.random.default_rng(seed), done)]

    assert np.mean([one.id.startswith("new") for one in drawn]) > 0.8


def test_a_batch_is_less_alike_than_a_random_one() -> None:
    scene = [one for corner, size in enumerate((300, 40, 20, 10, 10, 10)) for one in around(corner, size, f"k{corner} ")]
    kinds = [len({one.id.split()[0] for one in draw(scene, 12, np.random.default_rng(seed))}) for seed in range(20)]
    lot = [len({scene[place].id.split()[0] for place in np.random.default_rng(seed).permutation(len(scene))[:12]}) for seed in range(20)]

    assert np.mean(kinds) > np.mean(lot) + 0.5


def test_each_draw_stands_for_its_region() -> None:
    """Over seeds the sum of 1 / probability is the size of the pool: the probabilities are right."""
    scene = around(0, 60, "a") + around(1, 25, "b") + around(2, 5, "c")
    sizes = [sum(1 / one.probability for one in draw(scene, 6, np.random.default_rng(seed))) for seed in range(400)]

    assert np.mean(sizes) == pytest.approx(90, abs=4 * np.std(sizes) / 20)


def test_vectors_that_say_nothing_are_left_out() -> None:
    good = around(0, 3, "good")
    odd = [
        Candidate("none"),
        Candidate("nan", vector=np.full(6, np.nan)),
        Candidate("infinite", vector=np.full(6, np.inf)),
        Candidate("zero", vector=np.zeros(6)),
        Candidate("long", vector=np.ones(7)),
        Candidate("table", vector=np.ones((2, 3))),
        Candidate("empty", vector=np.zeros(0)),
    ]

    assert usable(good + odd) == good
    assert draw(odd[:4], 3, np.random.default_rng(0)) == []
    assert Counter(one.sampler for one in draw(good + odd, 9, np.random.default_rng(0), labelled=odd)) == {"diversity": 3}


def test_equal_huge_and_tiny_vectors_do_not_matter() -> None:
    scene = [Candidate(str(place), vector=np.full(4, 1e300 if place % 2 else 1e-300)) for place in range(20)]

    assert 1 <= len(draw(scene, 5, np.random.default_rng(0))) <= 5
