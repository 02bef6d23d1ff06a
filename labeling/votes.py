"""What people said, as plain data: votes to compare, answers as they were given, repeats of one person."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from companion.intent.prediction import HIGH_GRADE


@dataclass(frozen=True)
class Vote:
    """What one person says of one item.

    Attributes:
        item: id of the comment or video.
        annotator: who says it.
        value: grade 1-10, or the index of a category.

    Raises:
        ValueError: the value is no finite number.
    """

    item: str
    annotator: str
    value: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"the vote of {self.annotator} on {self.item} is {self.value}; leave out votes that were not given")


@dataclass(frozen=True)
class Answer:
    """One answer as it was given, with what is known about the moment.

    Attributes:
        grade: 1-10; None where the question was left out or the comment skipped.
        at: when, UTC milliseconds.
        spent_ms: milliseconds from the comment on screen to the answer; None where not measured.
        flags: of "spam", "creator", "unsure", "skip".
        text: what was judged.
        suggested: the model's grade at that moment, whether or not it was shown; None without a model.
        suggestion_shown: whether the person saw it before answering.
    """

    item: str
    annotator: str
    grade: int | None
    at: int = 0
    spent_ms: int | None = None
    flags: frozenset[str] = frozenset()
    text: str = ""
    suggested: float | None = None
    suggestion_shown: bool = False


@dataclass(frozen=True)
class Repeat:
    """The same item judged twice by the same person, blind to the first time."""

    item: str
    annotator: str
    first: float
    second: float


def last_answers(answers: Iterable[Answer]) -> list[Answer]:
    """The last answer of everybody on each item, by time and then by place in the sequence; oldest first."""
    ordered = sorted(answers, key=lambda answer: answer.at)  # stable, so the place decides between equal times
    return sorted({(answer.item, answer.annotator): answer for answer in ordered}.values(), key=lambda answer: answer.at)


def votes_of(answers: Iterable[Answer]) -> list[Vote]:
    """The grades as votes, one (the last) for each person and item; an answer without a grade is no vote."""
    return [Vote(answer.item, answer.annotator, float(answer.grade)) for answer in last_answers(answers) if answer.grade is not None]


def binary(votes: Iterable[Vote], cut: float = HIGH_GRADE) -> list[Vote]:
    """The same votes as low (0) or high (1): high from grade `cut` on."""
    return [replace(vote, value=float(vote.value >= cut)) for vote in votes]
