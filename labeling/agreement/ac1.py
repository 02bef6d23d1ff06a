"""Gwet's AC1: agreement beyond chance that stays readable where nearly all answers are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from labeling.agreement.ballots import Ballots, Bools, Floats
from labeling.agreement.bootstrap import bootstrap
from labeling.agreement.figure import Figure
from labeling.votes import Vote


@dataclass(frozen=True)
class AC1:
    """Gwet's AC1 as a statistic for `bootstrap`; see `gwet_ac1`."""

    categories: Sequence[float] | None = None

    def counts(self, ballots: Ballots) -> Bools:
        """All items: a lone vote tells nothing about agreement but something about how common an answer is."""
        return np.ones(len(ballots.times), np.bool_)

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s]: (p_a - p_e) / (1 - p_e)."""
        counts, size = ballots.counts, ballots.size
        k = len(ballots.categories)
        if k < 2:
            return np.full(len(weights), np.nan)
        pairs = (counts * (counts - 1)).sum(1) / np.maximum(size * (size - 1), 1)
        shared = weights @ ballots.shared.astype(np.float64)
        agreed = weights @ np.where(ballots.shared, pairs, 0) / np.maximum(shared, 1)
        common = weights @ (counts / size[:, None]) / weights.sum(1)[:, None]
        chance = (common * (1 - common)).sum(1) / (k - 1)
        return np.where(shared > 0, (agreed - chance) / (1 - chance), np.nan)

    def undefined(self, ballots: Ballots) -> str:
        """Nothing to compare, or a single category."""
        return ballots.nothing_to_compare() or "Only one answer was ever given here, so this measure has no value."


def gwet_ac1(votes: Iterable[Vote], categories: Sequence[float] | None = None) -> Figure:
    """Gwet's AC1 of any number of people; at most 1, 0 is what chance gives.

    AC1 = (p_a - p_e) / (1 - p_e). p_a is the mean over items with r >= 2 votes of sum_k r_k (r_k - 1) / (r (r - 1));
    p_e = sum_k pi_k (1 - pi_k) / (q - 1), where pi_k is the mean over all items of r_k / r and q the number of categories.
    Unlike kappa it does not collapse when one answer is rare.
    Source: Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008) 29-48; missing votes: Handbook of
    Inter-Rater Reliability (4th edition 2014), chapter 2.

    Args:
        votes: of any number of people.
        categories: all values that can be voted for; their number matters. None takes those that were voted for.

    Returns:
        The value without a range (`bootstrap(votes, AC1(categories))` gives one).
    """
    return bootstrap(votes, AC1(categories), samples=0)
