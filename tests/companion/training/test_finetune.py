"""Fine-tuning on a handful: seeded, learning, and the same whether it was stopped or not."""

import pytest
import torch

from companion.training import checkpoint, finetune
from companion.training.finetune import Recipe, tensors, tokenizer_of
from companion.training.lessons import lessons_of
from companion.training.network import IntentNetwork, base_folder
from tests.companion.training.scenes import handful

RECIPE = Recipe(epochs=2, batch=8)
STEPS = 4
EXAMPLES = handful(14)  # the last batch of an epoch is a smaller one
LESSONS = lessons_of(EXAMPLES)


class KilledError(Exception):
    """Stands for whatever ends a process."""


def weights(network):
    return {name: value.clone() for name, value in network.state_dict().items()}


def assert_same(one, other):
    assert one.keys() == other.keys()
    for name in one:
        torch.testing.assert_close(one[name], other[name], rtol=0, atol=1e-6, msg=name)


@pytest.fixture(scope="module")
def whole(told):
    """Weights of a training that nobody stopped."""
    return weights(finetune.finetune(LESSONS, RECIPE, lambda *one: told.append(one)))


@pytest.fixture(scope="module")
def told():
    """What that training reported."""
    return []


@pytest.fixture
def every_step_kept(monkeypatch):
    monkeypatch.setattr(finetune, "CHECKPOINT_SECONDS", -1)


def killed_after(done, scratch):
    """A training that comes so far and leaves its checkpoint."""

    def report(step, _steps, _loss):
        if step == done + 1:
            raise KilledError

    with pytest.raises(KilledError):
        finetune.finetune(LESSONS, RECIPE, report, scratch=scratch)


def test_every_step_is_reported_with_its_loss(whole, told):
    assert [(step, steps) for step, steps, _ in told] == [(n, STEPS) for n in range(1, STEPS + 1)]
    assert all(0 < loss < 10 for *_, loss in told)


def test_killed_twice_and_resumed_gives_the_weights_of_an_uninterrupted_run(whole, tmp_path, every_step_kept):
    killed_after(1, tmp_path)
    torch.rand(7)  # whatever happened in between
    killed_after(3, tmp_path)
    steps = []
    resumed = finetune.finetune(LESSONS, RECIPE, lambda step, *_: steps.append(step), scratch=tmp_path)
    assert steps == [STEPS]
    assert_same(weights(resumed), whole)


def test_a_finished_training_is_not_done_again_and_writes_only_its_end(whole, tmp_path):
    def none_yet(step, *_):
        assert not (tmp_path / checkpoint.STATE).exists()

    finetune.finetune(LESSONS, RECIPE, none_yet, scratch=tmp_path)
    steps = []
    again = finetune.finetune(LESSONS, RECIPE, lambda step, *_: steps.append(step), scratch=tmp_path)
    assert steps == []
    assert_same(weights(again), whole)


def test_it_learns_what_it_is_shown_and_another_seed_learns_it_otherwise():
    few = lessons_of(handful(6))

    def losses(seed):
        said = []
        finetune.finetune(few, Recipe(epochs=6, batch=8, seed=seed), lambda *one: said.append(one[2]))
        return said

    first, second = losses(7), losses(8)
    assert first[-1] < first[0] - 0.1
    assert first != second


def test_it_goes_on_from_a_given_network():
    begun = IntentNetwork(base_folder())
    with torch.no_grad():
        begun.heads["ordinal"].bias.fill_(3.0)
    trained = finetune.finetune(lessons_of(handful(4)), Recipe(epochs=1, batch=8, head_rate=1e-4), start=begun)
    assert trained is begun
    assert trained.heads["ordinal"].bias.min() > 2.9


def test_what_it_returns_reads_without_chance():
    trained = finetune.finetune(lessons_of(handful(4)), Recipe(epochs=1, batch=8))
    inputs = tensors(tokenizer_of(trained.base), LESSONS.pairs[:3])
    with torch.no_grad():
        assert torch.equal(trained(**inputs).ordinal, trained(**inputs).ordinal)


def test_an_empty_context_is_left_out_and_long_texts_are_cut(untrained):
    inputs = tensors(tokenizer_of(untrained.base), [("link", ""), ("link", "mug"), ("word " * 500, "mug")])
    assert inputs["input_ids"].shape == (3, 128)
    assert inputs["attention_mask"].sum(1).tolist() == [3, 5, 128]
    assert inputs["token_type_ids"][0].sum() == 0
