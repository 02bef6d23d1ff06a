"""How far an expectation usually misses, by what is known at posting: a creator whose videos jump is expected with less confidence.

ln(|missed| + 0.05) is learned by boosted trees from the misses of models that had not seen the creator; the intervals are quantiles of
missed / scatter (locally weighted conformal prediction, Lei 2018), so they are wide where they must be and narrow where they can.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.quality.posts import Floats

LEAST = 1000
"""Rows below which all videos are taken to scatter alike."""
FLOOR = 0.05
"""ln; added to what was missed, so that one lucky hit does not count as certainty."""


class Scatter:
    """The usual miss of each target; 1 for all where too few rows were known."""

    def __init__(self, models: list[Any]) -> None:
        self._models = models

    @classmethod
    def fit(cls, x: Floats, residuals: Floats) -> Scatter:
        """From the features of videos (`Expectation.features`) and what was missed (a column a target, NaN where not known)."""
        models = []
        for column in residuals.T:
            known = np.isfinite(column)
            models.append(_trees().fit(x[known], np.log(np.abs(column[known]) + FLOOR)) if known.sum() >= LEAST else None)
        return cls(models)

    @classmethod
    def crossed(cls, x: Floats, residuals: Floats, fold: NDArray[np.int64]) -> tuple[Scatter, Floats]:
        """`fit`, and the scatter of the same rows by models that saw none of their fold: what they were fitted on looks too certain."""
        out = np.ones_like(residuals)
        for number in np.unique(fold):
            held = fold == number
            out[held] = cls.fit(x[~held], residuals[~held]).of(x[held])
        return cls.fit(x, residuals), out

    def of(self, x: Floats) -> Floats:
        """ln; a row a video, a column a target, above 0."""
        out = np.ones((len(x), len(self._models)))
        for column, model in enumerate(self._models):
            if model is not None and len(x):
                out[:, column] = np.exp(model.predict(x))
        return out


def _trees() -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        learning_rate=0.05,
        max_iter=80,
        max_leaf_nodes=8,
        min_samples_leaf=100,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=1,
    )
