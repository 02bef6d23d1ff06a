"""Counting the demand of every creator from what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from companion.intent.prediction import HIGH_GRADE
from companion.quality.demand import HIGH_P, CountedComment, Demand, demand
from companion.store import first_comments
from companion.store.first_comments import FirstComment
from companion.store.videos import Commerce

DEPTH = 20
"""First comments of each video that count unless asked otherwise: TikTok's own page loads 20 at a time."""

ORGANIC: tuple[Commerce, ...] = ("organic",)
"""Videos that count unless asked otherwise."""


def count(
    connection: sqlite3.Connection, model: str, depth: int = DEPTH, kinds: Iterable[Commerce] = ORGANIC
) -> dict[tuple[str, str], Demand]:
    """The demand by (platform, creator id), by the user's own grades and else by those of `model`."""
    rows = first_comments.first_comments(connection, model, depth, kinds)
    found = demand((counted for row in rows if (counted := graded_of(row))), depth)
    return {(one.platform, one.creator_id): one for one in found}


def graded_of(row: FirstComment) -> CountedComment | None:
    """The comment as it counts; None while it has no grade."""
    if row.grade is not None:
        high = row.grade >= HIGH_GRADE
    elif row.p_high is not None:
        high = row.p_high >= HIGH_P
    else:
        return None
    return CountedComment(row.platform, row.creator_id, row.video_id, row.author, row.text_hash, high, row.created_at)
