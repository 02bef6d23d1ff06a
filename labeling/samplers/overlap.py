"""Overlap: a comment that somebody else has answered, to see whether people agree.

The annotator cannot tell it from any other: nothing shows that it was answered, nor how. Some are plain second opinions, as many
as the task asks for in each stratum; the others are comments that people read differently, asked again until they agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from companion.intent.prediction import HIGH_GRADE
from labeling.samplers.candidate import Candidate, Draw, Scored, draws
from labeling.samplers.sorters import Sorter, in_proportion

NAME = "overlap"

NEAR = 1
"""Grades this far apart agree, if both are low or both high."""

Grades = Mapping[str, Sequence[float]]
"""By item: the grades that stand, one a person. Who skipped it has none."""


@dataclass(frozen=True)
class OverlapRule:
    """How many second opinions a task wants.

    Attributes:
        rate: share of labelled comments that two people or more should answer, 0-1.
        rates: the same for single strata, where it differs.
        most_people: asked about one comment at most; what they still disagree on goes to adjudication.

    Raises:
        ValueError: naming the value that does not work.
    """

    rate: float = 0.1
    rates: Mapping[str, float] = field(default_factory=dict)
    most_people: int = 4

    def __post_init__(self) -> None:
        for name, rate in [("", self.rate), *self.rates.items()]:
            if not 0 <= rate <= 1:
                raise ValueError(f"overlap {rate} of {name or 'the task'} must lie between 0 (nothing twice) and 1 (everything twice)")
        if self.most_people < 2:
            raise ValueError(f"at most {self.most_people} people a comment leaves no overlap; allow 2 or more")

    def of(self, stratum: str) -> float:
        """The rate of a stratum."""
        return self.rates.get(stratum, self.rate)


@dataclass(frozen=True)
class Wanted:
    """What overlap could serve now: `disputed` comes first, `second` fills up to `lacking` of them."""

    disputed: list[Scored]
    second: list[Scored]
    lacking: int

    @property
    def room(self) -> int:
        """How many comments that is."""
        return len(self.disputed) + min(self.lacking, len(self.second))

    @property
    def candidates(self) -> list[Candidate]:
        """All of them, each once."""
        return [scored.candidate for scored in (*self.disputed, *self.second)]

    def among(self, pool: Iterable[Candidate]) -> Wanted:
        """The same, without what is not in the pool."""
        ids = {one.id for one in pool}
        disputed, second = ([one for one in part if one.candidate.id in ids] for part in (self.disputed, self.second))
        return Wanted(disputed, second, self.lacking)


def agreed(grades: Sequence[float]) -> bool:
    """Whether two people or more, and over half of all, lie within `NEAR` of each other on one side of 7."""
    most = max((sum(_near(one, other) for other in grades) for one in grades), default=0)
    return most >= 2 and most > len(grades) / 2


def disputed(grades: Sequence[float]) -> bool:
    """Whether people have graded it and do not agree."""
    return len(grades) >= 2 and not agreed(grades)


def wanted(labelled: Iterable[Candidate], annotator: str, grades: Grades, rule: OverlapRule) -> Wanted:
    """What this person can be asked, of all labelled comments of the task (their own too: they count towards the rate).

    A disputed one scores by the distance of its grades, a second opinion by how far its stratum is from its rate.
    """
    known = list(labelled)
    total = Counter(one.stratum for one in known)
    twice = Counter(one.stratum for one in known if len(one.labelled_by) > 1)
    open_to = [one for one in known if annotator not in one.labelled_by and len(one.labelled_by) < rule.most_people]
    single = Counter(one.stratum for one in open_to if len(one.labelled_by) == 1)
    lacks = {name: min(single[name], max(0, _whole(rule.of(name) * total[name]) - twice[name])) for name in single}
    return Wanted(
        disputed=list(_disputed(open_to, grades)),
        second=[Scored(one, lacks[one.stratum] / single[one.stratum]) for one in open_to if _waits(one, lacks)],
        lacking=sum(lacks.values()),
    )


def draw(found: Wanted, n: int, rng: np.random.Generator, sorter: Sorter = in_proportion) -> list[Draw]:
    """Up to n: disputed comments first, the furthest apart preferred; then second opinions, spread over strata by what they lack."""
    first = draws(NAME, sorter(found.disputed, n, rng))
    return first + draws(NAME, sorter(found.second, min(found.lacking, n - len(first)), rng))


def _disputed(open_to: Iterable[Candidate], grades: Grades) -> Iterator[Scored]:
    for one in open_to:
        given = grades.get(one.id, ())
        if disputed(given):
            yield Scored(one, max(given) - min(given))


def _waits(one: Candidate, lacks: Mapping[str, int]) -> bool:
    return len(one.labelled_by) == 1 and lacks[one.stratum] > 0


def _near(one: float, other: float) -> bool:
    """`other` is at `one` or up to `NEAR` above it, on the same side of the line."""
    return one <= other <= one + NEAR and (one >= HIGH_GRADE) == (other >= HIGH_GRADE)


def _whole(number: float) -> int:
    return int(number + 1 - 1e-9)
