"""Questions and products -> encoder, by contrast: of the products of a batch, a question shall be nearest to its own (InfoNCE).

Seeded and resumable as the other fine-tuning (companion/training/finetune.py): what a step does depends on its number alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from companion.intent.text import normalise
from companion.shop.understanding.kinds import lexicon
from companion.training import checkpoint
from companion.training.finetune import fast, ramp, tensors, tokenizer_of
from companion.training.network import Pooled, base_folder

CHECKPOINT_SECONDS = 60
"""At most so much work is lost when a training is killed."""

Report = Callable[[int, int, float], None]


@dataclass(frozen=True)
class Recipe:
    """Settings of one training; docs/shop.md says what else was tried.

    Attributes:
        frozen: so many of the lower layers, and the embeddings below them, are left as they are.
        scale: by which cosines are multiplied before the softmax.
        anchor: weight of the squared change of a batch's cosines; what searches make of a cosine was set for the plain encoder.
    """

    epochs: int = 1
    batch: int = 32
    learning_rate: float = 2e-5
    warm_up: float = 0.1
    weight_decay: float = 0.01
    frozen: int = 3
    scale: float = 20.0
    anchor: float = 10.0
    seed: int = 7


@dataclass(frozen=True)
class Lesson:
    """A question, the text of the product that answers it, that product's type, and all kinds that would answer."""

    query: str
    text: str
    type: str
    kinds: tuple[str, ...] = ()


def plain_encoder() -> Pooled:
    """all-MiniLM-L6-v2 with unit vectors, as the shipped shop encoder was made from."""
    return Pooled.of(base_folder(), unit=True)


def tune(lessons: Sequence[Lesson], recipe: Recipe, report: Report | None = None, scratch: Path | None = None) -> Pooled:
    """Train the plain encoder on all lessons.

    Args:
        lessons: at least two types among them.
        recipe: how.
        report: called with (step, steps, loss) after every batch.
        scratch: folder for checkpoints; a run that was stopped there goes on.
    """
    torch.manual_seed(recipe.seed)
    network, plain, tokenizer = plain_encoder(), plain_encoder().eval(), tokenizer_of(base_folder())
    _freeze(network, recipe.frozen)
    trained = [one for one in network.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.learning_rate, weight_decay=recipe.weight_decay, fused=True)
    steps = steps_of(len(lessons), recipe)
    per_epoch = steps // recipe.epochs
    first = checkpoint.load(scratch, network, optimizer) if scratch else 0
    network.train()
    saved = time.monotonic()
    for step in range(first, steps):
        epoch, place = divmod(step, per_epoch)
        order = np.random.default_rng((recipe.seed, epoch)).permutation(len(lessons))
        batch = [lessons[number] for number in order[place * recipe.batch : (place + 1) * recipe.batch]]
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        cosines = _cosines(network, tokenizer, batch)
        with torch.no_grad():
            before = _cosines(plain, tokenizer, batch)
        loss = contrast(cosines, answered(batch), recipe.scale) + recipe.anchor * (cosines - before).square().mean()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(trained, 1.0)
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * ramp(step, steps, recipe.warm_up)
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


def steps_of(count: int, recipe: Recipe) -> int:
    """Steps that so many lessons take."""
    return recipe.epochs * -(-count // recipe.batch)


def contrast(cosines: Tensor, also: Tensor, scale: float) -> Tensor:
    """Mean cross-entropy of each question's own product [b, b] among those of the others.

    Args:
        cosines: of question i with product j.
        also: bool [b, b], products of others that answer as well: they are no counter-examples.
        scale: by which cosines are multiplied.
    """
    return nn.functional.cross_entropy((scale * cosines).masked_fill(also, -torch.inf), torch.arange(len(cosines)))


def answered(batch: Sequence[Lesson]) -> Tensor:
    """Where product j answers question i too: bool [b, b], False on the diagonal."""
    known = lexicon()

    def answers(one: Lesson, other: Lesson) -> bool:
        kinds = one.kinds or (one.type,)
        return other.type == one.type or any(known.is_a(other.type, kind) or known.is_a(kind, other.type) for kind in kinds)

    return torch.tensor([[i != j and answers(one, other) for j, other in enumerate(batch)] for i, one in enumerate(batch)])


def _cosines(network: Pooled, tokenizer: Tokenizer, batch: Sequence[Lesson]) -> Tensor:
    queries, texts = ([(normalise(text), "") for text in side] for side in ([x.query for x in batch], [x.text for x in batch]))
    with fast():
        left, right = network(**tensors(tokenizer, queries)), network(**tensors(tokenizer, texts))
    return cast(Tensor, left.float() @ right.float().T)


def _freeze(network: Pooled, layers: int) -> None:
    bert: Any = network.encoder
    for part in (bert.embeddings, *bert.encoder.layer[:layers]) if layers else ():
        for one in part.parameters():
            one.requires_grad_(False)
