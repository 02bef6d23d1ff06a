"""Whether seeing the model's suggestion draws people towards it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.intent.prediction import HIGH_GRADE
from labeling.agreement.figure import Figure, undefined, wilson
from labeling.votes import Answer, last_answers

WITHIN = 1
"""Grades from the suggestion that count as agreeing with it."""


@dataclass(frozen=True)
class Anchoring:
    """Agreement with the model where its suggestion was shown minus where it was not, -1 to 1.

    Attributes:
        within_one: of answers at most one grade from the suggestion.
        same_side: of answers on the suggestion's side of grade 7.
        shown, blind: answers with and without sight of it.
        says: the finding in a sentence.
    """

    within_one: Figure
    same_side: Figure
    shown: int
    blind: int
    says: str


def anchoring(answers: Iterable[Answer]) -> Anchoring:
    """The anchoring effect of assisted tasks; everybody's last answer on an item counts.

    d = h1 / n1 - h2 / n2, with h the agreeing answers among n: 1 shown, 2 kept blind at random. Its 95 % range is
    d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 - l2)^2), with l, u from Wilson's range of each share.
    Answers are taken as independent of each other.
    Source: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.

    Args:
        answers: of assisted tasks only, where chance decided which items stay blind; those without a suggestion do not count.
    """
    shown: list[tuple[int, int]] = []
    blind: list[tuple[int, int]] = []
    for x in last_answers(answers):
        if x.grade is not None and x.suggested is not None:
            (shown if x.suggestion_shown else blind).append((x.grade, round(x.suggested)))
    near = _difference([_near(*x) for x in shown], [_near(*x) for x in blind])
    side = _difference([_same_side(*x) for x in shown], [_same_side(*x) for x in blind])
    return Anchoring(near, side, len(shown), len(blind), _says(near, len(shown), len(blind)))


def _near(grade: int, suggested: int) -> bool:
    return abs(grade - suggested) <= WITHIN


def _same_side(grade: int, suggested: int) -> bool:
    return (grade >= HIGH_GRADE) == (suggested >= HIGH_GRADE)


def _difference(shown: Sequence[bool], blind: Sequence[bool]) -> Figure:
    n = len(shown) + len(blind)
    if not shown:
        return undefined("No answer was given with the suggestion in sight.", n)
    if not blind:
        return undefined("No answer was given without sight of the suggestion, so there is nothing to compare with.", n)
    p1, p2 = sum(shown) / len(shown), sum(blind) / len(blind)
    (l1, u1), (l2, u2) = wilson(sum(shown), len(shown)), wilson(sum(blind), len(blind))
    down, up = math.hypot(p1 - l1, u2 - p2), math.hypot(u1 - p1, p2 - l2)
    return Figure(p1 - p2, max(-1.0, p1 - p2 - down), min(1.0, p1 - p2 + up), n)


def _says(effect: Figure, shown: int, blind: int) -> str:
    if effect.value is None or effect.low is None or effect.high is None:
        return effect.why
    points, low, high = (round(100 * x) for x in (effect.value, effect.low, effect.high))
    how = f"{abs(points)} points {'more' if points > 0 else 'less'}" if points else "just as"
    sure = "" if effect.low > 0 or effect.high < 0 else "; this may be chance"
    many = f"{shown} answers with it in sight, {blind} without"
    return f"People agree with the model {how} often when they see it (between {low:+d} and {high:+d} points; {many}{sure})."
