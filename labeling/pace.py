"""How fast somebody labels, and how long the rest will take. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

PAUSE_MS = 2 * 60 * 1000
"""A longer time between two answers is a pause, not slow work."""

FEWEST = 5
"""Answers from which on a rate says something."""


def per_minute(times: Sequence[int]) -> float | None:
    """Answers a minute of work, from when each was given (ms UTC, oldest first); None before there are enough.

    >>> per_minute([0, 4000, 8000, 12000, 16000])
    15.0
    """
    steps = [later - earlier for earlier, later in pairwise(times) if 0 <= later - earlier <= PAUSE_MS]
    spent = sum(steps)
    return round(len(steps) * 60_000 / spent, 1) if len(steps) >= FEWEST - 1 and spent else None


def minutes_left(left: int, rate: float | None) -> int | None:
    """Whole minutes that the rest takes at this rate; None where nobody knows.

    >>> minutes_left(90, 15.0), minutes_left(90, None)
    (6, None)
    """
    return max(1, round(left / rate)) if rate and left else None
