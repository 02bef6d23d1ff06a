"""Krippendorff's alpha: agreement of any number of people, with missing votes, on any kind of scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from labeling.agreement.ballots import NO_VARIETY, Ballots, Bools, Floats
from labeling.agreement.bootstrap import bootstrap
from labeling.agreement.figure import Figure
from labeling.votes import Vote

Metric = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha as a statistic for `bootstrap`; see `krippendorff_alpha`."""

    metric: Metric
    categories: Sequence[float] | None = None

    def counts(self, ballots: Ballots) -> Bools:
        """A lone vote cannot agree with anything."""
        return ballots.shared

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s] from coincidence matrices [s, k, k]."""
        k = len(ballots.categories)
        together = (weights @ coincidences(ballots)).reshape(-1, k, k)
        of_each = together.sum(2)
        votes = of_each.sum(1)
        distance = self._distance(ballots, of_each)
        observed = (together * distance).sum((1, 2))
        expected = (of_each[:, :, None] * of_each[:, None, :] * distance).sum((1, 2))
        defined = expected > 0
        return np.where(defined, 1 - (votes - 1) * observed / np.where(defined, expected, 1), np.nan)

    def undefined(self, ballots: Ballots) -> str:
        """Nothing to compare, or no variety."""
        return ballots.nothing_to_compare() or NO_VARIETY

    def _distance(self, ballots: Ballots, of_each: Floats) -> Floats:
        """[1 or s, k, k]: the squared difference delta^2 of two categories."""
        if self.metric == "nominal":
            return (ballots.distances > 0).astype(np.float64)[None]
        if self.metric == "interval":
            return np.square(ballots.distances)[None]
        middle = np.cumsum(of_each, axis=1) - of_each / 2
        return np.square(middle[:, :, None] - middle[:, None, :])


def krippendorff_alpha(votes: Iterable[Vote], metric: Metric = "ordinal", categories: Sequence[float] | None = None) -> Figure:
    """Krippendorff's alpha: 1 is perfect, 0 what chance gives, below 0 disagreement by system; at most 1.

    alpha = 1 - D_o / D_e, with D_o = sum_ck o_ck d_ck / n and D_e = sum_ck n_c n_k d_ck / (n (n - 1)). o_ck, the coincidences,
    sum over items the ordered pairs of votes (c, k) of different people divided by (votes on the item - 1); n_c is the sum of
    row c and n of all. d_ck is nominal 1 for c != k; interval (c - k)^2; ordinal (sum of n_g for g from c to k, minus
    (n_c + n_k) / 2)^2, which asks how many votes lie between two grades instead of how far apart their numbers are.
    On a scale of which one end is hardly used, ordinal alpha is far below interval alpha for the same people: read several.
    Source: Krippendorff, Content Analysis (3rd edition 2013), chapter 12; Computing Krippendorff's Alpha-Reliability (2011).

    Args:
        votes: of any number of people; items with a single vote do not count.
        metric: "nominal", "ordinal" or "interval".
        categories: all values that can be voted for; those nobody chose change nothing.

    Returns:
        The value without a range (`bootstrap(votes, Alpha(metric))` gives one); undefined where answers never differ.
    """
    return bootstrap(votes, Alpha(metric, categories), samples=0)


def coincidences(ballots: Ballots) -> Floats:
    """[kinds, k * k]: what one item of each kind adds to the coincidence matrix; 0 where nobody else voted."""
    counts = ballots.counts
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    scaled = pairs / np.maximum(ballots.size - 1, 1)[:, None, None]
    flat: Floats = scaled.reshape(len(counts), counts.shape[1] ** 2)
    return flat
