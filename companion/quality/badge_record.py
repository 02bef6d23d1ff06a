"""What a creator did, as a badge asks for it, read off the scores of the videos."""

from __future__ import annotations

from collections.abc import Iterable

from companion.quality.badges import USUAL, Record
from companion.quality.score import Score

_WEEK_MS = 7 * 86_400_000
_MONDAY_MS = 3 * 86_400_000
"""1970 began on a Thursday; so many ms later than a week's begin."""


def record_of(videos: Iterable[tuple[int | None, float | None]], score: Score) -> Record:
    """`videos`: day of posting (ms UTC) and points against the field of each; those without points do not count.

    Weeks begin on Monday (UTC). The lower end of the score is its value less each part's half interval times its weight, as if all parts
    erred together: never too high. Where a part that counts has no interval there is none.
    """
    known = [(at, points) for at, points in videos if points is not None]
    weeks = {(at + _MONDAY_MS) // _WEEK_MS for at, _ in known if at is not None}
    return Record(len(known), len(weeks), sum(points >= USUAL for _, points in known), score.value or 0.0, low_of(score))


def low_of(score: Score) -> float | None:
    """The lower end of a creator's score, 0-100; None where it cannot be said."""
    half = half_of(score)
    return None if score.value is None or half is None else max(0.0, score.value - half)


def half_of(score: Score) -> float | None:
    """How far the score may err to either side, as if all parts erred together; None where one that counts has no interval."""
    half = 0.0
    for part in score.parts:
        if part.weight > 0:
            if part.component.interval is None or part.component.points is None:
                return None
            low, high = part.component.interval
            half += part.weight * max(part.component.points - low, high - part.component.points)  # one end may be cut at 0 or 100
    return half if score.value is not None else None
