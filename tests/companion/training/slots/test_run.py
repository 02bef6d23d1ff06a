"""Training of the tagger on a few lines: the same seed gives the same files, and serving computes what training did."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from companion.shop.understanding.tagger import MANIFEST, WEIGHTS, Tagger
from companion.shop.understanding.tagger_blend import NOTHING, Bounds
from companion.shop.understanding.tagger_spans import LABELS
from companion.shop.understanding.tagger_states import WordStates
from companion.training.slots.bounds import Judged, chosen, table_of
from companion.training.slots.examples import Example, examples_of
from companion.training.slots.lines import HELD_OUT, SEED, read_file
from companion.training.slots.network import Network, Recipe, train, vocabulary_of
from companion.training.slots.run import chances_of, run

QUICK = Recipe(folds=2, nets=2, epochs=2)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return examples_of(read_file(SEED / "fifth.txt")[:40], WordStates())


def test_serving_computes_what_was_trained(examples: list[Example]) -> None:
    torch.manual_seed(1)
    one = examples[0]
    network = Network(one.states.shape[1], one.features.shape[1], 5, 0.3).eval()
    words = np.arange(len(one.features)) % 6
    with torch.no_grad():
        real = torch.ones(len(words), 1)
        logits = network(torch.from_numpy(one.states), torch.from_numpy(one.features), torch.from_numpy(words), real)
    served = network.arrays().chances(one.states, one.features, words)
    assert np.allclose(served, logits.softmax(1).numpy(), atol=2e-3)
    network.arrays().check(one.states.shape[1], one.features.shape[1])


def test_queries_laid_behind_each_other_do_not_see_each_other(examples: list[Example]) -> None:
    one, other = examples[:2]
    network = Network(one.states.shape[1], one.features.shape[1], 5, 0.3).eval()

    def logits(*joined: Example) -> torch.Tensor:
        states = torch.from_numpy(np.concatenate([np.pad(each.states, ((0, 1), (0, 0))) for each in joined]))
        features = torch.from_numpy(np.concatenate([np.pad(each.features, ((0, 1), (0, 0))) for each in joined]))
        real = torch.from_numpy(np.concatenate([np.append(np.ones(len(each.features)), 0) for each in joined]).astype(np.float32))
        with torch.no_grad():
            found: torch.Tensor = network(states, features, torch.zeros(len(states), dtype=torch.int64), real[:, None])
        return found

    assert torch.allclose(logits(one), logits(one, other)[: len(one.features) + 1], atol=1e-5)


def test_training_brings_the_right_labels_nearer(examples: list[Example]) -> None:
    vocabulary = vocabulary_of(examples)
    first, last = (train(examples, vocabulary, Recipe(epochs=epochs)) for epochs in (1, 20))
    bounds = Bounds(0.5, 0.5)

    def f1(net: object) -> float:
        judged = [Judged.of(one, chances_of([net], vocabulary, one)) for one in examples]  # type: ignore[list-item]
        return sum(table_of(judged, dict.fromkeys(chosen(judged), bounds))[-1][2:])

    assert f1(last) > f1(first)


def test_bounds_that_help_nothing_are_the_rules_alone(examples: list[Example]) -> None:
    blind = [Judged.of(one, np.full((len(one.features), len(LABELS)), 1 / len(LABELS), np.float32)) for one in examples]
    bounds = chosen(blind)
    assert all(both >= alone for _, alone, both in table_of(blind, bounds))
    assert all(one.add > 2 / len(LABELS) or one == NOTHING for one in bounds.values())


def test_the_same_seed_writes_the_same_tagger_which_serving_loads(tmp_path: Path) -> None:
    seed = tmp_path / "seed"
    seed.mkdir()
    rows = (SEED / "fifth.txt").read_text(encoding="utf-8").splitlines()
    (seed / "some.txt").write_text("\n".join(rows[:40]), encoding="utf-8")
    (seed / HELD_OUT).write_text("\n".join(rows[40:50]), encoding="utf-8")
    said: list[str] = []
    idents = {run(tmp_path / name, QUICK, seed, said.append) for name in ("one", "other")}
    assert len(idents) == 1
    for name in (WEIGHTS, MANIFEST):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    Tagger.load(tmp_path / "one")
    assert any("held out" in line for line in said)
