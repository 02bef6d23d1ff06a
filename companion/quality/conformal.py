"""Intervals that hold a stated share of what really happened, whatever the model: split conformal prediction.

Residuals of videos whose creators the model had not seen are sorted within three groups of creators by followers (Mondrian conformal;
Vovk 2005); the interval of a video adds the group's lower and upper quantiles to its expectation. Small creators scatter more, so one
width for all would hold too few of theirs. Where a scatter is given (see `scatter`), the quantiles are those of missed / scatter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.posts import Floats

COVERAGE = 0.9
GROUPS = 3
LEAST = 30
"""Residuals that a group needs for quantiles of its own; below, those of all together count."""


@dataclass(frozen=True)
class Intervals:
    """`edges` divide ln followers into groups; `low` and `high` have a row a group and a column a target; NaN where too few were known."""

    edges: Floats
    low: Floats
    high: Floats

    @classmethod
    def fit(cls, residuals: Floats, ln_followers: Floats, edges: Floats | None = None) -> Intervals:
        """From residuals (known - expected, divided by their scatter; NaN where not known) of videos that the model did not learn from.

        `edges` are thirds of these followers unless given.
        """
        if edges is None:
            known = ln_followers[np.isfinite(ln_followers)]
            edges = np.quantile(known, np.arange(1, GROUPS) / GROUPS) if len(known) else np.zeros(GROUPS - 1)
        low, high = np.full((GROUPS, residuals.shape[1]), np.nan), np.full((GROUPS, residuals.shape[1]), np.nan)
        groups = _groups(edges, ln_followers)
        for column, values in enumerate(residuals.T):
            for group in range(GROUPS):
                of_group = values[(groups == group) & np.isfinite(values)]
                chosen = of_group if len(of_group) >= LEAST else values[np.isfinite(values)]
                if len(chosen) >= LEAST:
                    low[group, column], high[group, column] = _bounds(chosen)
        return cls(edges, low, high)

    def around(self, expected: Floats, ln_followers: Floats, scatter: Floats | float = 1.0) -> tuple[Floats, Floats]:
        """Lower and upper end for each expectation; NaN where too few residuals were known. `scatter` as the residuals were divided by."""
        groups = self.groups(ln_followers)
        return expected + self.low[groups] * scatter, expected + self.high[groups] * scatter

    def or_wider(self, other: Intervals) -> Intervals:
        """The farther ends of both, which have the same edges: each was fitted on another way of being new."""
        return Intervals(self.edges, np.fmin(self.low, other.low), np.fmax(self.high, other.high))

    def groups(self, ln_followers: Floats) -> NDArray[np.int64]:
        """0 for the third with the fewest followers to 2; the middle one where followers are not known."""
        return _groups(self.edges, ln_followers)


def _groups(edges: Floats, ln_followers: Floats) -> NDArray[np.int64]:
    return np.where(np.isfinite(ln_followers), np.searchsorted(edges, np.nan_to_num(ln_followers), side="right"), GROUPS // 2)


def _bounds(values: Floats) -> tuple[float, float]:
    """The quantiles at (1 ± COVERAGE) / 2, each one place further out for the video itself that will be new."""
    n = len(values)
    tail = max(0, int(np.floor((n + 1) * (1 - COVERAGE) / 2)) - 1)
    ordered = np.sort(values)
    return float(ordered[tail]), float(ordered[n - 1 - tail])
