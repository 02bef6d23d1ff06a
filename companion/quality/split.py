"""Expectations measured as they would be used: learned from a table's train rows, said of its test rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from companion.quality.conformal import GROUPS, LEAST, Intervals
from companion.quality.expectation import Expectation, PostTable, Rows
from companion.quality.folds import authors_folds, latest, out_of_fold
from companion.quality.posts import TARGETS, Floats
from companion.quality.scatter import Scatter

Split = Literal["time", "creator"]
CALIBRATION_FOLDS = 3
LATEST = 0.15
"""The part of a creator's videos that the others are tried on, when later videos will be asked about."""
HELD_FROM_H = 168.0
"""Hours after which a video's counts are compared with its interval: younger ones are still being shown."""


class SplitError(ValueError):
    """The table cannot be split; the message says why."""


@dataclass(frozen=True)
class Expected:
    """Of the test rows `rows`: what was expected (natural logarithms, TARGETS) and the 90 % interval around it.

    `held` is the share of known values inside the interval, of videos at least a week old: a row for each third of creators by followers
    (fewest first), a column a target; NaN where nothing is known. `learned` counts the rows that taught, `kinds` is `Expectation.kinds`.
    """

    rows: Rows
    expected: Floats
    low: Floats
    high: Floats
    held: Floats
    learned: int
    kinds: dict[str, str]


def expect(
    table: PostTable, split: Split, *, with_history: bool = True, seen: Callable[[int, int], None] = lambda _d, _a: None
) -> Expected:
    """Learn from the rows that `split` calls "train" and say what to expect of those that it calls "test".

    Raises:
        SplitError: there are no train rows or no test rows, or nothing can be learned from the train rows.
    """
    said = np.array([getattr(post, f"split_{split}") for post in table.posts])
    train, test = np.flatnonzero(said == "train"), np.flatnonzero(said == "test")
    for name, rows in (("train", train), ("test", test)):
        if not len(rows):
            raise SplitError(f'the column split_{split} calls no row "{name}"')
    try:
        model = Expectation.fit(table, train, with_history=with_history)
    except ValueError as error:
        raise SplitError(str(error)) from error
    intervals, scatter = _intervals(table, train[table.settled[train]], split, model, seen)
    expected = model.predict(table, test)
    low, high = intervals.around(expected, table.ln_followers[test], scatter.of(model.features(table, test)))
    grown = np.array([(age := table.posts[row].age_h) is None or age >= HELD_FROM_H for row in test], dtype=bool)
    held = _held(table.y[test], low, high, intervals.groups(table.ln_followers[test]), grown)
    return Expected(test, expected, low, high, held, int(table.settled[train].sum()), dict(model.kinds))


def _intervals(
    table: PostTable, rows: Rows, split: Split, model: Expectation, seen: Callable[[int, int], None]
) -> tuple[Intervals, Scatter]:
    """From how far models miss creators that they never saw; where later videos will be asked about, also from how far a model of the
    earlier videos misses each creator's latest ones. What was missed is divided by its scatter."""  # noqa: D205, D209
    residuals = table.y[rows] - out_of_fold(table, rows, with_history=model.with_history, folds=CALIBRATION_FOLDS, seen=seen)
    x = model.features(table, rows)
    scatter, usual = Scatter.crossed(x, residuals, authors_folds(table, rows, CALIBRATION_FOLDS))
    across = Intervals.fit(residuals / usual, table.ln_followers[rows])
    late = latest(table, rows, LATEST)
    early = rows[~late]
    if split == "creator" or late.sum() < LEAST or not np.isfinite(table.y[early, 0]).any():
        return across, scatter
    before = Expectation.fit(table, early, with_history=model.with_history)
    missed = (table.y[rows[late]] - before.predict(table, rows[late])) / usual[late]
    return across.or_wider(Intervals.fit(missed, table.ln_followers[rows[late]], across.edges)), scatter


def _held(y: Floats, low: Floats, high: Floats, groups: Rows, grown: NDArray[np.bool_]) -> Floats:
    out = np.full((GROUPS, len(TARGETS)), np.nan)
    known = np.isfinite(y) & np.isfinite(low) & grown[:, None]
    for group in range(GROUPS):
        for column in range(len(TARGETS)):
            rows = known[:, column] & (groups == group)
            if rows.any():
                out[group, column] = float(((low <= y) & (y <= high))[rows, column].mean())
    return out
