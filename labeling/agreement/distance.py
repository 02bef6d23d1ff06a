"""How far apart people are, in grades: between people, of one person against the others, and of one person against before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from companion.intent.prediction import HIGH_GRADE
from labeling.agreement.ballots import NO_VOTE, Ballots, Bools, Floats, ballots_of
from labeling.agreement.bootstrap import SAMPLES, bootstrap, measure
from labeling.agreement.figure import Figure, share
from labeling.votes import Repeat, Vote


@dataclass(frozen=True)
class PairMean:
    """Mean over items of the mean over the pairs of votes on it, as a statistic for `bootstrap`.

    Of the |difference| in grades (>= 0), or with `within` of whether the difference is at most that (0-1).
    """

    within: float | None = None
    categories: Sequence[float] | None = None

    def counts(self, ballots: Ballots) -> Bools:
        """Items with a pair of votes."""
        return ballots.shared

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s]: the weighted mean."""
        counts, size = ballots.counts, ballots.size
        between = ballots.distances if self.within is None else (ballots.distances <= self.within).astype(np.float64)
        with_itself = counts @ np.diag(between)
        each = (((counts @ between) * counts).sum(1) - with_itself) / np.maximum(size * (size - 1), 1)
        mean: Floats = (weights @ each) / np.maximum(weights.sum(1), 1)
        return mean

    def undefined(self, ballots: Ballots) -> str:
        """Nothing to compare."""
        return ballots.nothing_to_compare()


@dataclass(frozen=True)
class Bias:
    """One person's grades against the others', as a statistic for `bootstrap`; see `bias`."""

    annotator: str
    categories: Sequence[float] | None = None

    def counts(self, ballots: Ballots) -> Bools:
        """Items that this person and somebody else answered."""
        if self.annotator not in ballots.people:
            return np.zeros(len(ballots.times), np.bool_)
        compared: Bools = ballots.shared & (ballots.codes[:, ballots.people.index(self.annotator)] != NO_VOTE)
        return compared

    def values(self, ballots: Ballots, weights: Floats) -> Floats:
        """[s]: mean of own grade - mean of the others' grades."""
        own = ballots.categories[ballots.codes[:, ballots.people.index(self.annotator)]]
        others = (ballots.counts @ ballots.categories - own) / np.maximum(ballots.size - 1, 1)
        mean: Floats = (weights @ (own - others)) / np.maximum(weights.sum(1), 1)
        return mean

    def undefined(self, ballots: Ballots) -> str:
        """Nothing to compare, of anybody or of this person."""
        return ballots.nothing_to_compare() or "Nobody else has answered any item that this person answered."


@dataclass(frozen=True)
class SelfAgreement:
    """How one person agrees with themself on items seen twice.

    Attributes:
        same: share of equal answers, 0-1.
        within_one: share at most one grade apart, 0-1.
        same_side: share on the same side of grade 7, 0-1.
        distance: mean |difference| in grades, >= 0.
    """

    same: Figure
    within_one: Figure
    same_side: Figure
    distance: Figure


def mean_absolute_difference(votes: Iterable[Vote]) -> Figure:
    """Mean |difference| in grades of two people on the same item, from 0 (always equal) to the length of the scale.

    The mean over items with two votes or more of the mean |a - b| over the item's pairs of votes: each item counts once.
    `bootstrap(votes, PairMean())` gives its range.
    """
    return bootstrap(votes, PairMean(), samples=0)


def bias(votes: Iterable[Vote], samples: int = SAMPLES, seed: int = 0) -> dict[str, Figure]:
    """Each person's signed leaning, in grades: above 0 grades higher than the others do on the same items.

    The mean over the items shared with anybody of own grade - mean of the others' grades; n is the number of such items.
    With two people the two are each other's negative: neither says who is right.
    """
    ballots = ballots_of(votes)
    return {name: measure(ballots, Bias(name), samples, seed) for name in ballots.people}


def self_agreement(repeats: Iterable[Repeat], samples: int = SAMPLES, seed: int = 0) -> dict[str, SelfAgreement]:
    """How everybody with repeats agrees with themself; shares have Wilson's 95 % range, the distance a drawn one.

    One repeat counts once; the last where the same item was repeated more often.
    """
    of: defaultdict[str, dict[str, Repeat]] = defaultdict(dict)
    for repeat in repeats:
        of[repeat.annotator][repeat.item] = repeat
    return {name: _self_agreement(list(said.values()), samples, seed) for name, said in sorted(of.items())}


def _self_agreement(said: Sequence[Repeat], samples: int, seed: int) -> SelfAgreement:
    gap = [abs(repeat.first - repeat.second) for repeat in said]
    flips = sum((repeat.first >= HIGH_GRADE) != (repeat.second >= HIGH_GRADE) for repeat in said)
    twice = [Vote(repeat.item, when, value) for repeat in said for when, value in (("first", repeat.first), ("second", repeat.second))]
    never = "This person has judged nothing twice."
    return SelfAgreement(
        same=share(sum(x == 0 for x in gap), len(gap), never),
        within_one=share(sum(x <= 1 for x in gap), len(gap), never),
        same_side=share(len(gap) - flips, len(gap), never),
        distance=bootstrap(twice, PairMean(), samples, seed),
    )
