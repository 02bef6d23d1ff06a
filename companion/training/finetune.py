"""Fine-tuning: examples -> network. Seeded; batches of like length so that little is spent on padding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.context import render
from companion.intent.encoder import MAX_TOKENS
from companion.intent.prediction import HIGH_GRADE
from companion.intent.text import normalise
from companion.training.network import IntentNetwork, Logits, base_folder
from companion.training.seed import Example


@dataclass(frozen=True)
class Recipe:
    """Settings of one training. Values were chosen by grouped cross-validation on the seed (docs/model.md)."""

    epochs: int = 3
    batch: int = 32
    learning_rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    context_dropout: float = 0.15  # share of examples shown without their context, so that a bare comment can be read too
    smoothing: float = 0.02
    high_weight: float = 2.0  # extra weight of the "7 or more" step, the decision people act on
    signal_weight: float = 0.5
    sentiment_weight: float = 0.3
    seed: int = 7


Pair = tuple[str, str]
Report = Callable[[int, int, float], None]


def finetune(examples: Sequence[Example], recipe: Recipe, report: Report | None = None) -> IntentNetwork:
    """Train on all examples. `report(step, steps, loss)` is called after every batch."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    base = base_folder()
    network, tokenizer = IntentNetwork(base), tokenizer_of(base)
    pairs = [(normalise(x.text), render(x.context)) for x in examples]
    steps = recipe.epochs * -(-len(examples) // recipe.batch)
    optimizer = _optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: _ramp(s, steps, recipe.warm_up))
    network.train()
    step = 0
    for _ in range(recipe.epochs):
        for rows in _batches(pairs, recipe.batch, rng):
            shown = [(pairs[i][0], "" if rng.random() < recipe.context_dropout else pairs[i][1]) for i in rows]
            loss = _loss(network(**tensors(tokenizer, shown)), [examples[i] for i in rows], recipe)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            if report:
                report(step, steps, float(loss.detach()))
    return network.eval()


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
    heads = [network.ordinal, network.signal, network.sentiment]
    return torch.optim.AdamW(
        [
            {"params": network.pooled.parameters(), "lr": recipe.learning_rate},
            {"params": [p for head in heads for p in head.parameters()], "lr": recipe.head_rate},
        ],
        weight_decay=recipe.weight_decay,
        fused=True,
    )


def _ramp(step: int, steps: int, warm_up: float) -> float:
    rise = max(1, int(steps * warm_up))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _batches(pairs: Sequence[Pair], size: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Row numbers, shuffled, then sorted by length within pools of 16 batches; batch order shuffled."""
    order = rng.permutation(len(pairs)).tolist()
    pools = [order[i : i + size * 16] for i in range(0, len(order), size * 16)]
    batches: list[list[int]] = []
    for pool in pools:
        pool.sort(key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        batches += [pool[i : i + size] for i in range(0, len(pool), size)]
    for at in rng.permutation(len(batches)):
        yield batches[at]


def _loss(logits: Logits, rows: Sequence[Example], recipe: Recipe) -> Tensor:
    steps = torch.arange(1, 10)
    exceed = (torch.tensor([x.grade for x in rows]).unsqueeze(1) > steps).float()
    soft = exceed * (1 - 2 * recipe.smoothing) + recipe.smoothing
    weight = torch.ones(9)
    weight[HIGH_GRADE - 2] = recipe.high_weight
    ordinal = nn.functional.binary_cross_entropy_with_logits(logits.ordinal, soft, weight=weight) * 9 / weight.sum()
    signal = nn.functional.cross_entropy(logits.signal, torch.tensor([SIGNALS.index(x.signal) for x in rows]))
    sentiment = nn.functional.cross_entropy(logits.sentiment, torch.tensor([SENTIMENTS.index(x.sentiment) for x in rows]))
    total: Tensor = 2 * ordinal + recipe.signal_weight * signal + recipe.sentiment_weight * sentiment
    return total
