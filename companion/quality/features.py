"""What is known of a video at posting, as columns for the models that say what to expect of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from companion.quality.history import NAMES as HISTORY_NAMES
from companion.quality.history import History
from companion.quality.posts import TARGETS, Floats, Post

GENERIC_TAGS = frozenset({"fyp", "foryou", "foryoupage", "fy", "viral", "trending", "parati", "pourtoi", "xyzbca", "tiktok"})
"""Tags that ask for reach and say nothing of the subject."""

FIELD_NAMES = (
    "ln followers",
    "ln duration",
    "hour (sine)",
    "hour (cosine)",
    "weekday",
    "day",
    "hashtags",
    "asks for reach",
    "caption length",
    "commonness of its rarest hashtag",
    *(f"{target} of its hashtags" for target in TARGETS),
)
"""Columns that need no history."""

TAG_PRIOR = 20.0
"""Videos that a hashtag's own mean must outweigh before it is believed."""
_DAY_MS = 86_400_000


class TagEffects:
    """How far videos with a hashtag lie from what followers let expect; a creator's own videos never inform their own rows."""

    def __init__(self, posts: Sequence[Post], residuals: Floats) -> None:
        """Learn from `residuals`, a row a video and a column a target, NaN where not known."""
        width = len(TARGETS)
        self._sum: dict[str, Floats] = defaultdict(lambda: np.zeros(width))
        self._n: dict[str, Floats] = defaultdict(lambda: np.zeros(width))
        self._own_sum: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros(width))
        self._own_n: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros(width))
        self._videos: Counter[str] = Counter()
        for post, residual in zip(posts, residuals, strict=True):
            known = np.isfinite(residual)
            value = np.where(known, residual, 0.0)
            for tag in set(post.hashtags):
                self._sum[tag] += value
                self._n[tag] += known
                self._own_sum[post.author, tag] += value
                self._own_n[post.author, tag] += known
                self._videos[tag] += 1

    def of(self, post: Post) -> list[float]:
        """The mean effect of the video's hashtags on each target, shrunk towards 0; 0 where none is known."""
        effects = []
        for tag in set(post.hashtags):
            if tag in self._sum:
                own = (post.author, tag)
                total = self._sum[tag] - self._own_sum.get(own, 0.0)
                effects.append(total / (self._n[tag] - self._own_n.get(own, 0.0) + TAG_PRIOR))
        return list(np.mean(effects, axis=0)) if effects else [0.0] * len(TARGETS)

    def rarest(self, post: Post) -> float:
        """ln(1 + videos) of the hashtag that the fewest videos have; NaN without hashtags."""
        return float(np.log1p(min(self._videos.get(tag, 0) for tag in post.hashtags))) if post.hashtags else np.nan


def field_features(posts: Sequence[Post], tags: TagEffects) -> Floats:
    """FIELD_NAMES of every video; NaN where something is not known (the models take that as it is)."""
    return np.array([[*_known(post), tags.rarest(post), *tags.of(post)] for post in posts], dtype=np.float64).reshape(-1, len(FIELD_NAMES))


def _known(post: Post) -> list[float]:
    hour, weekday, day = _when(post.created_at)
    return [
        np.nan if post.followers is None else float(np.log1p(post.followers)),
        np.nan if post.duration_s is None else float(np.log1p(post.duration_s)),
        float(np.sin(hour)),
        float(np.cos(hour)),
        weekday,
        day,
        float(len(post.hashtags)),
        float(sum(tag in GENERIC_TAGS for tag in post.hashtags)),
        float(len(post.caption)),
    ]


def _when(moment: int | None) -> tuple[float, float, float]:
    """Hour as an angle, weekday (0 is Monday), days since 1970."""
    if moment is None:
        return np.nan, np.nan, np.nan
    at = datetime.fromtimestamp(moment / 1000, UTC)
    return (at.hour + at.minute / 60) * np.pi / 12, float(at.weekday()), moment / _DAY_MS


def with_history(field: Floats, past: History, level: Floats) -> Floats:
    """`field` with the columns of the creator's history and of the pooled level beside it."""
    return np.hstack([field, past.values, level])


HISTORY_FEATURES = (*FIELD_NAMES, *HISTORY_NAMES, *(f"{target} level" for target in TARGETS))
