"""Heads on an encoder that stays as it is: five convex problems on its vectors, each solved in seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, log_softmax
from threadpoolctl import threadpool_limits

from companion.intent.encoder import PairEncoder
from companion.intent.heads import Array, Heads
from companion.intent.lexical import ORDINAL
from companion.intent.text import normalise
from companion.training.calibrate import Calibration, HeldOut, agreement, calibrate
from companion.training.examples import Example
from companion.training.export import ENCODER_ALONE
from companion.training.held_out import PARTS, part_of
from companion.training.lessons import WIDTHS, Lessons, lessons_of
from companion.training.lexical import train_lexical
from companion.training.vectors import vectors_of

_SOFTMAX = ("signal", "sentiment", "emotion")
_ITERATIONS = 300
"""L-BFGS iterations of a head at most."""

_ENCODING = 0.9
"""Share of the time that goes into encoding."""

Double = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Loss = Callable[[Double, Double], tuple[Double, Double]]
Report = Callable[[float], None]


@dataclass(frozen=True)
class Frozen:
    """Settings; docs/encoders.md says what else was tried.

    Attributes:
        strength: inverse regularisation, as in logistic regression on vectors of unit variance.
        bare: every so-manieth example is shown a second time without its context, so that a bare comment can be read too.
    """

    strength: float = 0.002
    bare: int = 6


@dataclass(frozen=True)
class Learned:
    """Calibrated heads, and what calibration was fitted on."""

    heads: Heads
    calibration: Calibration
    held: HeldOut


def learn(examples: Sequence[Example], recipe: Frozen, encoder: PairEncoder, file: Path, report: Report = lambda _: None) -> Learned:
    """Train on all examples, calibrate on each read by heads that saw neither its group nor its product.

    Args:
        examples: what to learn.
        recipe: how.
        encoder: stays as it is.
        file: keeps its vectors (see `vectors_of`), so that a stopped training goes on and the next one is quick.
        report: called with the share that is done, 0 to 1.
    """
    lessons, owners = bared(lessons_of(examples), recipe)
    vectors = vectors_of(lessons.pairs, encoder, file, lambda done, all_: report(_ENCODING * done / all_))
    part = part_of(examples)
    read = np.zeros((2, len(examples), WIDTHS["ordinal"]), np.float32)
    for number in range(PARTS):
        seen, left = np.flatnonzero(part[owners] != number), np.flatnonzero(part == number)
        read[0, left] = heads_on(vectors[seen], lessons.take(seen), recipe).encoder_odds(vectors[left])
        read[1, left] = _lexical_odds([x for x, p in zip(examples, part, strict=True) if p != number], [examples[i] for i in left.tolist()])
        report(_ENCODING + (1 - _ENCODING) * (number + 1) / PARTS)
    held = HeldOut(list(examples), *read)
    found = calibrate(held, agreement(examples))
    heads = replace(heads_on(vectors, lessons, recipe), stack=found.stack, cut=found.cut, agree=found.agree)
    return Learned(heads, found, held)


def bared(lessons: Lessons, recipe: Frozen) -> tuple[Lessons, Rows]:
    """The lessons, then some of them without context; and the number of the lesson that each was made of."""
    rows = np.arange(0, len(lessons), recipe.bare)
    some = lessons.take(rows)
    without = Lessons([(text, "") for text, _ in some.pairs], some.answers, some.weight)
    return lessons + without, np.concatenate([np.arange(len(lessons)), rows])


def heads_on(vectors: Array, lessons: Lessons, recipe: Frozen) -> Heads:
    """The five heads on the vectors [n, d] of n lessons, not calibrated yet. What nobody said does not count."""
    centre, spread = vectors.mean(0), vectors.std(0) + 1e-6
    inputs = ((vectors - centre) / spread).astype(np.float64)
    parts: dict[str, Array] = {}
    for name in WIDTHS:
        loss = _softmax_loss if name in _SOFTMAX else _logistic_loss
        wanted = getattr(lessons.answers, name).astype(np.float64)
        found = _minimum(inputs, wanted, lessons.weight.astype(np.float64), loss, recipe.strength)
        scaled = found[:-1] / spread[:, None]
        parts[f"{name}_w"] = scaled.astype(np.float32)
        parts[f"{name}_b"] = (found[-1] - centre @ scaled).astype(np.float32)
    return Heads(**parts, **ENCODER_ALONE._asdict())


def _lexical_odds(seen: Sequence[Example], left: Sequence[Example]) -> Array:
    """The lexical leg's ordinal log-odds [n, 9] of examples that it was trained without."""
    return train_lexical(seen).logits([normalise(x.text) for x in left])[:, ORDINAL]


def _minimum(inputs: Double, wanted: Double, weight: Double, loss: Loss, strength: float) -> Double:
    """Weights and, in the last row, biases [d + 1, k] that minimise strength * loss + half the squared weights."""
    shape = (inputs.shape[1] + 1, wanted.shape[1])

    def value(flat: Double) -> tuple[float, Double]:
        w = flat.reshape(shape)
        each, slope = loss(inputs @ w[:-1] + w[-1], wanted)
        slope *= strength * weight[:, None]
        gradient = np.concatenate([inputs.T @ slope + w[:-1], slope.sum(0, keepdims=True)])
        return strength * float(weight @ each) + 0.5 * float((w[:-1] ** 2).sum()), gradient.ravel()

    with threadpool_limits(1, "blas"):  # the products are too small to share: two threads take twice as long
        found = minimize(value, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    result: Double = found.x.reshape(shape)
    return result


def _logistic_loss(odds: Double, wanted: Double) -> tuple[Double, Double]:
    """Binary cross-entropy [n], summed over the columns, and its slope [n, k]; NaN in `wanted` counts nothing."""
    said = ~np.isnan(wanted)
    target = np.where(said, wanted, 0)
    each = np.logaddexp(0, odds) - target * odds
    return (each * said).sum(1), (expit(odds) - target) * said


def _softmax_loss(odds: Double, wanted: Double) -> tuple[Double, Double]:
    """Cross-entropy [n] and its slope [n, k]; a row of zeros in `wanted` counts nothing."""
    logs = log_softmax(odds, axis=1)
    return -(wanted * logs).sum(1), np.exp(logs) * wanted.sum(1, keepdims=True) - wanted
