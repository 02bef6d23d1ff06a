"""What a video's views are held against on a page: those that its creator's earlier videos let expect, with a range.

Expected: the mean of ln(1 + views) of the earlier videos, one that lies five videos back counting half. Range: that level ± t · the root of
the mean square of how far each earlier video lay from the level before it (t of Student's distribution for nine in ten).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, log1p

import numpy as np

from companion.quality.history import HALF_LIFE, LONGEST
from companion.quality.posts import Floats, Post

LEAST = 8
"""Earlier videos with known views below which their scatter is no scale."""
FLOOR = 0.05
"""ln; the least miss, where the earlier videos happen to have the same views."""
FIRST = 3
"""Earlier videos before one whose miss counts: below, the level itself is a guess."""


@dataclass(frozen=True)
class ExpectedViews:
    """`views` with its 90 % range; all None where nothing can be expected, and `reason` says why. `n` earlier videos say so."""

    views: float | None
    low: float | None
    high: float | None
    n: int
    reason: str


def of_own(post: Post, earlier: Sequence[Post]) -> ExpectedViews:
    """By the creator's earlier videos; never raises."""
    from scipy.special import stdtrit  # not scipy.stats: that takes a second to load

    if post.created_at is None:
        return _nothing(0, "the day of posting is not known")
    before = sorted((one for one in earlier if one.created_at is not None and one.created_at < post.created_at), key=_moment)
    known = np.array([log1p(one.plays) for one in before if one.plays is not None][-LONGEST:])
    if len(known) < LEAST:
        return _nothing(len(known), f"{len(known)} earlier {'video' if len(known) == 1 else 'videos'} with known views, {LEAST} are needed")
    misses = np.array([known[at] - _level(known[:at]) for at in range(FIRST, len(known))])
    level, half = _level(known), float(stdtrit(len(misses) - 1, 0.95)) * max(float(np.sqrt((misses**2).mean())), FLOOR)
    low, high = max(0.0, expm1(level - half)), expm1(level + half)
    return ExpectedViews(expm1(level), low, high, len(known), f"by {len(known)} earlier videos of this creator")


def times(actual: int | None, expected: float | None) -> float | None:
    """(actual + 1) / (expected + 1); None where one is not known."""
    return None if actual is None or expected is None else (actual + 1) / (expected + 1)


def _nothing(n: int, reason: str) -> ExpectedViews:
    return ExpectedViews(None, None, None, n, reason)


def _moment(post: Post) -> tuple[int, str]:
    return post.created_at or 0, post.video_id


def _level(values: Floats) -> float:
    weights = 0.5 ** (np.arange(len(values))[::-1] / HALF_LIFE)
    return float((values * weights).sum() / weights.sum())
