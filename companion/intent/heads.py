"""The small linear heads on top of the encoder, kept as plain arrays (npz, no pickle).

Ordinal head: nine logits, one for each "grade > k" (k = 1..9), made monotone; signal, sentiment and emotion: softmax;
flags (toxic, spam): a probability each.
Stacking: the ordinal log-odds of the encoder and of the lexical leg are added with weights fitted on comments that
neither had seen (training/calibrate.py), so that the result is calibrated at every step. There are two sets of these weights:
one for the languages that the encoder was made for and one for all others, where the lexical leg counts for more. Signal and
sentiment listen to the lexical leg too, and the signal to the grade: a 10 that only praises is a contradiction. docs/model.md has
the measurements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.intent.lexical import ORDINAL, SENTIMENT, SIGNAL
from companion.intent.prediction import EMOTIONS, FLAGS, GRADES, HIGH_GRADE, SENTIMENTS, SIGNALS

Array = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_WIDTHS = {
    "ordinal": len(GRADES) - 1,
    "signal": len(SIGNALS),
    "sentiment": len(SENTIMENTS),
    "emotion": len(EMOTIONS),
    "flags": len(FLAGS),
}


LEXICAL_SIGNAL, LEXICAL_SENTIMENT = 1.0, 0.5
"""How much the lexical leg's log-probabilities count beside the encoder's."""

GRADE_SIGNAL = 0.5
"""How much the grade counts for the signal."""

_TINY = 1e-9


class BadHeadsError(ValueError):
    """The heads file does not fit: the message names the array and what was expected."""


@dataclass(frozen=True)
class Heads:
    """Weights [d, k] and biases [k] of the five heads, how the ordinal legs are stacked, and the cut of p_high.

    Attributes:
        stack: [2, 3, 9]: in other languages and in `NATIVE` ones, for each "grade > k" the weight of the encoder's log-odds,
            of the lexical leg's, and an intercept.
        cut: [2], likewise: added to the log-odds of "grade >= 7", so that 0.5 is where F1 peaks on held-out comments.
        agree: [10, 8]: how much more likely a signal is at a grade than at any, P(grade | signal) / P(grade).
    """

    ordinal_w: Array
    ordinal_b: Array
    signal_w: Array
    signal_b: Array
    sentiment_w: Array
    sentiment_b: Array
    emotion_w: Array
    emotion_b: Array
    flags_w: Array
    flags_b: Array
    stack: Array
    cut: Array
    agree: Array

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
        for name, shape in _shapes(dimension).items():
            if arrays[name].shape != shape:
                raise BadHeadsError(f"{path.name}: {name} has shape {arrays[name].shape}, expected {shape}")
        return cls(**arrays)

    def save(self, path: Path) -> None:
        """Write the arrays as an uncompressed npz."""
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    def read(self, vectors: Array, lexical: Array, native: Flags) -> HeadOutputs:
        """All heads on vectors [n, d], the lexical leg's log-odds [n, 20] and whether the language is `NATIVE` [n] of the same comments."""
        odds = stacked(self.stack, self.encoder_odds(vectors), lexical[:, ORDINAL], native)
        grades = distribution(sigmoid(odds))
        signal = vectors @ self.signal_w + self.signal_b + LEXICAL_SIGNAL * np.log(sigmoid(lexical[:, SIGNAL]))
        signal = signal + GRADE_SIGNAL * np.log(grades @ self.agree + _TINY)
        sentiment = vectors @ self.sentiment_w + self.sentiment_b + LEXICAL_SENTIMENT * np.log(sigmoid(lexical[:, SENTIMENT]))
        return HeadOutputs(
            distribution=grades,
            p_high=sigmoid(odds[:, HIGH_GRADE - 2] + self.cut[native.astype(np.int64)]),
            signal=_softmax(signal),
            sentiment=_softmax(sentiment),
            emotion=_softmax(vectors @ self.emotion_w + self.emotion_b),
            flags=sigmoid(vectors @ self.flags_w + self.flags_b),
        )

    def encoder_odds(self, vectors: Array) -> Array:
        """The encoder's own log-odds [n, 9] of "grade > 1..9", falling with k."""
        return falling(vectors @ self.ordinal_w + self.ordinal_b)


@dataclass(frozen=True)
class HeadOutputs:
    """Probabilities: grades [n, 10], p_high [n], signals [n, 8], sentiments [n, 3], emotions [n, 5], flags [n, 2]."""

    distribution: Array
    p_high: Array
    signal: Array
    sentiment: Array
    emotion: Array
    flags: Array


def _shapes(dimension: int) -> dict[str, tuple[int, ...]]:
    """Of every array in the file."""
    weights = {f"{name}_w": (dimension, width) for name, width in _WIDTHS.items()}
    biases = {f"{name}_b": (width,) for name, width in _WIDTHS.items()}
    return {**weights, **biases, "stack": (2, 3, len(GRADES) - 1), "cut": (2,), "agree": (len(GRADES), len(SIGNALS))}


def stacked(stack: Array, encoder: Array, lexical: Array, native: Flags) -> Array:
    """Log-odds [n, 9] of both legs together, falling with k, by the stack [2, 3, 9] of each comment's kind of language [n]."""
    encoder_weight, lexical_weight, intercept = stack[native.astype(np.int64)].swapaxes(0, 1)
    return falling(encoder * encoder_weight + lexical * lexical_weight + intercept)


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


def _softmax(x: Array | npt.NDArray[np.float64]) -> Array:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    result: Array = (e / e.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
