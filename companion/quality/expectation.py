"""What to expect of a video from what is known when it is posted.

Two expectations answer two questions. *With history* a video is held against its creator's own level; *without* a creator is held
against the field. Most of what the first one explains is that level.

A target is expected in three layers, each standing on the one before:
1. a curve over followers (all creators),
2. with history, the creator's recent level, pooled with the curve: (k · curve + n · recent) / (k + n), where k is the spread within
   creators / the spread between creators (both variances), so that two videos weigh little and twenty weigh almost everything,
3. gradient-boosted trees on what remains; a random forest of 200 trees where there are too few rows for them; nothing where there
   are too few even for that.
A category with rows enough gets trees of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from companion.quality.features import TagEffects, field_features, with_history
from companion.quality.history import History, history
from companion.quality.posts import TARGETS, Floats, Post, targets

Rows = NDArray[np.int64]
Kind = Literal["boosting", "forest", "level"]

BOOSTING_ROWS = 500
"""Rows from which boosting beats a forest of the same columns."""
FOREST_ROWS = 100
"""Rows below which trees add noise to the pooled level."""
SETTLED_H = 72.0
"""Hours after which most of a video's views have come; younger rows teach nothing about the final count."""
TREES = 200
RECENT_MOST = 7.0
"""Videos' worth that the recent level can carry: weights that halve every five videos add up to about this."""


class PostTable:
    """Videos with what is computed from them once. A creator's history is looked for in this table only."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.posts = list(posts)

    @cached_property
    def y(self) -> Floats:
        """`targets` of all rows."""
        return targets(self.posts)

    @cached_property
    def history(self) -> History:
        """`history` of all rows."""
        return history(self.posts, self.y)

    @cached_property
    def settled(self) -> NDArray[np.bool_]:
        """Rows that were counted at least SETTLED_H after posting, or at an unknown age."""
        return np.array([post.age_h is None or post.age_h >= SETTLED_H for post in self.posts], dtype=bool)

    @cached_property
    def ln_followers(self) -> Floats:
        """ln(1 + followers); NaN where not known."""
        return np.array([np.nan if post.followers is None else np.log1p(post.followers) for post in self.posts])


@dataclass(frozen=True)
class Curve:
    """A parabola over ln followers for each target; the mean of all where followers are not known."""

    weights: Floats
    middle: Floats
    low: float
    high: float

    @classmethod
    def fit(cls, ln_followers: Floats, y: Floats) -> Curve:
        """Least squares; flat where there are under 10 rows or followers do not differ."""
        middle = np.array([float(np.nanmean(column)) if np.isfinite(column).any() else 0.0 for column in y.T])
        weights = np.zeros((3, y.shape[1]))
        weights[0] = middle
        known = np.isfinite(ln_followers)
        low, high = (float(ln_followers[known].min()), float(ln_followers[known].max())) if known.any() else (0.0, 0.0)
        for column in range(y.shape[1]):
            rows = known & np.isfinite(y[:, column])
            if rows.sum() >= 10 and high > low:
                weights[:, column] = np.linalg.lstsq(_powers(ln_followers[rows]), y[rows, column], rcond=None)[0]
        return cls(weights, middle, low, high)

    def of(self, ln_followers: Floats) -> Floats:
        """A row a video; never NaN. Beyond the followers that were seen the curve goes on flat."""
        known = np.isfinite(ln_followers)
        out: Floats = _powers(np.clip(np.where(known, ln_followers, self.low), self.low, self.high)) @ self.weights
        out[~known] = self.middle
        return out


def _powers(x: Floats) -> Floats:
    return np.stack([np.ones_like(x), x, x * x], axis=1)


class Expectation:
    """A fitted expectation. `kinds` says, by category, what stands on the level ("" is all categories together)."""

    def __init__(self, with_history: bool, curve: Curve, pooling: Floats, tags: TagEffects) -> None:
        self.with_history, self.curve, self.pooling, self.tags = with_history, curve, pooling, tags
        self.kinds: dict[str, Kind] = {}
        self._models: dict[str, list[Any]] = {}

    @classmethod
    def fit(cls, table: PostTable, rows: Rows, *, with_history: bool, forest_only: bool = False) -> Expectation:
        """Learn from `rows` of the table (those that have settled).

        Raises:
            ValueError: none of the rows has a known count of plays.
        """
        rows = rows[table.settled[rows]]
        if not np.isfinite(table.y[rows, 0]).any():
            raise ValueError("no video with a known number of plays that is at least three days old; nothing to learn from")
        curve = Curve.fit(table.ln_followers[rows], table.y[rows])
        base = curve.of(table.ln_followers)
        made = cls(with_history, curve, _pooling(table, rows, table.y - base), TagEffects([], np.empty((0, len(TARGETS)))))
        rest = table.y - made.level(table, np.arange(len(table.posts)))
        made.tags = TagEffects([table.posts[row] for row in rows], rest[rows])
        x = made.features(table, rows)
        categories = Counter(table.posts[row].category for row in rows)
        own = [name for name, n in categories.items() if name and n >= BOOSTING_ROWS]
        for name in ("", *own):
            mask = np.array([not name or table.posts[row].category == name for row in rows], dtype=bool)
            made._learn(name, x[mask], rest[rows[mask]], forest_only)
        return made

    def level(self, table: PostTable, rows: Rows) -> Floats:
        """The first two layers: the curve, or with history the creator's recent level pooled with it."""
        base = self.curve.of(table.ln_followers[rows])
        if not self.with_history:
            return base
        n = np.minimum(table.history.n[rows], RECENT_MOST)
        recent = np.where(n > 0, np.nan_to_num(table.history.recent[rows]), 0.0)
        out: Floats = (self.pooling * base + n * recent) / (self.pooling + n)
        return out

    def predict(self, table: PostTable, rows: Rows) -> Floats:
        """What to expect of `rows`, a column for each of TARGETS; never NaN."""
        out = self.level(table, rows)
        if not len(rows):
            return out
        x = self.features(table, rows)
        names = np.array([category if (category := table.posts[row].category) in self.kinds else "" for row in rows])
        for name in self.kinds:
            mask = names == name
            if mask.any():
                for column, model in enumerate(self._models[name]):
                    if model is not None:
                        out[mask, column] += model.predict(x[mask])
        return out

    def features(self, table: PostTable, rows: Rows) -> Floats:
        """What the trees see of `rows`, NaN where not known; with history FIELD_NAMES and more, see `features`."""
        field = field_features([table.posts[row] for row in rows], self.tags)
        if not self.with_history:
            return field
        past = table.history
        return with_history(field, History(past.values[rows], past.n[rows], past.mean[rows], past.recent[rows]), self.level(table, rows))

    def _learn(self, name: str, x: Floats, rest: Floats, forest_only: bool) -> None:
        kind: Kind = "level" if len(x) < FOREST_ROWS else "forest" if forest_only or len(x) < BOOSTING_ROWS else "boosting"
        self.kinds[name] = kind
        self._models[name] = []
        for column in rest.T:
            known = np.isfinite(column)
            model = None if kind == "level" or known.sum() < FOREST_ROWS else _boosting() if kind == "boosting" else forest()
            self._models[name].append(None if model is None else model.fit(x[known], column[known]))


def forest(seed: int = 1) -> Any:
    """The source framework's forest: 200 trees. Leaves of five, a third of the columns at a split; missing values go their own way."""
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(TREES, min_samples_leaf=5, max_features=1 / 3, random_state=seed, n_jobs=1)


def _boosting() -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        learning_rate=0.05,
        max_iter=200,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=1,
    )


def _pooling(table: PostTable, rows: Rows, residuals: Floats) -> Floats:
    """The k of each target: variance within creators / variance between creators (one-way analysis of variance), in videos."""
    _, creator = np.unique([table.posts[row].author for row in rows], return_inverse=True)
    out = []
    for column in residuals[rows].T:
        known = np.isfinite(column)
        values, groups = column[known], creator[known]
        n = np.bincount(groups, minlength=1)
        n, sums = n[n > 0], np.bincount(groups, values)[np.bincount(groups) > 0] if len(values) else np.zeros(0)
        if len(values) <= len(n):
            out.append(1.0)  # nobody has two videos: one video counts as much as the curve
            continue
        means = sums / n
        within = float((values * values).sum() - (n * means * means).sum()) / (len(values) - len(n))
        between = max(float(means.var() - (within / n).mean()), within / 50, 1e-9)
        out.append(within / between)
    return np.array(out)
