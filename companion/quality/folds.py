"""Expectations for videos by models that never saw their creators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from companion.quality.expectation import Expectation, PostTable, Rows
from companion.quality.posts import Floats

FOLDS = 5


def fold_of(author: str, folds: int = FOLDS) -> int:
    """The fold of a creator: always the same one, whatever else the table holds."""
    return crc32(author.encode()) % folds


def out_of_fold(
    table: PostTable,
    rows: Rows,
    *,
    with_history: bool,
    folds: int = FOLDS,
    seen: Callable[[int, int], None] = lambda _done, _all: None,
) -> Floats:
    """What to expect of `rows`, each from models fitted on `rows` of other creators; NaN where the others say nothing.

    `seen` hears how many folds of how many are done.
    """
    fold = authors_folds(table, rows, folds)
    out = np.full((len(rows), table.y.shape[1]), np.nan)
    for number, model in fold_models(table, rows, with_history=with_history, folds=folds, seen=seen):
        held = fold == number
        out[held] = model.predict(table, rows[held])
    return out


def fold_models(
    table: PostTable,
    rows: Rows,
    *,
    with_history: bool,
    folds: int = FOLDS,
    seen: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[tuple[int, Expectation]]:
    """Each fold that has a creator among `rows`, with what the others teach; where those say nothing it is left out."""
    fold = authors_folds(table, rows, folds)
    for number in range(folds):
        held = fold == number
        others = rows[~held]
        if held.any() and np.isfinite(table.y[others, 0]).any() and table.settled[others].any():
            yield number, Expectation.fit(table, others, with_history=with_history)
        seen(number + 1, folds)


def latest(table: PostTable, rows: Rows, share: float) -> NDArray[np.bool_]:
    """Which of `rows` are among the latest `share` of their creator's rows; videos without a date or a creator are not."""
    found = np.zeros(len(rows), dtype=bool)
    by_author: dict[str, list[int]] = defaultdict(list)
    dates = [table.posts[row].created_at for row in rows]
    for at, row in enumerate(rows):
        if dates[at] is not None and table.posts[row].author:
            by_author[table.posts[row].author].append(at)
    for places in by_author.values():
        places.sort(key=lambda at: dates[at] or 0)
        found[places[len(places) - round(len(places) * share) :]] = True
    return found


def authors_folds(table: PostTable, rows: Rows, folds: int) -> NDArray[np.int64]:
    """The fold of each row's creator; a video without a creator is one of its own."""
    return np.array([fold_of(table.posts[row].author or f"video {table.posts[row].video_id}", folds) for row in rows], dtype=np.int64)
