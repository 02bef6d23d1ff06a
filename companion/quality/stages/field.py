"""What pools usually bring, read off the stored videos: a first pool for so many followers, and how much wider the next ones are.

Most videos never leave their first pool, so the lower part of all videos, among creators with about as many followers, shows what that
brings. In multiples of it videos lie in three heaps (first pool, second pool, wide); a mixture of three normal distributions of the
logarithm is fitted to them (EM, Dempster 1977), with the assumed heaps as a prior. Where few videos are stored the assumed heaps stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from companion.quality.posts import Floats
from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.snapshots import Curve

LEAST = 60
"""Videos below which the assumptions stand in."""
QUANTILE = 0.3
POINTS = 15
NEIGHBOURS, NEIGHBOURS_LEAST = 1 / 8, 20
"""Part of the videos, those nearest by followers, that speak for a number of followers; at least so many."""
SETTLED_HOURS, LATEST_HOURS = 48.0, 720.0
"""Hours after posting between which a reading stands for what the pools brought."""
ROUNDS = 60
GRID: Floats = np.linspace(-3.0, 14.0, 600)
"""ln times at which probabilities are worked out."""
PRIOR_VIDEOS = 10.0
"""Videos' worth that the assumed heaps weigh."""


@dataclass(frozen=True)
class Field:
    """`x`, `y`: ln(1 + followers) and ln(1 + views) of a usual first pool. `middle`, `spread`, `part`: of each heap, over ln times.

    `n` videos say so (0: all is assumed).
    """

    x: Floats
    y: Floats
    middle: Floats
    spread: Floats
    part: Floats
    n: int

    def first_pool(self, followers: int | None) -> float:
        """Views, at least 1. Where followers are not known: those of the middle."""
        at = float(np.median(self.x)) if followers is None or followers < 0 else float(np.log1p(followers))
        return max(1.0, float(np.expm1(np.interp(at, self.x, self.y))))

    def pools(self, times: Floats) -> Floats:
        """How probable each pool is for views of so many times a first pool: a row for each, columns adding up to 1.

        More views never speak less for a wider pool: where the tails of the heaps would say so, they are levelled.
        """
        at = np.log(np.maximum(times, 1e-3))
        second, wide = (np.interp(at, GRID, bar) for bar in self._bars)
        wide = np.minimum(second, wide)
        out: Floats = np.stack([1 - second, second - wide, wide], axis=1)
        return out

    @cached_property
    def _bars(self) -> tuple[Floats, Floats]:
        """The probability of a second pool or wider, and of wide, over GRID."""
        share = _shares(GRID, self.middle, self.spread, self.part)
        beyond = share[:, 1:].sum(axis=1), share[:, 2]
        return _rising(beyond[0], self.middle[0], self.middle[1]), _rising(beyond[1], self.middle[1], self.middle[2])


def assumed_field(assumed: Assumptions = ASSUMED) -> Field:
    """What is assumed where few videos are stored."""
    first = log(1 + (assumed.first_pool[0] * assumed.first_pool[1]) ** 0.5)
    return Field(np.array([0.0]), np.array([first]), *_prior(assumed), 0)


def field_of(curves: Iterable[tuple[Curve, int | None]], assumed: Assumptions = ASSUMED) -> Field:
    """From the curves and followers of many creators' videos; those that were not seen from early on say nothing."""
    known = []
    for curve, followers in curves:
        settled = _settled(curve, assumed)
        if settled is not None and followers is not None and followers >= 0:
            known.append((np.log1p(followers), *settled))
    if len(known) < LEAST:
        return assumed_field(assumed)
    x, early, late = np.array(sorted(known)).T
    points = np.linspace(x[0], x[-1], POINTS)
    near = max(NEIGHBOURS_LEAST, int(len(x) * NEIGHBOURS))
    levels = [np.quantile(early[np.argsort(np.abs(x - point), kind="stable")[:near]], QUANTILE) for point in points]
    y = np.maximum.accumulate(levels)
    return Field(points, y, *_mixture(late - np.interp(x, points, y), assumed), len(known))


def _settled(curve: Curve, assumed: Assumptions) -> tuple[float, float] | None:
    """ln(1 + views) two days after posting, and at the last reading while pools may open."""
    if not len(curve) or not curve.dated or curve.hours[0] > assumed.young_hours:
        return None
    fit = np.flatnonzero((curve.hours >= SETTLED_HOURS) & (curve.hours <= LATEST_HOURS))
    return (float(np.log1p(curve.views[fit[0]])), float(np.log1p(curve.views[fit[-1]]))) if len(fit) else None


def _prior(assumed: Assumptions) -> tuple[Floats, Floats, Floats]:
    return np.log(np.array(assumed.heaps)), np.array(assumed.heap_spreads), np.array(assumed.heap_parts)


def _mixture(z: Floats, assumed: Assumptions) -> tuple[Floats, Floats, Floats]:
    prior_middle, prior_spread, prior_part = middle, spread, part = _prior(assumed)
    for _ in range(ROUNDS):
        share = _shares(z, middle, spread, part)
        n = share.sum(axis=0)
        part = (n + PRIOR_VIDEOS * prior_part) / (len(z) + PRIOR_VIDEOS)
        middle = (share.T @ z + PRIOR_VIDEOS * prior_middle) / (n + PRIOR_VIDEOS)
        scatter = (share * np.square(z[:, None] - middle)).sum(axis=0)
        spread = np.sqrt((scatter + PRIOR_VIDEOS * np.square(prior_spread)) / (n + PRIOR_VIDEOS))
    return middle, spread, part


def _shares(z: Floats, middle: Floats, spread: Floats, part: Floats) -> Floats:
    height = np.log(part) - np.log(spread) - np.square((z[:, None] - middle) / spread) / 2
    height = np.exp(height - height.max(axis=1, keepdims=True))
    out: Floats = height / height.sum(axis=1, keepdims=True)
    return out


def _rising(values: Floats, low: float, high: float) -> Floats:
    """`values` made to rise: 0-wards below `low`, 1-wards above `high`."""
    out = values.copy()
    below, above = low >= GRID, high <= GRID
    out[below] = np.minimum.accumulate(values[below][::-1])[::-1]
    out[above] = np.maximum.accumulate(values[above])
    rising: Floats = np.maximum.accumulate(out)
    return rising
