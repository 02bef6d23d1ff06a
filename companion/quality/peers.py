"""A creator's points beside those of others in the same subject: the middle half of them, and how many stand below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

LEAST = 10
"""Creators below which their quartiles say nothing."""


@dataclass(frozen=True)
class Peers:
    """`below`: part of the others with fewer points, equal ones counted half (0-1). `low`, `middle`, `high`: quartiles of the others."""

    below: float
    low: float
    middle: float
    high: float
    n: int


def peers(points: float | None, others: Sequence[float]) -> Peers | None:
    """None where the creator has no points or there are fewer than LEAST others.

    >>> peers(60, list(range(0, 100, 10))).below
    0.65
    >>> peers(60, [50.0] * 9), peers(None, [50.0] * 20)
    (None, None)
    """
    if points is None or len(others) < LEAST:
        return None
    low, middle, high = quantiles(others, n=4)
    below = (sum(other < points for other in others) + sum(other <= points for other in others)) / 2 / len(others)
    return Peers(below, low, middle, high, len(others))
