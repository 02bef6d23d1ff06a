"""A measure with its 95 % range, from drawing the items again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from labeling.agreement.ballots import Ballots, Bools, Floats, ballots_of
from labeling.agreement.figure import Figure, undefined
from labeling.votes import Vote

SAMPLES = 500
"""Drawings: the ends of the range then move by about a tenth of its width from seed to seed."""

MIN_ITEMS = 10
"""Items below which a range from drawing again says more about the drawing than about the people."""

MIN_DEFINED = 0.5
"""Share of the drawings in which the measure has to be defined for a range to be told."""

_CELLS = 4_000_000
"""Weights held in memory at once, 32 MB."""


class Statistic(Protocol):
    """A measure that can be read from any weighting of the items."""

    @property
    def categories(self) -> Sequence[float] | None:
        """All values that can be voted for; None takes those that were."""

    def counts(self, ballots: Ballots) -> Bools:
        """[kinds]: which items the measure reads."""

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s]: the measure for weights [s, kinds], how often each kind of item counts; NaN where undefined."""

    def undefined(self, ballots: Ballots) -> str:
        """Why the measure has no value, for ballots on which it has none."""


def bootstrap(votes: Iterable[Vote], statistic: Statistic, samples: int = SAMPLES, seed: int = 0) -> Figure:
    """The measure with its 95 % range (see `measure`).

    Args:
        votes: in any order.
        statistic: `Alpha`, `Kappa`, `AC1`, `PairMean` or `Bias`.
        samples: drawings; 0 gives the value without a range.
        seed: the same seed and votes give the same range.
    """
    return measure(ballots_of(votes, statistic.categories), statistic, samples, seed)


def measure(ballots: Ballots, statistic: Statistic, samples: int = SAMPLES, seed: int = 0) -> Figure:
    """The measure with the 2.5th and 97.5th percentile of `samples` drawings of as many items with replacement.

    Items are drawn, not votes, because votes on one item depend on each other. Drawings in which the measure is undefined
    are left out; the range is widened to the value where it would not hold it. Where all agree on everything the range is
    a point, however few the items.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile interval).
    """
    taken = ballots.only(statistic.counts(ballots)) if ballots.people else ballots
    n = int(taken.times[taken.shared].sum())
    value = float("nan") if n == 0 else float(statistic.values(taken, taken.times[None].astype(np.float64))[0])
    if np.isnan(value):
        return undefined(statistic.undefined(ballots), n)
    if samples <= 0:
        return Figure(value, n=n)
    if n < MIN_ITEMS:
        return Figure(value, n=n, why=f"Answered by two people: {n}. It takes {MIN_ITEMS} to tell how sure this number is.")
    drawn = _drawn(taken, statistic, samples, seed)
    drawn = drawn[~np.isnan(drawn)]
    if len(drawn) < MIN_DEFINED * samples:
        return Figure(value, n=n, why="The answers hardly ever differ, so it cannot be told how sure this number is.")
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(value, min(float(low), value), max(float(high), value), n)


def _drawn(taken: Ballots, statistic: Statistic, samples: int, seed: int) -> Floats:
    chance = np.random.default_rng(seed)
    items = int(taken.times.sum())
    step = max(1, _CELLS // len(taken.times))
    parts = [
        statistic.values(taken, chance.multinomial(items, taken.times / items, size=min(step, samples - done)).astype(np.float64))
        for done in range(0, samples, step)
    ]
    return np.concatenate(parts)
