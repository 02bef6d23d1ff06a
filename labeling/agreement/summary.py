"""All measures at once: for everything, for each language, for each sampler, and for each pair of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from companion.intent.prediction import GRADES, HIGH_GRADE
from labeling.agreement.ac1 import AC1
from labeling.agreement.alpha import Alpha
from labeling.agreement.ballots import Ballots, ballots_of
from labeling.agreement.bootstrap import SAMPLES, Statistic, measure
from labeling.agreement.distance import Bias, PairMean
from labeling.agreement.figure import Figure, undefined
from labeling.agreement.kappa import Kappa
from labeling.votes import Vote, binary

EVERYTHING = "everything"


@dataclass(frozen=True)
class Scale:
    """What can be voted for, and from which value on a vote is high (None where the question has no such side)."""

    categories: Sequence[float]
    cut: float | None = None


GRADE = Scale(GRADES, HIGH_GRADE)
QUALITY = Scale((0, 1, 2))
NO_SIDES = "This question has no high and low side."
SIDES = (0.0, 1.0)


@dataclass(frozen=True)
class Summary:
    """Agreement within one part of the items.

    Attributes:
        by: what the items were parted by ("language", "sampler"); EVERYTHING for all of them.
        stratum: the part's name ("de", "random"); "" for all.
        items, shared, people: how many were answered, answered by two people or more, and who answered.
        same, within_one: share of pairs with equal answers, at most one grade apart; 0-1.
        distance: mean |difference| in grades.
        binary_...: of low and high (grade 7 or more) alone.
        bias: each person's signed leaning in grades.
    """

    by: str
    stratum: str
    items: int
    shared: int
    people: int
    same: Figure
    within_one: Figure
    distance: Figure
    binary_same: Figure
    binary_kappa: Figure
    binary_ac1: Figure
    binary_alpha: Figure
    quadratic_kappa: Figure
    nominal_alpha: Figure
    ordinal_alpha: Figure
    interval_alpha: Figure
    bias: Mapping[str, Figure]


@dataclass(frozen=True)
class Pair:
    """Agreement of two people: `same`, `within_one` 0-1, `distance` and `bias` (first minus second) in grades."""

    one: str
    other: str
    same: Figure
    within_one: Figure
    distance: Figure
    bias: Figure
    binary_kappa: Figure
    quadratic_kappa: Figure


def summary(
    votes: Sequence[Vote],
    strata: Mapping[str, Mapping[str, str]] | None = None,
    scale: Scale = GRADE,
    samples: int = SAMPLES,
    seed: int = 0,
) -> list[Summary]:
    """Agreement on everything, then within each stratum, strata in the given order and their parts by name.

    Args:
        votes: in any order.
        strata: what to part the items by: {"language": {item: "de"}, "sampler": {item: "random"}}; an item without an
            entry is in none of that stratum's parts.
        scale: what was asked for: GRADE (1-10) or QUALITY (0-2, of videos).
        samples: drawings for each range; 0 leaves the ranges out.
        seed: of the drawings.

    Raises:
        ValueError: a vote is for none of the categories.
    """
    parts: list[tuple[str, str, Sequence[Vote]]] = [(EVERYTHING, "", votes)]
    for by, of in (strata or {}).items():
        within: defaultdict[str, list[Vote]] = defaultdict(list)
        for vote in votes:
            if vote.item in of:
                within[of[vote.item]].append(vote)
        parts += [(by, name, within[name]) for name in sorted(within)]
    return [_summary((by, name), part, scale, samples, seed) for by, name, part in parts]


def _summary(where: tuple[str, str], votes: Sequence[Vote], scale: Scale, samples: int, seed: int) -> Summary:
    ballots, sides = ballots_of(votes, scale.categories), _sides(votes, scale)

    def of(statistic: Statistic) -> Figure:
        return measure(ballots, statistic, samples, seed)

    def of_sides(statistic: Statistic) -> Figure:
        return measure(sides, statistic, samples, seed) if sides is not None else undefined(NO_SIDES)

    return Summary(
        by=where[0],
        stratum=where[1],
        items=int(ballots.times.sum()),
        shared=int(ballots.times[ballots.shared].sum()),
        people=len(ballots.people),
        same=of(PairMean(0)),
        within_one=of(PairMean(1)),
        distance=of(PairMean()),
        binary_same=of_sides(PairMean(0)),
        binary_kappa=of_sides(Kappa("plain")),
        binary_ac1=of_sides(AC1()),
        binary_alpha=of_sides(Alpha("nominal")),
        quadratic_kappa=of(Kappa("quadratic")),
        nominal_alpha=of(Alpha("nominal")),
        ordinal_alpha=of(Alpha("ordinal")),
        interval_alpha=of(Alpha("interval")),
        bias={name: of(Bias(name)) for name in ballots.people},
    )


def pair_matrix(votes: Iterable[Vote], scale: Scale = GRADE, samples: int = 0, seed: int = 0) -> list[Pair]:
    """Every two people, by name, on the items that both answered; without ranges unless `samples` asks for them."""
    said: defaultdict[str, dict[str, Vote]] = defaultdict(dict)
    for vote in votes:
        said[vote.annotator][vote.item] = vote
    return [_pair((one, other), said, scale, samples, seed) for one, other in combinations(sorted(said), 2)]


def _pair(names: tuple[str, str], said: Mapping[str, Mapping[str, Vote]], scale: Scale, samples: int, seed: int) -> Pair:
    one, other = names
    both = [said[name][item] for item in said[one].keys() & said[other].keys() for name in names]
    if not both:
        none = undefined(f"{one} and {other} have answered no item in common.")
        return Pair(one, other, none, none, none, none, none, none)
    ballots, sides = ballots_of(both, scale.categories), _sides(both, scale)

    def of(statistic: Statistic) -> Figure:
        return measure(ballots, statistic, samples, seed)

    return Pair(
        one=one,
        other=other,
        same=of(PairMean(0)),
        within_one=of(PairMean(1)),
        distance=of(PairMean()),
        bias=of(Bias(one)),
        binary_kappa=measure(sides, Kappa("plain"), samples, seed) if sides is not None else undefined(NO_SIDES),
        quadratic_kappa=of(Kappa("quadratic")),
    )


def _sides(votes: Iterable[Vote], scale: Scale) -> Ballots | None:
    return ballots_of(binary(votes, scale.cut), SIDES) if scale.cut is not None else None
