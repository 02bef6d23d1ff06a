"""Cohen's kappa, plain and quadratic-weighted: agreement of two people beyond what their own habits would give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from labeling.agreement.ballots import NO_VARIETY, NO_VOTE, Ballots, Bools, Floats
from labeling.agreement.bootstrap import bootstrap
from labeling.agreement.figure import Figure
from labeling.votes import Vote

Weighting = Literal["plain", "quadratic"]


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa as a statistic for `bootstrap`; see `cohen_kappa` and `quadratic_kappa`."""

    weighting: Weighting
    categories: Sequence[float] | None = None

    def counts(self, ballots: Ballots) -> Bools:
        """Items that two people have in common."""
        return ballots.shared

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s]: 1 - disagreement seen / disagreement expected, each summed over the pairs of people."""
        k = len(ballots.categories)
        cost = (ballots.distances > 0).astype(np.float64) if self.weighting == "plain" else np.square(ballots.distances)
        seen, expected = np.zeros(len(weights)), np.zeros(len(weights))
        for one, other in combinations(ballots.codes.T, 2):
            both = (one != NO_VOTE) & (other != NO_VOTE)
            if not both.any():
                continue
            cell = np.eye(k * k)[one[both] * k + other[both]]
            table = (weights[:, both] @ cell).reshape(-1, k, k)
            n = np.maximum(table.sum((1, 2)), 1)
            seen += (table * cost).sum((1, 2))
            expected += (table.sum(2)[:, :, None] * table.sum(1)[:, None, :] * cost).sum((1, 2)) / n
        defined = expected > 0
        return np.where(defined, 1 - seen / np.where(defined, expected, 1), np.nan)

    def undefined(self, ballots: Ballots) -> str:
        """Nothing to compare, or no variety."""
        return ballots.nothing_to_compare() or NO_VARIETY


def cohen_kappa(votes: Iterable[Vote], categories: Sequence[float] | None = None) -> Figure:
    """Cohen's kappa of two people on the items that both answered; from -1 to 1, 0 is what chance gives.

    kappa = (p_o - p_e) / (1 - p_e): p_o is the share of equal answers, p_e = sum_k p1_k p2_k the share expected if both kept
    their own habits p1, p2 and looked at nothing.
    With more than two people, numerator and denominator are summed over all pairs, weighted by the items they have in common
    (pooled kappa), which two people leave unchanged.
    Source: Cohen, Educational and Psychological Measurement 20 (1960) 37-46; pooled: De Vries, Elliott, Kanouse and Teleki,
    Field Methods 20 (2008) 272-282.

    Returns:
        The value without a range (`bootstrap(votes, Kappa("plain"))` gives one); undefined where both always say the same one thing.
    """
    return bootstrap(votes, Kappa("plain", categories), samples=0)


def quadratic_kappa(votes: Iterable[Vote], categories: Sequence[float] | None = None) -> Figure:
    """Cohen's kappa with a disagreement of d grades costing d^2; from -1 to 1, 0 is what chance gives.

    kappa_w = 1 - sum_ij v_ij o_ij / sum_ij v_ij e_ij, v_ij = (value_i - value_j)^2; o_ij is the share of items that the first
    person gave i and the second j, e_ij = p1_i p2_j. It is forgiving about neighbours and harsh about distance, and high
    wherever the scale is used from end to end. More than two people: pooled as in `cohen_kappa`.
    Source: Cohen, Psychological Bulletin 70 (1968) 213-220; Fleiss and Cohen, Educational and Psychological Measurement 33 (1973) 613-619.
    """
    return bootstrap(votes, Kappa("quadratic", categories), samples=0)
