"""Fine-tuning: lessons -> network. Seeded and resumable: what a step does depends on its number alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from companion.intent.encoder import MAX_TOKENS
from companion.training import checkpoint
from companion.training.lessons import Lessons, Pair
from companion.training.losses import Weights, loss_of
from companion.training.network import IntentNetwork, base_folder

CHECKPOINT_SECONDS = 60
"""At most so much work is lost when a training is killed."""


@dataclass(frozen=True)
class Recipe:
    """Settings of one training; docs/model.md says what else was tried."""

    epochs: int = 3
    batch: int = 32
    learning_rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    context_dropout: float = 0.15  # share of examples shown without their context, so that a bare comment can be read too
    weights: Weights = field(default_factory=Weights)
    seed: int = 7


Report = Callable[[int, int, float], None]


def finetune(
    lessons: Lessons,
    recipe: Recipe,
    report: Report | None = None,
    *,
    start: IntentNetwork | Path | None = None,
    scratch: Path | None = None,
) -> IntentNetwork:
    """Train on all lessons.

    Args:
        lessons: what to learn.
        recipe: how.
        report: called with (step, steps, loss) after every batch.
        start: a network to go on from, or a base model's folder; the built-in base model where None.
        scratch: folder for checkpoints; a run that was stopped there goes on.
    """
    torch.manual_seed(recipe.seed)
    network = start if isinstance(start, IntentNetwork) else IntentNetwork(start or base_folder())
    tokenizer = tokenizer_of(network.base)
    pairs = lessons.pairs
    per_epoch = -(-len(pairs) // recipe.batch)
    steps = recipe.epochs * per_epoch
    optimizer = _optimizer(network, recipe)
    first = checkpoint.load(scratch, network, optimizer) if scratch else 0
    network.train()
    saved = time.monotonic()
    for step in range(first, steps):
        epoch, place = divmod(step, per_epoch)
        if place == 0 or step == first:
            batches = _batches(pairs, recipe, epoch)
        rows = batches[place]
        chance = np.random.default_rng((recipe.seed, step))
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        shown = [(pairs[i][0], "" if chance.random() < recipe.context_dropout else pairs[i][1]) for i in rows]
        with fast():
            logits = network(**tensors(tokenizer, shown))
        loss = loss_of(logits, lessons.answers.take(rows), lessons.weight[rows], recipe.weights)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * ramp(step, steps, recipe.warm_up)
        optimizer.step()
        optimizer.zero_grad()
        if report:
            report(step + 1, steps, float(loss.detach()))
        if scratch and time.monotonic() - saved > CHECKPOINT_SECONDS:
            checkpoint.save(scratch, step + 1, network, optimizer)
            saved = time.monotonic()
    if scratch and first < steps:
        checkpoint.save(scratch, steps, network, optimizer)
    return network.eval()


def fast() -> AbstractContextManager[None]:
    """bfloat16 where the processor computes in it (2.7 times faster here); it is 15 times slower where it does not."""
    able = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
    return torch.autocast("cpu", dtype=torch.bfloat16) if able else nullcontext()


def tokenizer_of(base: Path) -> Tokenizer:
    """The base model's tokenizer, set to the length that serving uses."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    tokenizer.enable_padding()
    return tokenizer


def tensors(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> dict[str, Tensor]:
    """Padded int64 inputs [b, n] of (text, context) pairs."""
    encodings = tokenizer.encode_batch([pair if pair[1] else pair[0] for pair in pairs])
    return {
        "input_ids": torch.tensor([e.ids for e in encodings]),
        "attention_mask": torch.tensor([e.attention_mask for e in encodings]),
        "token_type_ids": torch.tensor([e.type_ids for e in encodings]),
    }


def _optimizer(network: IntentNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    groups = [
        {"params": list(network.pooled.parameters()), "top": recipe.learning_rate},
        {"params": list(network.heads.parameters()), "top": recipe.head_rate},
    ]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate, weight_decay=recipe.weight_decay, fused=True)


def ramp(step: int, steps: int, warm_up: float) -> float:
    """Part of the learning rate at a step: up to 1 over `warm_up` (a part of the steps), then down to 0."""
    rise = max(1, int(steps * warm_up))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _batches(pairs: Sequence[Pair], recipe: Recipe, epoch: int) -> list[list[int]]:
    """Row numbers of an epoch: shuffled, sorted by length within pools of 16 batches (little padding), batches shuffled."""
    chance = np.random.default_rng((recipe.seed, 1_000_000 + epoch))
    order = chance.permutation(len(pairs)).tolist()
    pools = [order[i : i + recipe.batch * 16] for i in range(0, len(order), recipe.batch * 16)]
    batches: list[list[int]] = []
    for pool in pools:
        pool.sort(key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        batches += [pool[i : i + recipe.batch] for i in range(0, len(pool), recipe.batch)]
    return [batches[at] for at in chance.permutation(len(batches))]
