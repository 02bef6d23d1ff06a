"""What out-of-fold predictions teach about the model's honesty: calibration, interval tails, when to say "not sure"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from companion.intent.heads import Array
from companion.intent.model import interval
from companion.intent.prediction import HIGH_GRADE

COVERAGE = 0.90
UNSURE_SHARE = 0.15
"""Share of comments that may be called "not sure" by a wide interval; more would make the word worthless."""

_TAILS = np.arange(0.005, 0.2, 0.0025)


@dataclass(frozen=True)
class Calibration:
    """Slope and intercept on the logit of p_high, probability cut from each end of an interval, widest sure interval."""

    slope: float
    intercept: float
    tail: float
    unsure_width: float


def calibrate(raw_p_high: Array, distributions: Array, grades: Sequence[int]) -> Calibration:
    """Fit on out-of-fold predictions: raw p_high [n], grade distributions [n, 10], true grades [n]."""
    truth = np.array(grades)
    p = np.clip(raw_p_high, 1e-6, 1 - 1e-6)
    logit = np.log(p / (1 - p)).reshape(-1, 1)
    platt = LogisticRegression(C=1e6).fit(logit, truth >= HIGH_GRADE)
    tail = _widest_tail(distributions, truth)
    widths = np.array([high - low for low, high in (interval(row, tail) for row in distributions)])
    return Calibration(float(platt.coef_[0, 0]), float(platt.intercept_[0]), tail, float(np.quantile(widths, 1 - UNSURE_SHARE)))


def _widest_tail(distributions: Array, truth: npt.NDArray[np.int64]) -> float:
    """The largest tail whose intervals still hold the true grade in at least 90 % of cases."""
    best = float(_TAILS[0])
    for tail in _TAILS:
        spans = np.array([interval(row, float(tail)) for row in distributions])
        if ((spans[:, 0] <= truth) & (truth <= spans[:, 1])).mean() < COVERAGE:
            break
        best = float(tail)
    return round(best, 4)
