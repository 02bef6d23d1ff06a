"""The contrastive loss, what counts as a counter-example, and that a stopped training ends as an unstopped one."""

from __future__ import annotations

import math

import pytest
import torch

from companion.training.retrieval import contrastive
from companion.training.retrieval.contrastive import Lesson, Recipe, answered, contrast, plain_encoder, steps_of, tune

LESSONS = [
    Lesson(f"where is the {word}", f"{word} of steel", word)
    for word in ("kettle", "mug", "clock", "candle", "lamp", "vase", "towel", "pillow", "tent", "drum")
]
SMALL = Recipe(epochs=2, batch=4, learning_rate=1e-4)


def test_the_loss_is_the_cross_entropy_of_the_own_product_among_the_counter_examples():
    cosines = torch.tensor([[0.9, 0.1, 0.2], [0.3, 0.8, 0.0], [0.5, 0.5, 0.5]])
    also = torch.zeros(3, 3, dtype=torch.bool)
    also[2, 0] = True
    rows = [(0.9, 0.1, 0.2), (0.8, 0.3, 0.0), (0.5, 0.5)]
    expected = sum(math.log(sum(math.exp(10 * other) for other in row)) - 10 * row[0] for row in rows) / 3
    assert float(contrast(cosines, also, 10.0)) == pytest.approx(expected, abs=1e-5)


def test_products_that_answer_as_well_are_no_counter_examples():
    batch = [
        Lesson("running shoes", "a", "running shoes", ("running shoes",)),
        Lesson("shoes", "b", "shoes", ("shoes",)),
        Lesson("mug", "c", "mug", ("mug",)),
        Lesson("another mug", "d", "mug", ("mug",)),
        Lesson("my feet hurt", "e", "insole", ("insole", "mug")),
        Lesson("zorbos", "f", "category zorbos"),
    ]
    found = answered(batch)
    assert not found.diagonal().any()
    assert {(i, j) for i, j in found.nonzero().tolist()} == {(0, 1), (1, 0), (2, 3), (3, 2), (4, 2), (4, 3)}


def test_it_learns_what_it_is_shown_and_leaves_frozen_layers_alone():
    losses = []
    recipe = Recipe(epochs=6, batch=10, learning_rate=2e-4, frozen=3, anchor=0.0)
    lessons = [Lesson(one.query, LESSONS[(place + 1) % 10].text, one.type) for place, one in enumerate(LESSONS)]  # the next one's text
    tuned = tune(lessons, recipe, lambda step, steps, loss: losses.append((step, steps, loss)))
    assert [(step, steps) for step, steps, _ in losses] == [(n + 1, 6) for n in range(6)]
    assert losses[-1][2] < 0.7 * losses[0][2]
    before = dict(plain_encoder().named_parameters())
    same = {name for name, value in tuned.named_parameters() if torch.equal(value, before[name])}
    unread = {name for name in before if ".pooler." in name}
    below = {name for name in before if ".embeddings." in name or any(f".layer.{n}." in name for n in range(3))}
    assert same == unread | below


def test_a_training_that_was_stopped_ends_as_one_that_was_not(tmp_path, monkeypatch):
    monkeypatch.setattr(contrastive, "CHECKPOINT_SECONDS", -1)
    whole = tune(LESSONS, SMALL)

    def stop(step, steps, _loss):
        assert steps == steps_of(len(LESSONS), SMALL) == 6
        if step == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tune(LESSONS, SMALL, stop, tmp_path)
    seen = []
    resumed = tune(LESSONS, SMALL, lambda step, *_: seen.append(step), tmp_path)
    assert seen == [4, 5, 6]  # the fourth was not saved
    assert all(torch.equal(one, other) for one, other in zip(whole.parameters(), resumed.parameters(), strict=True))


def test_the_anchor_keeps_cosines_near_the_plain_encoders():
    def moved(anchor):
        tuned, plain = tune(LESSONS, Recipe(epochs=3, batch=10, learning_rate=2e-4, anchor=anchor)), plain_encoder().eval()
        with torch.no_grad():
            pair = [contrastive._cosines(one, contrastive.tokenizer_of(contrastive.base_folder()), LESSONS) for one in (tuned, plain)]
        return float((pair[0] - pair[1]).square().mean())

    assert moved(100.0) < 0.5 * moved(0.0)
