"""What a training minimises: one term a head; what nobody said does not count."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from companion.intent.prediction import HIGH_GRADE
from companion.training.lessons import Answers, Array
from companion.training.network import Logits


@dataclass(frozen=True)
class Weights:
    """How much each head counts, and how the ordinal target is softened."""

    ordinal: float = 2.0
    high_step: float = 2.0  # of the "7 or more" step among the nine: the decision people act on
    smoothing: float = 0.02
    signal: float = 0.5
    sentiment: float = 0.3
    emotion: float = 0.15
    flags: float = 0.2


def loss_of(logits: Logits, wanted: Answers, importance: Array, weights: Weights) -> Tensor:
    """Mean loss (scalar) of a batch of b, each row counting by its importance [b]."""
    parts = (
        weights.ordinal * _ordinal(logits.ordinal, wanted.ordinal, weights),
        weights.signal * _classes(logits.signal, wanted.signal),
        weights.sentiment * _classes(logits.sentiment, wanted.sentiment),
        weights.emotion * _classes(logits.emotion, wanted.emotion),
        weights.flags * _flags(logits.flags, wanted.flags),
    )
    total: Tensor = (torch.stack(parts).sum(0) * torch.from_numpy(importance / importance.sum())).sum()
    return total


def _ordinal(odds: Tensor, exceed: Array, weights: Weights) -> Tensor:
    """[b]: binary cross-entropy of the nine "grade > k", whose targets are shares where several people graded."""
    target = torch.from_numpy(exceed) * (1 - 2 * weights.smoothing) + weights.smoothing
    step = torch.ones(odds.shape[1])
    step[HIGH_GRADE - 2] = weights.high_step
    each = nn.functional.binary_cross_entropy_with_logits(odds, target, weight=step, reduction="none")
    return each.sum(1) / step.sum()


def _classes(logits: Tensor, wanted: Array) -> Tensor:
    """[b]: cross-entropy against probabilities; 0 where the row is all zeros."""
    return -(torch.from_numpy(wanted) * logits.log_softmax(1)).sum(1)


def _flags(logits: Tensor, wanted: Array) -> Tensor:
    target = torch.from_numpy(wanted)
    each = nn.functional.binary_cross_entropy_with_logits(logits, target.nan_to_num(0.0), reduction="none")
    return (each * ~target.isnan()).mean(1)
