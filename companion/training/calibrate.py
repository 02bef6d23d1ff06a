"""What comments that no leg had seen teach: how to stack the legs, where to cut, how wide an interval, when to say "not sure"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from companion.intent.heads import Array, distribution, falling, sigmoid
from companion.intent.model import interval
from companion.intent.prediction import GRADES, HIGH_GRADE

COVERAGE = 0.90
UNSURE_SHARE = 0.15
"""Share of comments that may be called "not sure" by a wide interval; more would make the word worthless."""

_TAILS = np.arange(0.005, 0.2, 0.0025)
_CUTS = np.arange(0.1, 0.9, 0.01)
_NEAR_BEST = 0.005  # F1. The curve is flat at its top: the middle of what is as good as the best is steadier than the best


@dataclass(frozen=True)
class Calibration:
    """Stack [3, 9] and cut [1] (see heads.py), probability cut from each end of an interval, widest sure interval."""

    stack: Array
    cut: Array
    tail: float
    unsure_width: float


def calibrate(encoder: Array, lexical: Array, grades: npt.NDArray[np.int64]) -> Calibration:
    """Fit on held-out comments: log-odds [n, 9] of both legs, true grades [n]."""
    fitted = [
        LogisticRegression(C=1e6).fit(np.stack([encoder[:, k], lexical[:, k]], axis=1), grades > GRADES[k]) for k in range(len(GRADES) - 1)
    ]
    stack = np.array([[*one.coef_[0], one.intercept_[0]] for one in fitted], np.float32).T
    odds = stacked(stack, encoder, lexical)
    distributions = distribution(sigmoid(odds))
    tail = _widest_tail(distributions, grades)
    widths = np.array([high - low for low, high in (interval(row, tail) for row in distributions)])
    cut = np.array([_cut(odds[:, HIGH_GRADE - 2], grades >= HIGH_GRADE)], np.float32)
    return Calibration(stack, cut, tail, float(np.quantile(widths, 1 - UNSURE_SHARE)))


def stacked(stack: Array, encoder: Array, lexical: Array) -> Array:
    """Log-odds [n, 9] of both legs together, falling with k."""
    return falling(encoder * stack[0] + lexical * stack[1] + stack[2])


def _cut(odds: Array, high: npt.NDArray[np.bool_]) -> float:
    """What to add to the log-odds so that probability 0.5 stands where F1 peaks."""
    scores = np.array([f1_score(high, sigmoid(odds) >= at) for at in _CUTS])
    at = float(_CUTS[scores >= scores.max() - _NEAR_BEST].mean())
    return -float(np.log(at / (1 - at)))


def _widest_tail(distributions: Array, truth: npt.NDArray[np.int64]) -> float:
    """The largest tail whose intervals still hold the true grade in at least 90 % of cases."""
    best = float(_TAILS[0])
    for tail in _TAILS:
        spans = np.array([interval(row, float(tail)) for row in distributions])
        if ((spans[:, 0] <= truth) & (truth <= spans[:, 1])).mean() < COVERAGE:
            break
        best = float(tail)
    return round(best, 4)
