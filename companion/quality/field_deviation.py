"""Deviations of single videos against a table of other creators' videos: what the table expects, the interval, and the rank among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from companion.quality.components import Component
from companion.quality.conformal import Intervals
from companion.quality.deviation import LEAST, in_sigmas, robust_sigma
from companion.quality.expectation import FOREST_ROWS, Expectation, PostTable, Rows
from companion.quality.folds import authors_folds, fold_models
from companion.quality.one_deviation import from_parts
from companion.quality.posts import TARGETS, Floats, Post
from companion.quality.scatter import Scatter

FOLDS = 3
NOBODY = "the creator of this video"
"""Whose video it is, where nobody knows: one of a creator of its own."""


class FieldViews(NamedTuple):
    """Views that models which never saw the creator expect of a video, and their 90 % interval (NaN where too few videos were known)."""

    post: Post
    views: float
    low: float
    high: float


class FieldDeviation:
    """What a table of videos expects of others; `ranked` are its own videos with their points.

    `views` says what is expected of the same videos.

    With history a video is held against its creator's level, without against the field.
    """

    def __init__(self, others: Sequence[Post], *, with_history: bool) -> None:
        """Learn from the table.

        Raises:
            ValueError: fewer than FOREST_ROWS of its videos can teach anything.
        """
        self._others, self._with_history = PostTable(others), with_history
        rows = np.flatnonzero(self._others.settled & np.isfinite(self._others.y[:, 0]))
        if len(rows) < FOREST_ROWS:
            raise ValueError(f"{len(rows)} videos with known plays, at least three days old; {FOREST_ROWS} are needed")
        self._model = Expectation.fit(self._others, rows, with_history=with_history)
        self._folds = dict(fold_models(self._others, rows, with_history=with_history, folds=FOLDS))
        residuals = self._others.y[rows] - self._by_others(self._others, rows)
        x = self._model.features(self._others, rows)
        self._scatter, usual = Scatter.crossed(x, residuals, authors_folds(self._others, rows, FOLDS))
        self._intervals = Intervals.fit(residuals / usual, self._others.ln_followers[rows])
        categories = np.array([others[int(row)].category for row in rows])
        self._sigma = {"": _sigmas(residuals)}
        for name in set(categories):
            if (categories == name).sum() >= LEAST:
                self._sigma[name] = _sigmas(residuals[categories == name])
        plays = [(post.category, post.plays) for row in rows if (post := others[int(row)]).plays is not None]
        self._views = {name: sorted(count for category, count in plays if not name or category == name) for name in self._sigma}
        expected = self._others.y[rows] - residuals
        scaled = in_sigmas([others[int(row)] for row in rows], expected, np.broadcast_to(self._sigma[""], expected.shape))
        means = [float(np.nanmean(row)) for row in scaled]
        self._scores = sorted(means)
        self.ranked = [(others[int(row)], self._points(mean)) for row, mean in zip(rows, means, strict=True)]
        low, high = self._intervals.around(expected, self._others.ln_followers[rows], usual)
        ends = (np.maximum(0.0, np.expm1(column[:, 0])) for column in (expected, low, high))
        self.views = [FieldViews(others[int(row)], *map(float, found)) for row, *found in zip(rows, *ends, strict=True)]
        self.n = len(rows)

    def _points(self, score: float) -> float:
        return 100 * bisect_left(self._scores, score) / len(self._scores)

    def of(self, post: Post, earlier: Sequence[Post] = ()) -> Component:
        """The deviation of one video; `earlier` are its creator's."""
        parts, expected, low, high = self._held(post, earlier)
        known = parts[np.isfinite(parts)]
        points = self._points(float(known.mean())) if len(known) else None
        usual = f"sigmas against {self.n:,} other videos; {np.expm1(expected):,.0f} views expected"
        if np.isfinite(low):
            usual += f" (90 % interval {max(0.0, np.expm1(low)):,.0f} to {np.expm1(high):,.0f})"
        return from_parts(parts, points, self.n, usual)

    def parts(self, post: Post, earlier: Sequence[Post] = ()) -> dict[str, float]:
        """Signed sigmas above expectation by target; a target that is not known is left out."""
        return _named(self._held(post, earlier)[0])

    def parts_of_each(self, posts: Sequence[Post]) -> list[dict[str, float]]:
        """`parts` of many videos without earlier ones, at once: trees answer for a thousand rows nearly as soon as for one."""
        if self._with_history:  # they would be each other's earlier videos
            return [self.parts(post) for post in posts]
        from threadpoolctl import threadpool_limits

        table = PostTable([replace(post, author=post.author or NOBODY) for post in posts])
        with threadpool_limits(1):  # the page that somebody looks at goes first
            expected = self._model.predict(table, np.arange(len(posts)))
        sigma = np.array([self._sigma.get(post.category, self._sigma[""]) for post in posts])
        return [_named(parts) for parts in in_sigmas(posts, expected, sigma.reshape(-1, len(TARGETS)))]

    def ranked_too(self, posts: Sequence[Post]) -> list[tuple[Post, float]]:
        """Points among the table's videos of others that stand not in it, as `ranked` has those of the table: by models that never saw
        the creator. Videos without known plays or not yet three days old are left out."""  # noqa: D205, D209
        from threadpoolctl import threadpool_limits

        table = PostTable(posts)
        rows = np.flatnonzero(table.settled & np.isfinite(table.y[:, 0]))
        with threadpool_limits(1):  # the page that somebody looks at goes first
            expected = self._by_others(table, rows)
        found = [posts[int(row)] for row in rows]
        scaled = in_sigmas(found, expected, np.broadcast_to(self._sigma[""], expected.shape))
        return [(post, self._points(float(np.nanmean(parts)))) for post, parts in zip(found, scaled, strict=True)]

    def _by_others(self, table: PostTable, rows: Rows) -> Floats:
        """What to expect of `rows`, each by the model that saw no video of its creator's fold."""
        fold = authors_folds(table, rows, FOLDS)
        out = np.full((len(rows), len(TARGETS)), np.nan)
        for number in np.unique(fold):
            held = fold == number
            out[held] = self._folds.get(int(number), self._model).predict(table, rows[held])
        return out

    def views_rank(self, post: Post) -> float | None:
        """The part of the videos of its category (of all, where those are fewer than LEAST) with fewer views; None without views."""
        views = self._views.get(post.category, self._views[""])
        return None if post.plays is None else bisect_left(views, post.plays) / len(views)

    def _held(self, post: Post, earlier: Sequence[Post]) -> tuple[Floats, float, float, float]:
        """Its parts in sigmas, and the expected ln(1 + plays) with its interval."""
        author = post.author or NOBODY
        table = PostTable(
            [*(replace(one, author=author) for one in earlier if one.video_id != post.video_id), replace(post, author=author)]
        )
        from threadpoolctl import threadpool_limits

        row = np.array([len(table.posts) - 1])
        with threadpool_limits(1):  # one row is done sooner than several threads are woken
            expected = self._model.predict(table, row)
            scatter = self._scatter.of(self._model.features(table, row))
        low, high = self._intervals.around(expected, table.ln_followers[row], scatter)
        sigma = self._sigma.get(post.category, self._sigma[""])
        return in_sigmas([post], expected, sigma[None, :])[0], float(expected[0, 0]), float(low[0, 0]), float(high[0, 0])


def _named(parts: Floats) -> dict[str, float]:
    return {name: float(part) for name, part in zip(TARGETS, parts, strict=True) if np.isfinite(part)}


def _sigmas(residuals: Floats) -> Floats:
    columns = [column[np.isfinite(column)] for column in residuals.T]
    return np.array([robust_sigma(column) if len(column) else 1.0 for column in columns])
