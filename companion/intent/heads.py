"""The small linear heads on top of the encoder, kept as plain arrays (npz, no pickle).

Ordinal head: nine logits, one for each "grade > k" (k = 1..9), made monotone; signal and sentiment: softmax.
Stacking: the ordinal log-odds of the encoder and of the lexical leg are added with weights fitted on comments that
neither had seen (training/calibrate.py), so that the result is calibrated at every step.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.intent.prediction import GRADES, HIGH_GRADE, SENTIMENTS, SIGNALS

Array = npt.NDArray[np.float32]

_SHAPES = {
    "ordinal_w": len(GRADES) - 1,
    "signal_w": len(SIGNALS),
    "sentiment_w": len(SENTIMENTS),
}


class BadHeadsError(ValueError):
    """The heads file does not fit: the message names the array and what was expected."""


@dataclass(frozen=True)
class Heads:
    """Weights [d, k] and biases [k] of the three heads, how the ordinal legs are stacked, and the cut of p_high.

    Attributes:
        stack: [3, 9]: for each "grade > k" the weight of the encoder's log-odds, of the lexical leg's, and an intercept.
        cut: [1]: added to the log-odds of "grade >= 7", so that 0.5 is where F1 peaks on held-out comments.
    """

    ordinal_w: Array
    ordinal_b: Array
    signal_w: Array
    signal_b: Array
    sentiment_w: Array
    sentiment_b: Array
    stack: Array
    cut: Array

    @classmethod
    def load(cls, path: Path, dimension: int) -> Heads:
        """Read and check a heads file for an encoder of this dimension.

        Raises:
            BadHeadsError: a head is missing or has another shape.
        """
        with np.load(path, allow_pickle=False) as stored:
            missing = [name for name in cls.__dataclass_fields__ if name not in stored]
            if missing:
                raise BadHeadsError(f"{path.name} lacks the array {missing[0]!r}; retrain or reinstall the model")
            arrays = {name: stored[name].astype(np.float32) for name in cls.__dataclass_fields__}
        for name, width in _SHAPES.items():
            if arrays[name].shape != (dimension, width):
                raise BadHeadsError(f"{path.name}: {name} has shape {arrays[name].shape}, expected {(dimension, width)}")
        if arrays["stack"].shape != (3, len(GRADES) - 1):
            raise BadHeadsError(f"{path.name}: stack has shape {arrays['stack'].shape}, expected {(3, len(GRADES) - 1)}")
        return cls(**arrays)

    def save(self, path: Path) -> None:
        """Write the arrays as an uncompressed npz."""
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    def read(self, vectors: Array, lexical: Array) -> HeadOutputs:
        """All heads on vectors [n, d] and the lexical leg's log-odds [n, 9] of the same comments."""
        encoder_weight, lexical_weight, intercept = self.stack
        odds = falling(self.encoder_odds(vectors) * encoder_weight + lexical * lexical_weight + intercept)
        return HeadOutputs(
            distribution=distribution(sigmoid(odds)),
            p_high=sigmoid(odds[:, HIGH_GRADE - 2] + self.cut[0]),
            signal=_softmax(vectors @ self.signal_w + self.signal_b),
            sentiment=_softmax(vectors @ self.sentiment_w + self.sentiment_b),
        )

    def encoder_odds(self, vectors: Array) -> Array:
        """The encoder's own log-odds [n, 9] of "grade > 1..9", falling with k."""
        return falling(vectors @ self.ordinal_w + self.ordinal_b)


@dataclass(frozen=True)
class HeadOutputs:
    """Probabilities: grades [n, 10], p_high [n], signals [n, 8], sentiments [n, 3]."""

    distribution: Array
    p_high: Array
    signal: Array
    sentiment: Array


def falling(odds: Array) -> Array:
    """Log-odds [n, 9] made to fall with k: halfway between the running minimum and the running maximum from the end.

    The minimum alone lets one low step drag all later ones down.
    """
    from_left = np.minimum.accumulate(odds, axis=1)
    from_right = np.maximum.accumulate(odds[:, ::-1], axis=1)[:, ::-1]
    result: Array = ((from_left + from_right) / 2).astype(np.float32)
    return result


def distribution(exceed: Array) -> Array:
    """P(grade = 1..10), [n, 10], from monotone P(grade > 1..9), [n, 9]."""
    padded = np.concatenate([np.ones_like(exceed[:, :1]), exceed, np.zeros_like(exceed[:, :1])], axis=1)
    result: Array = (padded[:, :-1] - padded[:, 1:]).astype(np.float32)
    return result


def sigmoid(x: Array) -> Array:
    """Probability of log-odds."""
    result: Array = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return result


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    result: Array = (e / e.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
