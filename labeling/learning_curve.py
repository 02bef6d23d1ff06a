"""The learning curve: how far off a small model is with a part of the labels and with all, and what 100 more are expected to change.

Pure. The small model learns from the labels alone (ridge regression from the encoder's vectors to the grade) and is asked about comments
that it did not see, so the curve tells what the labels are worth, not how good the model in use is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEWEST = 50
"""Labels below which a curve would be noise."""

FOLDS = 5
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
DRAWS = 2
"""Times that each share is drawn anew."""

RECENT = 3
"""Steps from which the change to come is read."""

RESAMPLES = 300
MORE = 100
RIDGE = 300.0
"""Penalty of the regression on standardised vectors: hundreds of numbers from hundreds of labels need a strong one."""


@dataclass(frozen=True)
class Step:
    """With so many labels, so many grades off on comments that were not learned from."""

    labels: int
    distance: float


@dataclass(frozen=True)
class Curve:
    """The curve; `why` is "" or why there is none.

    Attributes:
        steps: fewest labels first.
        n: labels there are.
        change: what `MORE` more labels are expected to take off the distance of the last step, in grades; low and high: the middle 95 %.
    """

    steps: tuple[Step, ...]
    n: int
    change: float = 0.0
    low: float = 0.0
    high: float = 0.0
    why: str = ""

    @property
    def tells(self) -> bool:
        """Whether the expected change can be told from none."""
        return self.low > 0


def curve_of(vectors: Floats, grades: Sequence[int], groups: Sequence[int], seed: int = 0) -> Curve:
    """The curve of labels.

    Args:
        vectors: of the comments [n, d].
        grades: 1-10 [n].
        groups: which comments say the same [n]: they are never on both sides.
        seed: draws the parts and the resamples.
    """
    target = np.array(grades, np.float64)
    if len(target) < FEWEST or len(set(groups)) < 2 * FOLDS:
        return Curve((), len(target), why=f"It takes {FEWEST} labels of different comments.")
    if len(set(target.tolist())) < 2:
        return Curve((), len(target), why="All labels have the same grade.")
    errors = _errors(vectors, target, np.array(groups), np.random.default_rng(seed))
    sizes = [round(share * len(target) * (1 - 1 / FOLDS)) for share in SHARES]
    chance = np.random.default_rng(seed + 1)
    drawn = chance.integers(0, len(target), (RESAMPLES, len(target)))
    changes = [_change(sizes, errors[:, rows].mean(1)) for rows in drawn]
    means = errors.mean(1)
    low, high = np.percentile(changes, [2.5, 97.5])
    steps = tuple(Step(size, float(mean)) for size, mean in zip(sizes, means, strict=True))
    return Curve(steps, len(target), _change(sizes, means), float(low), float(high))


def _errors(vectors: Floats, target: Floats, groups: npt.NDArray[np.int64], chance: np.random.Generator) -> Floats:
    """[share, n]: grades between each label and what a model says that learned from a share of the other folds, the mean of all draws."""
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    found = np.zeros((len(SHARES), len(target)))
    for learn, ask in GroupKFold(FOLDS).split(vectors, target, groups):
        for at, share in enumerate(SHARES):
            for _ in range(DRAWS):
                part = chance.permutation(learn)[: max(2, round(share * len(learn)))]
                light = make_pipeline(StandardScaler(), Ridge(RIDGE)).fit(vectors[part], target[part])
                found[at, ask] += np.abs(np.clip(light.predict(vectors[ask]), 1, 10) - target[ask]) / DRAWS
    return found


def _change(sizes: Sequence[int], means: Floats) -> float:
    """What `MORE` labels take off, in grades, by the curve a + b / sqrt(n), b >= 0, that fits the last `RECENT` steps best.

    The usual pace of learning; earlier steps are left out because a small model learns at another pace with few labels.
    """
    bend = 1 / np.sqrt(np.array(sizes[-RECENT:], np.float64))
    slope = max(0.0, float(np.polyfit(bend, means[-RECENT:], 1)[0]))
    return slope * float(1 / np.sqrt(sizes[-1]) - 1 / np.sqrt(sizes[-1] + MORE))
