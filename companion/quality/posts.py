"""A video as the quality scores see it: what was known when it was posted, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TARGETS = ("plays", "likes_rate", "comments_rate", "shares_rate")
"""What is expected of a video, as natural logarithms: ln(1 + plays), and ln((count + 0.5) / (plays + 1)) for the three rates."""


@dataclass(frozen=True)
class Post:
    """One video. Counts are None where nobody knows them or what stood there cannot be true; `reasons` says which and why.

    `created_at` is ms UTC, `duration_s` seconds, `age_h` hours from posting to counting. `split_time` and `split_creator` are "train"
    or "test" in a table that measures expectations, else "".
    """

    video_id: str
    author: str
    created_at: int | None = None
    followers: int | None = None
    duration_s: float | None = None
    hashtags: tuple[str, ...] = ()
    caption: str = ""
    category: str = ""
    plays: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    age_h: float | None = None
    split_time: str = ""
    split_creator: str = ""
    reasons: tuple[str, ...] = ()


def targets(posts: Sequence[Post]) -> Floats:
    """One row a video, one column for each of TARGETS; NaN where it is not known (for the models; never shown)."""
    plays = counts(posts, "plays")
    shown = np.where(plays > 0, plays, np.nan)  # a video that nobody was shown has no rates
    columns = [np.log1p(plays), *(np.log((counts(posts, name) + 0.5) / (shown + 1)) for name in ("likes", "comments", "shares"))]
    return np.stack(columns, axis=1) if posts else np.empty((0, len(TARGETS)))


def counts(posts: Sequence[Post], name: str) -> Floats:
    """One count of every video; NaN where it is not known."""
    return np.array([np.nan if (value := getattr(post, name)) is None else float(value) for post in posts], dtype=np.float64)
