"""What a detector says of a video: in neutral words, with the numbers behind it, or that there is not enough data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from companion.quality.comment_sentiment import FeltComment

Answer = Literal["yes", "no", "not enough data"]


@dataclass(frozen=True)
class Evidence:
    """A number that was looked at: what it is, its value, and the bar that it was held against."""

    what: str
    value: float
    bar: float
    unit: str = ""


@dataclass(frozen=True)
class Verdict:
    """`name` of the detector, its answer, a sentence for people, the numbers, and how many observations they rest on."""

    name: str
    answer: Answer
    reason: str
    evidence: tuple[Evidence, ...] = ()
    n: int = 0


def thin(name: str, reason: str, n: int = 0) -> Verdict:
    """Too little is known to say anything; `reason` says what is missing."""
    return Verdict(name, "not enough data", f"not enough data: {reason}", (), n)


@dataclass(frozen=True)
class WrittenComment:
    """A comment of the audience: a pseudonym of who wrote it ("" where not known), its text, and when (ms UTC)."""

    author: str
    text: str
    at: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a video.

    `deviations`: signed sigmas above expectation by target (`plays`, `likes_rate`, `comments_rate`, `shares_rate`), from models that did
    not see its creator (`FieldDeviation`); a target that is not known is left out. `share_rank`: part of the category's videos with
    fewer shares for each like (shrunk), 0 to 1. `views_rank`: part with fewer views. `felt`: how its comments feel. `usual_negative`:
    the part of negative comments that is usual.
    """

    plays: int | None = None
    shares: int | None = None
    deviations: dict[str, float] = field(default_factory=dict)
    share_rank: float | None = None
    views_rank: float | None = None
    felt: Sequence[FeltComment] = ()
    usual_negative: float = 0.15
    comments: Sequence[WrittenComment] = ()
    caption: str = ""
    hashtags: Sequence[str] = ()
