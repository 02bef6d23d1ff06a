"""Grading stored comments that the model in use has not read yet."""

from __future__ import annotations

from collections.abc import Sequence

from companion.dashboard.readings import Row, key_of
from companion.intent import IntentModel
from companion.intent.text import NORMALISER
from companion.store import Store, clock, predictions
from companion.store.predictions import StoredPrediction

BATCH = 500
"""Comments graded by one press: about three seconds on a laptop core."""


def pending(rows: Sequence[Row]) -> list[Row]:
    """Rows without a prediction by the model in use."""
    return [row for row in rows if row.prediction is None]


def grade(model: IntentModel, store: Store, rows: Sequence[Row]) -> int:
    """Read the rows' comments and store what the model says; returns how many.

    The model runs before the transaction begins, so that nobody waits for it.
    """
    read = model.read([row.item for row in rows])
    now = clock.now_ms()
    stored = []
    for row, said in zip(rows, read, strict=True):
        text_hash, context_hash = key_of(row.item.text, row.item.context)
        stored.append(
            StoredPrediction(
                normaliser=NORMALISER,
                text_hash=text_hash,
                context_hash=context_hash,
                model=model.id,
                grade=said.grade,
                p_high=said.p_high,
                signal=said.signal,
                sentiment=said.sentiment,
                interval_low=said.interval[0],
                interval_high=said.interval[1],
                unsure=said.unsure,
                lang=said.lang,
                created_at=now,
            )
        )
    with store.writing() as connection:
        predictions.save(connection, stored)
    return len(stored)
