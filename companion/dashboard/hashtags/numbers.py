"""Numbers of hashtags as the tables show them, worked out once for each atlas: it never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from companion.hashtags import Atlas, TagStatistics, clean_tag
from companion.quality.shares import Share, wilson

REMEMBERED = 5_000
"""Tags of an atlas whose numbers are kept at hand."""

WEEKS = 4
"""Weeks of growth, held against as many before."""

FEW = 5
"""Videos in both stretches below which growth is chance."""


@dataclass
class _Known:
    tags: dict[str, TagStatistics] = field(default_factory=dict)
    share: Share | None = None
    has_share: bool = False


_known: WeakKeyDictionary[Atlas, _Known] = WeakKeyDictionary()


def numbers_of(atlas: Atlas, tag: str) -> TagStatistics:
    """A tag's numbers; zeros where no video carries it."""
    known, cleaned = _known.setdefault(atlas, _Known()).tags, clean_tag(tag)
    found = known.get(cleaned)
    if found is None:
        if len(known) >= REMEMBERED:
            known.clear()
        found = known[cleaned] = atlas.statistics(cleaned)
    return found


def share_of_all(atlas: Atlas) -> Share | None:
    """How many of all graded comments are close to buying; None while none is graded."""
    known = _known.setdefault(atlas, _Known())
    if not known.has_share:
        posts = atlas.graph.posts
        known.share, known.has_share = wilson(int(sum(post.high for post in posts)), int(sum(post.graded for post in posts))), True
    return known.share


def largest(atlas: Atlas, count: int) -> list[TagStatistics]:
    """The tags with most videos."""
    order = (-atlas.graph.videos_of).argsort(kind="stable")[:count]
    return [numbers_of(atlas, atlas.graph.tags[int(at)]) for at in order]


def share_of(numbers: TagStatistics) -> Share | None:
    """How many of a tag's graded comments are close to buying, with its interval; None while none is graded."""
    return wilson(numbers.high, numbers.graded)


def trend_line(trend: Sequence[int], width: int = 100, height: int = 24) -> str:
    """Points of a line over a picture of this size, oldest first; "" where nothing is known or there was none."""
    if len(trend) < 2 or not any(trend):
        return ""
    top = max(trend)
    return " ".join(f"{at * width / (len(trend) - 1):.1f},{height - 2 - count * (height - 4) / top:.1f}" for at, count in enumerate(trend))


def growth_words(numbers: TagStatistics) -> str:
    """Videos of the last four weeks against the four before, as a person says it."""
    if not numbers.trend:
        return "not known"
    last, before = sum(numbers.trend[-WEEKS:]), sum(numbers.trend[-2 * WEEKS : -WEEKS])
    if not last + before:
        return "none in 8 weeks"
    if last + before < FEW:
        return f"{last} after {before}: too few to tell"
    return f"{last:,} after {before:,}{_direction(last, before)}"


def _direction(last: int, before: int) -> str:
    """Which way it goes.

    >>> _direction(30, 20), _direction(50, 20), _direction(19, 20), _direction(10, 20)
    (', up 50%', ', 2.5 times', ', steady', ', down 50%')
    """
    if not before:
        return ", new"
    ratio = last / before
    if ratio >= 2:
        return f", {ratio:.1f} times"
    return ", steady" if 0.9 <= ratio <= 1.1 else f", {'up' if ratio > 1 else 'down'} {abs(ratio - 1):.0%}"
