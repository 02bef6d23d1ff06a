"""What an adjudicator should look at: items on which people said things that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from companion.intent.prediction import HIGH_GRADE
from labeling.votes import Answer, last_answers

FAR_APART = 3
"""Grades between the lowest and the highest from which on people did not read the same comment the same way."""

FACTS = frozenset({"spam", "creator"})
"""Flags about the comment. "unsure" and "skip" are about the person who answers: two people may differ there and both be right."""

FLAG_DISTANCE = FAR_APART
"""What a dispute about a fact counts as, in grades: it decides whether the comment is trained on at all."""

LEAST_UNCERTAINTY = 0.05
"""A model that is sure of itself makes a conflict less urgent, never invisible."""

Reason = Literal["grades far apart", "high against low", "flags differ"]


@dataclass(frozen=True)
class Conflict:
    """One item to settle.

    Attributes:
        reasons: why it is here.
        distance: highest minus lowest grade; FLAG_DISTANCE at least where flags differ.
        uncertainty: the model's, 0-1.
        priority: distance x uncertainty; the queue goes by it, highest first.
        flags: the facts that somebody saw and somebody else did not.
        answers: everybody's last answer, oldest first.
    """

    item: str
    reasons: tuple[Reason, ...]
    distance: float
    uncertainty: float
    priority: float
    flags: frozenset[str]
    answers: tuple[Answer, ...]


def conflicts(answers: Iterable[Answer], uncertainty: Mapping[str, float], settled: Collection[str] = ()) -> list[Conflict]:
    """The adjudication queue: highest distance x model uncertainty first, then distance, then answers, then item id.

    Args:
        answers: of annotators, without adjudications; everybody's last on an item counts, a skipped one does not.
        uncertainty: the model's for each item, 0-1 (see `model_uncertainty`); an item without counts as 1.
        settled: items that have been adjudicated.
    """
    of: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in last_answers(answers):
        if "skip" not in answer.flags and answer.item not in settled:
            of[answer.item].append(answer)
    found = [_conflict(item, said, uncertainty.get(item, 1.0)) for item, said in of.items() if len(said) >= 2]
    return sorted((x for x in found if x.reasons), key=lambda x: (-x.priority, -x.distance, -len(x.answers), x.item))


def model_uncertainty(p_high: float, interval: tuple[float, float]) -> float:
    """How little the model knows about an item, 0-1: the mean of 4 p (1 - p), which is 1 where high and low are even, and width / 9.

    Args:
        p_high: the model's probability of a high grade, 0-1.
        interval: the lower and upper grade between which it expects the grade.
    """
    low, high = interval
    return (4 * p_high * (1 - p_high) + min(1.0, max(0.0, (high - low) / 9))) / 2


def _conflict(item: str, said: Sequence[Answer], uncertainty: float) -> Conflict:
    grades = [answer.grade for answer in said if answer.grade is not None]
    spread = max(grades) - min(grades) if grades else 0
    flags = frozenset.union(*(x.flags for x in said)) - frozenset.intersection(*(x.flags for x in said))
    facts = flags & FACTS
    reasons: list[Reason] = []
    if spread >= FAR_APART:
        reasons.append("grades far apart")
    if grades and min(grades) < HIGH_GRADE <= max(grades):
        reasons.append("high against low")
    if facts:
        reasons.append("flags differ")
    distance = float(max(spread, FLAG_DISTANCE if facts else 0))
    known = min(1.0, max(LEAST_UNCERTAINTY, uncertainty))
    return Conflict(item, tuple(reasons), distance, known, distance * known, facts, tuple(said))
