"""Comment sentiment: what commenters feel, counted by how many agree with them.

Source: sum of log(1 + likes) · s / sum of log(1 + likes), s from -1 (negative) to 1 (positive). Its faults: a comment without likes,
that is most of them, counts nothing; where no comment has likes it divides by zero; one comment says as much as a thousand.

Mended: weight (1 + log1p(likes)) · weight of the emotion, shrunk towards neutral by PRIOR comments, with an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log1p, sqrt

from companion.quality.components import Component, missing
from companion.quality.shares import Z95

NAME, UNIT = "sentiment", "-1 to 1"
VALUES: Mapping[str, float] = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
EMOTION_WEIGHTS: Mapping[str, float] = {"none": 1.0, "joy": 1.0, "anger": 1.0, "sadness": 1.0, "surprise": 1.0}
"""A setting of the user: how much a comment counts for its emotion. All alike until somebody has a reason to change it."""
PRIOR = 5.0
"""Comments without likes that neutral weighs: three happy comments are no happy audience yet."""


@dataclass(frozen=True)
class FeltComment:
    """A comment of the audience as the model read it; `likes` None where not known or hidden."""

    sentiment: str
    likes: int | None = 0
    emotion: str = "none"


def comment_sentiment(comments: Iterable[FeltComment], emotion_weights: Mapping[str, float] = EMOTION_WEIGHTS) -> Component:
    """The mended value. The interval is the normal one for a weighted mean with n_eff = (sum w)² / sum w².

    Raises:
        ValueError: an emotion weight below zero.
    """
    if wrong := [name for name, weight in emotion_weights.items() if not weight >= 0]:
        raise ValueError(f"the weight of {wrong[0]} is {emotion_weights[wrong[0]]}; it must be 0 or more")
    read = [comment for comment in comments if comment.sentiment in VALUES]
    weights = [(1 + log1p(max(0, comment.likes or 0))) * emotion_weights.get(comment.emotion, 1.0) for comment in read]
    total = sum(weights)
    if total <= 0:
        return missing(NAME, UNIT, "no comment to read")
    values = [VALUES[comment.sentiment] for comment in read]
    value = sum(weight * felt for weight, felt in zip(weights, values, strict=True)) / (total + PRIOR)
    spread = sum(weight * (felt - value) ** 2 for weight, felt in zip(weights, values, strict=True)) + PRIOR * value**2
    effective = (total + PRIOR) ** 2 / (sum(weight * weight for weight in weights) + PRIOR)
    half = Z95 * sqrt(spread / (total + PRIOR) / effective)
    hidden = sum(comment.likes is None for comment in read)
    reason = f"{_share(values, 1)} positive and {_share(values, -1)} negative of {len(read)} comments; liked ones count more"
    reason += f"; likes of {hidden} are hidden and count as none" if hidden else ""
    interval = (max(-1.0, value - half), min(1.0, value + half))
    return Component(NAME, value, UNIT, 50 + 50 * value, len(read), reason, interval)


def seed_comment_sentiment(comments: Iterable[FeltComment]) -> Component:
    """The value as the source writes it."""
    read = [comment for comment in comments if comment.sentiment in VALUES]
    weights = [log1p(max(0, comment.likes or 0)) for comment in read]
    total = sum(weights)
    if not read:
        return missing(NAME, UNIT, "no comment to read")
    if total == 0:
        return missing(NAME, UNIT, f"none of {len(read)} comments has a like, and this formula counts only liked ones")
    value = sum(weight * VALUES[comment.sentiment] for weight, comment in zip(weights, read, strict=True)) / total
    liked = sum(weight > 0 for weight in weights)
    return Component(NAME, value, UNIT, 50 + 50 * value, liked, f"{liked} of {len(read)} comments have likes and count")


def _share(values: list[float], wanted: float) -> str:
    return f"{sum(value == wanted for value in values) / len(values):.0%}"
