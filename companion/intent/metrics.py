"""How good predictions are: the field's measures for a graded, imbalanced, calibrated task."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, cohen_kappa_score, f1_score, roc_auc_score

from companion.intent.prediction import GRADES, HIGH_GRADE, Prediction

Metrics = dict[str, float | int | None]
_BINS = 10


def measure(grades: Sequence[int], signals: Sequence[str], sentiments: Sequence[str], predictions: Sequence[Prediction]) -> Metrics:
    """Metrics of predictions against labels, all of length n >= 1.

    High intent is grade >= 7, predicted when p_high >= 0.5. `signals` and `sentiments` may hold "" where not labelled.
    A measure that is undefined (one class only) is None, never NaN.
    """
    truth = np.array(grades)
    high = truth >= HIGH_GRADE
    p = np.array([x.p_high for x in predictions])
    said = np.array([x.grade for x in predictions])
    low, up = np.array([x.interval for x in predictions]).T
    sure = ~np.array([x.unsure for x in predictions])
    both = bool(0 < high.sum() < len(high))
    return {
        "n": len(truth),
        "share_high": _round(high.mean()),
        "f1_high": _round(f1_score(high, p >= 0.5, zero_division=0)) if high.any() else None,
        "f1_high_sure": _round(f1_score(high[sure], p[sure] >= 0.5, zero_division=0)) if high[sure].any() else None,
        "pr_auc": _round(average_precision_score(high, p)) if both else None,
        "roc_auc": _round(roc_auc_score(high, p)) if both else None,
        "qwk": _qwk(truth, said),
        "mae": _round(np.abs(said - truth).mean()),
        "ece": _round(calibration_error(high, p)),
        "coverage": _round(((low <= truth) & (truth <= up)).mean()),
        "mean_width": _round((up - low).mean()),
        "unsure": _round(1 - sure.mean()),
        "signal_macro_f1": _macro(signals, [x.signal for x in predictions]),
        "sentiment_macro_f1": _macro(sentiments, [x.sentiment for x in predictions]),
    }


def calibration_error(high: npt.NDArray[np.bool_], p: npt.NDArray[np.float64]) -> float:
    """Expected calibration error in ten equal-width bins, 0-1."""
    edge = np.clip((p * _BINS).astype(int), 0, _BINS - 1)
    bins = (edge == b for b in range(_BINS))
    return float(sum(abs(p[b].mean() - high[b].mean()) * b.mean() for b in bins if b.any()))


def _qwk(truth: npt.NDArray[np.int64], said: npt.NDArray[np.float64]) -> float | None:
    levels = np.clip(np.rint(said), 1, 10).astype(int)
    if len(set(truth)) < 2 and len(set(levels)) < 2:
        return None
    return _round(cohen_kappa_score(truth, levels, weights="quadratic", labels=list(GRADES)))


def _macro(truth: Sequence[str], said: Sequence[str]) -> float | None:
    pairs = [(t, s) for t, s in zip(truth, said, strict=True) if t]
    return _round(f1_score(*zip(*pairs, strict=True), average="macro", zero_division=0)) if pairs else None


def _round(value: float) -> float:
    return round(float(value), 3)
