"""The split of a budget, and multipliers over time, as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from companion.budget import Part, Standing
from companion.store import clock

SPLIT_HEADER = (
    "site", "creator", "followers", "subject", "multiplier", "close to buying of a video's first comments, at least", "comments counted",
    "share close to buying", "likely from", "likely to", "amount", "by followers alone", "currency", "model",
)  # fmt: skip
COURSE_HEADER = ("subject", "week until", "multiplier", "good videos", "videos", "as the source writes it")


def split_cells(parts: Iterable[Part], currency: str, model: str) -> Iterator[list[object]]:
    """Rows under SPLIT_HEADER."""
    for one in parts:
        share, followers = one.demand.share, None if one.by_followers is None else round(one.by_followers, 2)
        factor = None if one.factor is None else round(one.factor, 3)
        known = one.platform, one.name, one.followers, one.subject, factor, round(one.worth, 3)
        counted = share.n, *(round(value, 4) for value in (share.value, share.low, share.high))
        yield [*known, *counted, round(one.amount, 2), followers, currency, model]


def course_cells(found: Standing) -> Iterator[list[object]]:
    """Rows under COURSE_HEADER; the subject is empty for videos that have no clear one."""
    for name, points in found.courses.items():
        for point in points:
            one = point.multiplier
            yield [name, clock.iso(point.at), round(one.value, 4), one.high, one.total, None if one.seed is None else round(one.seed, 4)]
