"""Plain tips from the parts of a creator's or video's score, the weakest first, each with the number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from companion.quality.score import Score

USUAL = 50.0
"""Points below which a part is worth a tip."""


@dataclass(frozen=True)
class Tip:
    """`part` of the score that it is about, its points, and what to do."""

    part: str
    points: float
    text: str


_WORDS = {
    "deviation": "Videos reach less than those of comparable creators: look at what your videos above expectation have in common",
    "sentiment": "Comments feel worse than usual: read the negative ones first and answer what can be answered",
    "share value": "Viewers like but do not pass on: give a reason to send it to somebody (a list, a find, a price)",
    "engagement": "Few top comments have an answer from the creator: reply to more of them, and to different people",
}


def tips(score: Score, *, top_comments: int | None = None, answered: int | None = None) -> list[Tip]:
    """Tips for the parts below usual, weakest first; none for parts that are not known.

    `answered` of `top_comments` have an answer: with them the tip says how many more are due.
    """
    weak = sorted(
        ((part.component.points, part.component.name) for part in score.parts if part.component.points is not None), key=lambda one: one
    )
    return [Tip(name, points, _text(name, points, top_comments, answered)) for points, name in weak if points < USUAL]


def _text(name: str, points: float, top_comments: int | None, answered: int | None) -> str:
    if name == "engagement" and top_comments and answered is not None:
        due = min(top_comments, ceil(sqrt(top_comments))) - answered
        if due > 0:
            return f"Reply to {due:,} more of your {top_comments:,} top comments ({answered:,} have an answer)"
    return f"{_WORDS.get(name, name)} ({points:.0f} of 100, usual 50)"


def weakest(scores: Sequence[Score]) -> str:
    """The part with the fewest points on average over scores; "" where no part is known."""
    found: dict[str, list[float]] = {}
    for score in scores:
        for part in score.parts:
            if part.component.points is not None:
                found.setdefault(part.component.name, []).append(part.component.points)
    return min(found, key=lambda name: (sum(found[name]) / len(found[name]), name), default="")
