"""What comments that no leg had seen teach: how to stack the legs, where to cut, how wide an interval, when to say "not sure"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from companion.intent.heads import Array, Flags, distribution, sigmoid, stacked
from companion.intent.language import NATIVE, language_of
from companion.intent.model import Manifest, intervals_of
from companion.intent.prediction import GRADES, HIGH_GRADE, SIGNALS
from companion.intent.text import normalise
from companion.training.examples import Example

COVERAGE = 0.95
"""Of held-out seed comments. Real comments are harder: of them the intervals then hold about 88 % (docs/model.md)."""

MIN_TOLD, MIN_F1 = 25, 0.6
"""Held-out comments that a language needs, and F1 on them, before the model may be sure in it."""

MIN_PART = 300
"""Held-out comments below which a kind of language has no stack of its own."""

UNSURE_SHARE = 0.15
"""Share of comments that may be called "not sure" by a wide interval; more would make the word worthless."""

_TAILS = np.arange(0.005, 0.2, 0.0025)
_CUTS = np.arange(0.1, 0.9, 0.01)
_NEAR_BEST = 0.005  # F1. The curve is flat at its top: the middle of what is as good as the best is steadier than the best


Grades = npt.NDArray[np.int64]


@dataclass(frozen=True)
class HeldOut:
    """Held-out examples and the log-odds [n, 9] that each leg gave them."""

    examples: list[Example]
    encoder: Array
    lexical: Array

    @property
    def grades(self) -> Grades:
        """True grades [n]."""
        return np.array([x.grade for x in self.examples])

    @property
    def languages(self) -> npt.NDArray[np.str_]:
        """As their writers named them [n]."""
        return np.array([x.lang for x in self.examples])

    @property
    def native(self) -> Flags:
        """Whether the language, as serving will take it, is one that the encoder was made for [n]."""
        return np.array([language_of(normalise(x.text)) in NATIVE for x in self.examples])


@dataclass(frozen=True)
class Calibration:
    """What serving needs to know.

    Attributes:
        stack, cut, agree: [2, 3, 9], [2] and [10, 8], see heads.py.
        tail: probability cut from each end of an interval.
        unsure_width: the widest interval of a sure answer.
        languages: those in which the model may be sure.
    """

    stack: Array
    cut: Array
    agree: Array
    tail: float
    unsure_width: float
    languages: tuple[str, ...]


def calibration_of(folder: Path) -> Calibration:
    """What a served model was calibrated to."""
    manifest = Manifest.load(folder)
    with np.load(folder / "heads.npz", allow_pickle=False) as stored:
        return Calibration(stored["stack"], stored["cut"], stored["agree"], manifest.tail, manifest.unsure_width, manifest.languages)


def calibrate(held: HeldOut, agree: Array) -> Calibration:
    """Fit on held-out comments. `agree` is passed on (see `agreement`).

    A kind of language with few held-out comments shares the other's fit.
    """
    encoder, lexical, grades, native = held.encoder, held.lexical, held.grades, held.native
    everything = np.ones(len(grades), bool)
    parts = [part if part.sum() >= MIN_PART else everything for part in (~native, native)]
    stack = np.stack([_stack(encoder[part], lexical[part], grades[part]) for part in parts])
    odds = stacked(stack, encoder, lexical, native)
    cut = np.array([_cut(odds[part, HIGH_GRADE - 2], grades[part] >= HIGH_GRADE) for part in parts], np.float32)
    distributions = distribution(sigmoid(odds))
    tail = _widest_tail(distributions, grades)
    widths = np.array([high - low for low, high in intervals_of(distributions, tail)])
    high = sigmoid(odds[:, HIGH_GRADE - 2] + cut[native.astype(np.int64)]) >= 0.5
    languages = _trusted(high, grades >= HIGH_GRADE, held.languages)
    return Calibration(stack, cut, agree, tail, float(np.quantile(widths, 1 - UNSURE_SHARE)), languages)


def _trusted(said: Flags, truth: Flags, langs: npt.NDArray[np.str_]) -> tuple[str, ...]:
    """Languages with enough held-out comments, in which buyers were found well enough."""
    rows = {lang: langs == lang for lang in set(langs.tolist())}
    return tuple(sorted(x for x, at in rows.items() if at.sum() >= MIN_TOLD and f1_score(truth[at], said[at], zero_division=0) >= MIN_F1))


def _stack(encoder: Array, lexical: Array, grades: Grades) -> Array:
    fitted = [
        LogisticRegression(C=1e6).fit(np.stack([encoder[:, k], lexical[:, k]], axis=1), grades > GRADES[k]) for k in range(len(GRADES) - 1)
    ]
    return np.array([[*one.coef_[0], one.intercept_[0]] for one in fitted], np.float32).T


def agreement(examples: Sequence[Example]) -> Array:
    """[10, 8]: P(grade | signal) / P(grade), counted in labelled examples, each cell from half a comment up."""
    counts = np.full((len(GRADES), len(SIGNALS)), 0.5)
    for example in examples:
        if example.signal is not None:
            counts[example.grade - 1, SIGNALS.index(example.signal)] += 1
    found: Array = (counts / counts.sum(axis=0) / (counts.sum(axis=1, keepdims=True) / counts.sum())).astype(np.float32)
    return found


def _cut(odds: Array, high: npt.NDArray[np.bool_]) -> float:
    """What to add to the log-odds so that probability 0.5 stands where F1 peaks."""
    scores = np.array([f1_score(high, sigmoid(odds) >= at) for at in _CUTS])
    at = float(_CUTS[scores >= scores.max() - _NEAR_BEST].mean())
    return -float(np.log(at / (1 - at)))


def _widest_tail(distributions: Array, truth: Grades) -> float:
    """The largest tail whose intervals still hold the true grade in at least 95 % of cases."""
    best = float(_TAILS[0])
    for tail in _TAILS:
        spans = np.array(intervals_of(distributions, float(tail)))
        if ((spans[:, 0] <= truth) & (truth <= spans[:, 1])).mean() < COVERAGE:
            break
        best = float(tail)
    return round(best, 4)
