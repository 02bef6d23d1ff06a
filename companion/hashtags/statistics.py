"""Numbers of a tag: videos, reach, intent, trend, creators, products asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from companion.hashtags.graph import TagGraph
from companion.hashtags.posts import Post
from companion.hashtags.ranking import INTENT_PRIOR, IntentRates

WEEK_MS = 7 * 86_400_000
WEEKS = 26
"""Weeks of a trend line, back from the newest video of the whole store."""

RECENT = 4
"""Weeks whose videos are held against the four before for growth."""

GROWTH_PRIOR = 3.0
"""Videos added to both sides of growth, so that 1 after 0 is no boom."""

TOP = 8


@dataclass(frozen=True)
class TagStatistics:
    """A tag's numbers; None where nothing is known.

    `median_plays` over videos whose plays are known. `intent_rate` is the share of graded comments close to buying, shrunk to the
    usual one. `growth` is (videos of the last four weeks + 3) / (videos of the four before + 3), dimensionless; `trend` counts
    videos a week, oldest first.
    """

    tag: str
    videos: int
    creators: int
    plays: int | None
    median_plays: float | None
    comments: int | None
    graded: int
    high: int
    intent_rate: float | None
    growth: float | None
    trend: tuple[int, ...]
    top_creators: tuple[tuple[str, int], ...]
    products: tuple[tuple[str, int], ...]


def statistics_of(graph: TagGraph, rates: IntentRates, tag: str) -> TagStatistics:
    """Numbers of one tag; zeros for a tag that no video carries."""
    at = graph.find(tag)
    rows = [] if at is None else graph.videos_with(at).tolist()
    posts = [graph.posts[row] for row in rows]
    plays = [post.plays for post in posts if post.plays is not None]
    comments = [post.comments for post in posts if post.comments is not None]
    graded, high = sum(post.graded for post in posts), sum(post.high for post in posts)
    trend = _trend(posts, graph.newest)
    return TagStatistics(
        tag,
        len(posts),
        len({post.creator for post in posts}),
        sum(plays) if plays else None,
        float(np.median(plays)) if plays else None,
        sum(comments) if comments else None,
        graded,
        high,
        (high + INTENT_PRIOR * rates.base) / (graded + INTENT_PRIOR) if graded else None,
        growth_of(trend),
        trend,
        tuple(Counter(post.creator for post in posts if post.creator).most_common(TOP)),
        tuple(Counter(title for post in posts for title in post.products).most_common(TOP)),
    )


def growth_of(trend: Sequence[int]) -> float | None:
    """Growth of the last weeks over those before; None without a trend."""
    if not trend:
        return None
    return (sum(trend[-RECENT:]) + GROWTH_PRIOR) / (sum(trend[-2 * RECENT : -RECENT]) + GROWTH_PRIOR)


def _trend(posts: Sequence[Post], newest: int | None) -> tuple[int, ...]:
    """Videos a week, oldest first; () where no time is known."""
    dated = [post.created_at for post in posts if post.created_at is not None]
    if newest is None or not dated:
        return ()
    counts = [0] * WEEKS
    for at in dated:
        back = (newest - at) // WEEK_MS
        if 0 <= back < WEEKS:
            counts[WEEKS - 1 - back] += 1
    return tuple(counts)
