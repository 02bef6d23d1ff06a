"""What a creator's earlier videos say about the next one: only videos posted strictly before it are looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.posts import TARGETS, Floats, Post

LONGEST = 50
"""Videos of a creator that are looked back on; what is older says little about today."""
HALF_LIFE = 5.0
"""Videos after which an earlier one weighs half in the recent level."""
_DAY_MS = 86_400_000

_EACH = ("mean", "median", "recent", "last", "spread", "best")
NAMES = (
    *(f"{target} {what} of earlier videos" for target in TARGETS for what in _EACH),
    "earlier videos",
    "days since the last video",
    "days between earlier videos",
)
"""Columns of `History.values`."""


@dataclass(frozen=True)
class History:
    """`values` has a row a video and the columns NAMES (NaN where there is no earlier video); `n`, `mean` and `recent` are for pooling.

    `n` and `mean` have a column a target: how many earlier videos have it, and its mean there; `recent` is the mean that weighs an
    earlier video half as much every HALF_LIFE videos.
    """

    values: Floats
    n: Floats
    mean: Floats
    recent: Floats


def history(posts: Sequence[Post], y: Floats) -> History:
    """The history of every video within the table. `y` is `targets(posts)`; a video without a date has no history."""
    values = np.full((len(posts), len(NAMES)), np.nan)
    values[:, len(TARGETS) * len(_EACH)] = 0
    n, mean, recent = (np.zeros_like(y), np.full_like(y, np.nan), np.full_like(y, np.nan))
    for rows in _by_author(posts).values():
        moments = np.array([posts[row].created_at for row in rows], dtype=np.int64)
        for row, moment in zip(rows, moments, strict=True):
            end = int(np.searchsorted(moments, moment))  # strictly earlier
            if end:
                earlier = rows[max(0, end - LONGEST) : end]
                past = y[earlier]
                n[row] = np.isfinite(past).sum(axis=0)
                weights = 0.5 ** (np.arange(len(earlier))[::-1, None] / HALF_LIFE)
                values[row] = [*_levels(past, weights), len(earlier), *_gaps(moments[max(0, end - LONGEST) : end], int(moment))]
    each = len(_EACH)
    for column in range(len(TARGETS)):
        mean[:, column], recent[:, column] = values[:, column * each], values[:, column * each + 2]
    return History(values, n, mean, recent)


def recent_level(past: Floats) -> Floats:
    """The recent level after these earlier videos of one creator (a row each, the oldest first), as in `History.recent`; NaN where
    none has it."""  # noqa: D205, D209
    past = past[-LONGEST:]
    known = np.isfinite(past)
    weights = known * 0.5 ** (np.arange(len(past))[::-1, None] / HALF_LIFE)
    total = weights.sum(axis=0)
    level: Floats = np.where(total > 0, (np.where(known, past, 0.0) * weights).sum(axis=0) / np.where(total > 0, total, 1.0), np.nan)
    return level


def _by_author(posts: Sequence[Post]) -> dict[str, list[int]]:
    """Rows of each known author in the order of posting."""
    found: dict[str, list[int]] = defaultdict(list)
    dated = [row for row, post in enumerate(posts) if post.author and post.created_at is not None]
    for row in sorted(dated, key=lambda row: (posts[row].created_at or 0, posts[row].video_id)):
        found[posts[row].author].append(row)
    return found


def _levels(past: Floats, weights: Floats) -> list[float]:
    if np.isfinite(past).all():
        return list(_level(past, weights).T.reshape(-1))
    columns = []
    for column in range(past.shape[1]):
        known = np.isfinite(past[:, column])
        columns.append(_level(past[known, column : column + 1], weights[known])[:, 0] if known.any() else np.full(len(_EACH), np.nan))
    return list(np.concatenate(columns))


def _level(past: Floats, weights: Floats) -> Floats:
    """A row for each of _EACH, a column a target."""
    spread = past.std(axis=0) if len(past) > 1 else np.full(past.shape[1], np.nan)
    recent = (past * weights).sum(axis=0) / weights.sum()
    return np.stack([past.mean(axis=0), np.median(past, axis=0), recent, past[-1], spread, past.max(axis=0)])


def _gaps(moments: NDArray[np.int64], moment: int) -> tuple[float, float]:
    since = (moment - int(moments[-1])) / _DAY_MS
    between = (int(moments[-1]) - int(moments[0])) / _DAY_MS / (len(moments) - 1) if len(moments) > 1 else np.nan
    return since, between
