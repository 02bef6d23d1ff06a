"""Engagement elasticity: by how many per cent what viewers do grows when views grow by one per cent, for each group of videos.

The slope of ln(likes + comments + shares + 0.5) over ln(plays + 1) by least squares; below 1 engagement thins out as a video spreads.
A count that many videos of a group do not have (other sites hide shares) is left out of that group's sum. The interval resamples
creators, since one creator's videos are alike. An association: views are not given at random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from companion.quality.posts import Floats, Post

LEAST_VIDEOS, LEAST_CREATORS = 30, 10
DRAWS = 500
COUNTS = ("likes", "comments", "shares")
KNOWN = 0.9
"""Part of a group's videos that must have a count for it to be summed; videos without it are left out then."""


@dataclass(frozen=True)
class Elasticity:
    """`value` with its 95 % interval; None where there is not enough data (`reason`). `n` videos of `creators`."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    creators: int
    reason: str


def elasticities(posts: Sequence[Post], group: Callable[[Post], str], *, seed: int = 1) -> dict[str, Elasticity]:
    """By the name that `group` gives a video (a language, a region, a category); "" is left out."""
    rows: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        name = group(post)
        if name and post.plays and any(getattr(post, count) is not None for count in COUNTS):
            rows[name].append(post)
    return {name: _one(found, seed) for name, found in sorted(rows.items())}


def _one(group: Sequence[Post], seed: int) -> Elasticity:
    summed = [count for count in COUNTS if sum(getattr(post, count) is not None for post in group) >= KNOWN * len(group)]
    posts = [post for post in group if summed and all(getattr(post, count) is not None for count in summed)]
    if not posts:
        return Elasticity(None, None, None, 0, 0, "not enough data: likes, comments and shares are known of too few videos")
    x = np.array([np.log(1 + (post.plays or 0)) for post in posts])
    y = np.array([np.log(0.5 + sum(getattr(post, count) for count in summed)) for post in posts])
    _, creator = np.unique([post.author or f"video {at}" for at, post in enumerate(posts)], return_inverse=True)
    creators = int(creator.max()) + 1
    if len(posts) < LEAST_VIDEOS or creators < LEAST_CREATORS:
        need = f"{LEAST_VIDEOS} videos of {LEAST_CREATORS} creators are needed"
        return Elasticity(None, None, None, len(posts), creators, f"not enough data: {len(posts)} videos of {creators} creators; {need}")
    slope = _slope(np.ones(creators), creator, x, y)
    if slope is None:
        return Elasticity(None, None, None, len(posts), creators, "not enough data: all videos have as many views")
    rng = np.random.default_rng(seed)
    picks = rng.multinomial(creators, np.full(creators, 1 / creators), DRAWS).astype(np.float64)
    draws = [drawn for pick in picks if (drawn := _slope(pick, creator, x, y)) is not None]
    low, high = np.percentile(draws, [2.5, 97.5])
    reason = f"1 % more views go with {slope:.2f} % more {_and(summed)}; {len(posts)} videos of {creators} creators"
    return Elasticity(slope, float(low), float(high), len(posts), creators, reason)


def _slope(times: Floats, creator: np.ndarray, x: Floats, y: Floats) -> float | None:
    """With each creator counted so many times; None where views do not differ."""
    weight = times[creator]
    total = weight.sum()
    if total <= 0:
        return None
    middle = (weight * x).sum() / total
    spread = float((weight * np.square(x - middle)).sum())
    return float((weight * (x - middle) * y).sum() / spread) if spread > 1e-9 else None


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
