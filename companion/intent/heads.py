"""The small linear heads on top of the encoder, kept as plain arrays (npz, no pickle).

Ordinal head: nine logits, one for each "grade > k" (k = 1..9), made monotone; signal and sentiment: softmax.
Calibration: one temperature-and-shift pair for "grade >= 7", fitted out of fold (see training/calibrate.py).
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
    """Weights [d, k] and biases [k] of the three heads, and the calibration of p_high."""

    ordinal_w: Array
    ordinal_b: Array
    signal_w: Array
    signal_b: Array
    sentiment_w: Array
    sentiment_b: Array
    calibration: Array  # [2]: slope, intercept on the logit of the raw p_high

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
        return cls(**arrays)

    def save(self, path: Path) -> None:
        """Write the arrays as an uncompressed npz."""
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    def read(self, vectors: Array) -> HeadOutputs:
        """All heads on vectors [n, d]."""
        exceed = np.minimum.accumulate(_sigmoid(vectors @ self.ordinal_w + self.ordinal_b), axis=1)
        raw = np.clip(exceed[:, HIGH_GRADE - 2], 1e-6, 1 - 1e-6)
        slope, intercept = self.calibration
        return HeadOutputs(
            distribution=distribution(exceed),
            p_high=_sigmoid(slope * np.log(raw / (1 - raw)) + intercept),
            signal=_softmax(vectors @ self.signal_w + self.signal_b),
            sentiment=_softmax(vectors @ self.sentiment_w + self.sentiment_b),
        )


@dataclass(frozen=True)
class HeadOutputs:
    """Probabilities: grades [n, 10], p_high [n], signals [n, 8], sentiments [n, 3]."""

    distribution: Array
    p_high: Array
    signal: Array
    sentiment: Array


def distribution(exceed: Array) -> Array:
    """P(grade = 1..10), [n, 10], from monotone P(grade > 1..9), [n, 9]."""
    padded = np.concatenate([np.ones_like(exceed[:, :1]), exceed, np.zeros_like(exceed[:, :1])], axis=1)
    result: Array = (padded[:, :-1] - padded[:, 1:]).astype(np.float32)
    return result


def _sigmoid(x: Array) -> Array:
    result: Array = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return result


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    result: Array = (e / e.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
