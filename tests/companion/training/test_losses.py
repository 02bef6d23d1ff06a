"""What a training minimises: everything that somebody said, and nothing else."""

import numpy as np
import pytest
import torch

from companion.training.lessons import lessons_of
from companion.training.losses import Weights, loss_of
from companion.training.network import HEADS, Logits
from tests.companion.training.scenes import example

PLAIN = Weights(smoothing=0.0)


def logits(n=1, seed=0):
    chance = torch.Generator().manual_seed(seed)
    return Logits(**{name: torch.randn(n, width, generator=chance).requires_grad_() for name, width in HEADS.items()})


def loss(given, *examples, weights=PLAIN):
    lessons = lessons_of(examples)
    return loss_of(given, lessons.answers, lessons.weight, weights)


def gradients(given, *examples):
    torch.autograd.backward(loss(given, *examples))
    return {name: getattr(given, name).grad for name in HEADS}


def test_a_head_that_nobody_labelled_gets_no_gradient():
    found = gradients(logits(2), example(signal=None, sentiment=None), example("lol", 2, signal=None, sentiment=None))
    assert {name for name, gradient in found.items() if gradient.any()} == {"ordinal"}


def test_a_head_learns_from_the_rows_that_carry_its_label_alone():
    found = gradients(logits(2), example(emotion="joy", spam=True), example("lol", 2, signal=None))
    assert [bool(row.any()) for row in found["emotion"]] == [True, False]
    assert [bool(row.any()) for row in found["signal"]] == [True, False]
    assert found["flags"].bool().tolist() == [[False, True], [False, False]]
    assert [bool(row.any()) for row in found["ordinal"]] == [True, True]


def test_the_right_answer_costs_less_than_the_wrong_one():
    sure = Logits(**{name: torch.zeros(1, width) for name, width in HEADS.items()})
    sure.ordinal[0] = torch.tensor([6.0] * 7 + [-6.0] * 2)
    assert loss(sure, example(grade=8)) < loss(sure, example(grade=7)) < loss(sure, example(grade=2))


def test_a_mistake_about_being_high_costs_most():
    def short_of(step):
        made = torch.full((1, 9), 6.0)
        made[0, step] = -6.0
        return loss(Logits(made, *(torch.zeros(1, width) for width in list(HEADS.values())[1:])), example(grade=10))

    costs = [float(short_of(step)) for step in range(9)]
    assert max(costs) == costs[5]  # "grade > 6"


def test_shared_opinions_are_best_met_half_way():
    def at(odds):
        made = Logits(*(torch.full((1, width), odds) if name == "ordinal" else torch.zeros(1, width) for name, width in HEADS.items()))
        return float(loss(made, example(grade=1, ratings=(1, 10))))

    assert at(0.0) < min(at(-1.0), at(1.0))


@pytest.mark.parametrize("factor", [1.0, 7.0])
def test_only_the_weights_of_the_rows_beside_each_other_matter(factor):
    given = logits(2)
    light, heavy = example(weight=1 * factor), example("lol", 2, signal="none", weight=3 * factor)
    alone = [loss(Logits(*(getattr(given, name)[i : i + 1] for name in HEADS)), one) for i, one in enumerate((light, heavy))]
    assert loss(given, light, heavy).item() == pytest.approx((alone[0].item() + 3 * alone[1].item()) / 4, rel=1e-5)


def test_an_extreme_answer_keeps_the_loss_finite():
    made = Logits(**{name: torch.full((1, width), 1e4) for name, width in HEADS.items()})
    assert np.isfinite(float(loss(made, example(grade=1, toxic=False, spam=False), weights=Weights())))
