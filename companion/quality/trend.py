"""Whether a creator's newer videos do better than the older ones: the difference of the two halves' means, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

LEAST = 6
"""Videos below which halves are too small to compare."""


@dataclass(frozen=True)
class Trend:
    """Mean of the newer half - mean of the older half, in points, with its 95 % interval (Welch 1947). `n` videos."""

    change: float
    low: float
    high: float
    n: int

    @property
    def is_sure(self) -> bool:
        """Whether chance alone hardly makes it."""
        return self.low > 0 or self.high < 0


def trend(points: Sequence[tuple[int, float]]) -> Trend | None:
    """From (moment, points) of videos in any order; None below LEAST. With an odd number the middle one counts as older."""
    values = [value for _, value in sorted(points)]
    if len(values) < LEAST:
        return None
    half = (len(values) + 1) // 2
    older, newer = values[:half], values[half:]
    change = sum(newer) / len(newer) - sum(older) / len(older)
    width = _half_width(older, newer)
    return Trend(change, change - width, change + width, len(values))


def _half_width(older: Sequence[float], newer: Sequence[float]) -> float:
    from scipy.special import stdtrit  # scipy.stats has the same in nicer words, and takes a second to load

    a, b = (_spread(values) / len(values) for values in (older, newer))
    if a + b == 0:
        return 0.0
    freedom = (a + b) ** 2 / (a**2 / (len(older) - 1) + b**2 / (len(newer) - 1))
    return float(stdtrit(freedom, 0.975)) * sqrt(a + b)


def _spread(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)
