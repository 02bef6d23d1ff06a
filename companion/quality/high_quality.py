"""The class of high-quality videos, learned from those that people labelled 0 (low), 1 (middling) or 2 (high) in the labeling tool.

High videos are few. The source framework answers with SMOTE, principal components and semi-supervised learning; each is a way here,
compared with plain class weights in docs/quality.md. `DEFAULT_WAY` is what won.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from companion.extras import how_to_add
from companion.quality.posts import Floats

Way = Literal["class weights", "principal components", "SMOTE", "self-training"]
WAYS: tuple[Way, ...] = get_args(Way)
DEFAULT_WAY: Way = "self-training"
HIGH = 2
LEAST = 20
"""Labelled videos of either side below which nothing is learned, and nothing is shown."""
EXPLAINED = 0.95
"""Share of the variance that the principal components keep."""
SURE = 0.9
"""Probability from which self-training takes its own answer for a label."""


class QualityClassifier:
    """Says how probable it is that people would call a video high in quality."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def fit(cls, x: Floats, labels: NDArray[np.int64], way: Way = DEFAULT_WAY, unlabelled: Floats | None = None) -> QualityClassifier:
        """Learn from one row of numbers a video (NaN where not known) and its label 0-2.

        `unlabelled` rows serve self-training.

        Raises:
            ValueError: too few labels of either side, or a label that is none.
            ImportError: SMOTE without the extra `train`.
        """
        if wrong := sorted(set(labels.tolist()) - {0, 1, 2}):
            raise ValueError(f"label {wrong[0]} is none; use 0, 1 or 2")
        high = (labels == HIGH).astype(np.int64)
        for count, name in ((int(high.sum()), "high (2)"), (int((1 - high).sum()), "lower (0 or 1)")):
            if count < LEAST:
                raise ValueError(f"{count} videos are labelled {name}; {LEAST} are needed")
        if way == "SMOTE":
            return cls(_smote(x, high))
        if way == "self-training" and unlabelled is not None and len(unlabelled):
            from sklearn.semi_supervised import SelfTrainingClassifier

            both = np.vstack([x, unlabelled])
            known = np.concatenate([high, np.full(len(unlabelled), -1)])
            return cls(SelfTrainingClassifier(_plain(), threshold=SURE).fit(both, known))
        return cls(_plain(principal=way == "principal components").fit(x, high))

    def probability(self, x: Floats) -> Floats:
        """Of being high, 0 to 1, for each row."""
        return np.asarray(self._model.predict_proba(x)[:, 1], dtype=np.float64)


def _steps(principal: bool = False) -> list[Any]:
    from sklearn.decomposition import PCA
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import StandardScaler

    steps = [SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler()]
    return [*steps, PCA(n_components=EXPLAINED, svd_solver="full")] if principal else steps


def _plain(principal: bool = False) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(*_steps(principal), LogisticRegression(C=0.1, class_weight="balanced", max_iter=2000))


def _smote(x: Floats, high: NDArray[np.int64]) -> Any:
    """Invented high rows between real ones (Chawla 2002) until both sides are equal, instead of class weights."""
    try:
        from imblearn.over_sampling import SMOTE
    except ImportError as error:
        raise ImportError(f"SMOTE needs imbalanced-learn; add it with: {how_to_add('train')}") from error
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    scale = make_pipeline(*_steps()).fit(x)
    more, both = SMOTE(random_state=1).fit_resample(scale.transform(x), high)
    return make_pipeline(scale, LogisticRegression(C=0.1, max_iter=2000).fit(more, both))
