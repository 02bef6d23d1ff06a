"""Prediction deviation: how far a video lies from what was to be expected of it.

As the source framework writes it (`seed_deviation`): 1/n · sum |x_i - xhat_i| / sigma_i over plays, likes, comments and shares, xhat from
a forest of 200 trees per category, sigma the standard deviation in the category. Its faults: by the absolute value a failure scores like
a success; raw counts make it a measure of size; one hit makes sigma so large that nothing else deviates.

Mended (`deviation`): x in logarithms (plays, and likes, comments and shares for each play, shrunk where plays are few), signed, sigma
1.4826 · median |x - median| of the category's residuals, each part cut at ±4, and every expectation from models that never saw the
creator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from companion.quality.expectation import FOREST_ROWS, Curve, PostTable, Rows, forest
from companion.quality.features import TagEffects, field_features
from companion.quality.folds import FOLDS, authors_folds, out_of_fold
from companion.quality.posts import TARGETS, Floats, Post, counts

CUT = 4.0
"""Robust sigmas beyond which a part says no more: one viral video must not decide a creator's mean."""
LEAST = 30
"""Videos of a category from which its own sigma is used; below, that of all categories."""
RAW = ("plays", "likes", "comments", "shares")
MAD_TO_SIGMA = 1.4826
"""Of a normal distribution."""

Seen = Callable[[int, int], None]


def _silent(done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Deviations:
    """A row a video. `parts` are in sigmas with a column for each of `names`, `score` their mean; NaN where not known.

    `why` says what is not known, and which numbers of the row were not used.

    `expected` is in the units of the parts before scaling; `percentile` is 0-100 among the category's scored videos.
    """

    names: tuple[str, ...]
    expected: Floats
    parts: Floats
    score: Floats
    percentile: Floats
    why: tuple[str, ...]


def deviation(table: PostTable, seen: Seen = _silent) -> Deviations:
    """The mended score of every video, without the creator's history."""
    rows = np.arange(len(table.posts))
    expected = out_of_fold(table, rows, with_history=False, seen=seen)
    sigma = _by_category(table, table.y - expected, robust_sigma)
    parts = in_sigmas(table.posts, expected, sigma)
    return _scored(table, TARGETS, expected, np.clip(_level_ground(table, parts), -CUT, CUT))


def seed_deviation(table: PostTable, seen: Seen = _silent) -> Deviations:
    """The score as the source writes it, also out of fold by creator and without history. Where a category has too few
    videos for a forest, the one part is likes / plays against the source's fallback formula (`fallback_rate`)."""  # noqa: D205, D209
    raw = np.stack([counts(table.posts, name) for name in RAW], axis=1)
    expected = np.full_like(raw, np.nan)
    for name in sorted({post.category for post in table.posts}):
        rows = np.array([row for row, post in enumerate(table.posts) if post.category == name], dtype=np.int64)
        expected[rows] = _forest_counts(table, rows, raw, seen)
    sigma = _by_category(table, raw, lambda values: float(np.std(values)))
    parts = np.abs(raw - expected) / sigma
    lacking = ~np.isfinite(expected).any(axis=1)
    if lacking.any():
        parts[lacking] = _fallback_parts(raw)[lacking]
    return _scored(table, RAW, expected, parts)


def in_sigmas(posts: Sequence[Post], expected: Floats, sigma: Floats) -> Floats:
    """How far each video lies from `expected` (TARGETS), signed, in `sigma`, cut at ±CUT; NaN where not known.

    plays: (ln(1 + plays) - expected) / sigma. A rate: ln((count + s) / (plays · expected rate + s)) / sigma with s = 1 / sigma², the
    gamma-Poisson posterior whose prior scatters like the field: no likes on three plays say nothing, none on a million say a lot.
    """
    plays = counts(posts, "plays")
    residuals = np.empty_like(expected)
    residuals[:, 0] = np.log1p(plays) - expected[:, 0]
    prior = 1 / np.square(sigma)
    for column, name in enumerate(RAW[1:], 1):
        due = np.where(plays > 0, plays, np.nan) * np.exp(expected[:, column])
        residuals[:, column] = np.log((counts(posts, name) + prior[:, column]) / (due + prior[:, column]))
    out: Floats = np.clip(residuals / sigma, -CUT, CUT)
    return out


def _level_ground(table: PostTable, parts: Floats) -> Floats:
    """The parts less their own curve over followers: what shrinking takes from videos with few plays must not fall on small creators."""
    if np.isfinite(parts[:, 0]).sum() < FOREST_ROWS:
        return parts
    out: Floats = parts - Curve.fit(table.ln_followers, parts).of(table.ln_followers)
    return out


def fallback_rate(plays: float, comments: float, shares: float) -> float | None:
    """The source's formula where a model lacks data: 0.05 + 0.3 · comments / plays + 0.2 · shares / plays, read as likes / plays
    (comments and shares are its inputs, so it cannot expect them). Its constants are the source's. None without plays."""  # noqa: D205, D209
    return 0.05 + 0.3 * comments / plays + 0.2 * shares / plays if plays > 0 else None


def robust_sigma(values: Floats) -> float:
    """1.4826 · median |x - median|; the standard deviation where more than half of the values are equal; 1 where all are."""
    spread = MAD_TO_SIGMA * float(np.median(np.abs(values - np.median(values))))
    return spread or float(np.std(values)) or 1.0


def _forest_counts(table: PostTable, rows: Rows, raw: Floats, seen: Seen) -> Floats:
    """Forest predictions of raw counts for `rows`, out of fold by creator; NaN where too few rows."""
    out = np.full((len(rows), len(RAW)), np.nan)
    usable = np.isfinite(raw[rows]).all(axis=1)
    tags = TagEffects([], np.empty((0, len(TARGETS))))
    x = field_features([table.posts[row] for row in rows], tags)
    fold = authors_folds(table, rows, FOLDS)
    for number in range(FOLDS):
        learn, held = usable & (fold != number), fold == number
        if held.any() and learn.sum() >= FOREST_ROWS:
            scale = np.std(raw[rows[learn]], axis=0)
            scale[scale == 0] = 1.0
            out[held] = forest().fit(x[learn], raw[rows[learn]] / scale).predict(x[held]) * scale
        seen(number + 1, FOLDS)
    return out


def _fallback_parts(raw: Floats) -> Floats:
    parts = np.full_like(raw, np.nan)
    rate, expected = np.full(len(raw), np.nan), np.full(len(raw), np.nan)
    for row, (plays, likes, comments, shares) in enumerate(raw):
        said = fallback_rate(plays, comments, shares)
        if said is not None and np.isfinite([likes, comments, shares]).all():
            rate[row], expected[row] = likes / plays, said
    known = np.isfinite(rate)
    if known.sum() > 1:
        parts[:, 1] = np.abs(rate - expected) / (float(np.std(rate[known])) or 1.0)
    return parts


def _by_category(table: PostTable, values: Floats, spread: Callable[[Floats], float]) -> Floats:
    """The spread of each column within each row's category; that of all rows where it has too few; 1 where nothing spreads."""
    out = np.ones_like(values)
    categories = np.array([post.category for post in table.posts])
    for column in range(values.shape[1]):
        known = np.isfinite(values[:, column])
        overall = spread(values[known, column]) if known.any() else 1.0
        for name in set(categories):
            rows = categories == name
            own = known & rows
            out[rows, column] = (spread(values[own, column]) if own.sum() >= LEAST else overall) or 1.0
    return out


def _scored(table: PostTable, names: tuple[str, ...], expected: Floats, parts: Floats) -> Deviations:
    known = np.isfinite(parts)
    score = np.where(known.any(axis=1), np.where(known, parts, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)
    why = []
    for post, is_known in zip(table.posts, known, strict=True):
        missing = [name for name, there in zip(names, is_known, strict=True) if not there]
        start = [f"without {', '.join(missing)}"] if missing else []
        if len(missing) == len(names):
            start = ["no score", *(["too few videos to say what is usual"] if post.plays is not None else [])]
        why.append("; ".join([*start, *post.reasons]))
    return Deviations(names, expected, parts, score, _percentiles(table, score), tuple(why))


def _percentiles(table: PostTable, score: Floats) -> Floats:
    from scipy.stats import rankdata

    out = np.full(len(score), np.nan)
    categories = np.array([post.category for post in table.posts])
    for name in set(categories):
        rows = (categories == name) & np.isfinite(score)
        if rows.any():
            out[rows] = 100 * (rankdata(score[rows]) - 0.5) / rows.sum()
    return out
