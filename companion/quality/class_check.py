"""Whether the class of good videos can be told at all: each labelled video judged by a model that saw no video of its creator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.high_quality import DEFAULT_WAY, HIGH, QualityClassifier, Way
from companion.quality.posts import Floats

FOLDS = 5
DRAWS = 500
SEED = 1


@dataclass(frozen=True)
class Told:
    """`auc`: how often a good video is put above a lesser one (0.5: by chance) with its 95 % interval, over `n` videos."""

    auc: float
    low: float
    high: float
    n: int

    @property
    def better_than_chance(self) -> bool:
        """Whether the whole interval lies above chance."""
        return self.low > 0.5


def told_apart(x: Floats, labels: NDArray[np.int64], creators: list[str], unlabelled: Floats, way: Way = DEFAULT_WAY) -> Told | None:
    """ROC-AUC over folds of creators, videos resampled for the interval; None where no fold left enough labels of both sides to learn."""
    folds = _folds(creators)
    said = np.full(len(labels), np.nan)
    for fold in range(FOLDS):
        away = folds == fold
        try:
            said[away] = QualityClassifier.fit(x[~away], labels[~away], way, unlabelled).probability(x[away]) if away.any() else np.nan
        except ValueError:  # this fold took too many of one side away
            continue
    known = np.isfinite(said)
    high, said = labels[known] == HIGH, said[known]
    if not high.any() or high.all():
        return None
    up, down = said[high], said[~high]
    above = (up[:, None] > down[None, :]) + 0.5 * (up[:, None] == down[None, :])
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(len(high), np.full(len(high), 1 / len(high)), DRAWS).astype(np.float64)
    good, lesser = times[:, high], times[:, ~high]
    pairs = good.sum(axis=1) * lesser.sum(axis=1)
    drawn = ((good @ above) * lesser).sum(axis=1)[pairs > 0] / pairs[pairs > 0]
    low, top = np.percentile(drawn, [2.5, 97.5])
    return Told(float(above.mean()), float(low), float(top), int(known.sum()))


def _folds(creators: list[str]) -> NDArray[np.int64]:
    names, at = np.unique(creators, return_inverse=True)
    return np.asarray((np.random.default_rng(SEED).permutation(len(names)) % FOLDS)[at], dtype=np.int64)
