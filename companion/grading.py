"""Grading stored comments: making their keys, asking a model, storing what it says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from companion.intent import Context, IntentModel, Item, Prediction
from companion.intent.context import render
from companion.intent.text import NORMALISER, cut, normalise
from companion.store import Store, clock, predictions, shelf, unread
from companion.store.predictions import Key, StoredPrediction
from companion.store.unread import Place, Unread

BATCH = 50
"""Comments between two writes: about 0.2 s of reading."""

_UNREADABLE = ("", "")
"""Keys of a comment whose text or context cannot be normalised: no prediction stands under them."""

_log = logging.getLogger("buysignal")


@dataclass(frozen=True)
class Said:
    """What a model said about a batch, and the comments on which it failed."""

    predictions: tuple[StoredPrediction, ...]
    failed: tuple[Unread, ...]


def ask(model: IntentModel, batch: Sequence[Unread], go: Callable[[], bool] = lambda: True) -> Said:
    """Read comments one by one, each once.

    `go` is asked before each comment: it may wait, and False ends the batch early.
    """
    said: list[StoredPrediction] = []
    failed: list[Unread] = []
    for comment in batch:
        if not go():
            break
        try:
            [prediction] = model.read([item_of(comment)])
        except Exception as error:  # whatever one comment does to the model, the others are graded
            _log.error("%s could not read a comment (%s); it stays without a grade", model.id, type(error).__name__)
            failed.append(comment)
        else:
            said.append(_stored(comment, prediction, model.id))
    return Said(tuple(said), tuple(failed))


def ask_at_once(model: IntentModel, batch: Sequence[Unread]) -> Said:
    """Read comments together, on all cores that the model takes."""
    try:
        predictions = model.read([item_of(comment) for comment in batch])
    except Exception:  # at least one of them cannot be read; one by one they tell which
        return ask(model, batch)
    return Said(tuple(_stored(comment, said, model.id) for comment, said in zip(batch, predictions, strict=True)), ())


def keep(store: Store, said: Said) -> None:
    """Store what a model said, in one write.

    Raises:
        StoreError, sqlite3.Error: nothing was stored.
    """
    if said.predictions:
        with store.writing() as connection:
            predictions.save(connection, said.predictions)


def show_grades(store: Store, model: str) -> bool:
    """Bring one batch of comments over to the grades of `model` in all lists; whether there was any to bring.

    Raises:
        StoreError, sqlite3.Error: nothing was changed.
    """
    with store.reading() as connection:
        if not shelf.behind(connection, model):
            return False
    with store.writing() as connection:
        shelf.use(connection, model)
        return shelf.refill(connection)


def drop_outdated_keys(store: Store) -> None:
    """Take away keys made by an older text normaliser.

    Raises:
        StoreError, sqlite3.Error: nothing was changed.
    """
    with store.reading() as connection:
        outdated = unread.outdated(connection, NORMALISER)
    if outdated:
        with store.writing() as connection:
            unread.drop_outdated(connection, NORMALISER)


def add_keys(store: Store) -> list[Place]:
    """Make the keys of one batch of comments that have none, latest ids first; returns where they stand.

    Raises:
        StoreError, sqlite3.Error: no key was made.
    """
    with store.reading() as connection:
        if not unread.unkeyed(connection, 1):
            return []
    with store.writing() as connection:
        found = unread.unkeyed(connection, BATCH)
        unread.put_keys(connection, NORMALISER, [(comment.place, *_keys(comment)) for comment in found])
    return [comment.place for comment in found]


def grade_platform(model: IntentModel, store: Store, platform: str) -> None:
    """Grade everything that `model` has not read of one platform, at once: for a few comments that somebody waits for."""
    show_grades(store, model.id)
    with store.reading() as connection:
        places = unread.of_platform(connection, model.id, platform)
    grade_now(model, store, places)


def grade_now(model: IntentModel, store: Store, places: Sequence[Place]) -> None:
    """Grade those of the stored comments that `model` has not read, all together: for somebody who waits for them.

    Raises:
        StoreError, sqlite3.Error: keys may have been made, no grade was stored.
    """
    with store.writing() as connection:
        found = unread.among(connection, model.id, places)
        waiting = [one if one.normaliser == NORMALISER else _keyed(one) for one in found]
        unread.put_keys(connection, NORMALISER, [(one.place, one.text_hash or "", one.context_hash or "") for one in waiting])
    keep(store, ask_at_once(model, waiting))


def item_of(comment: Unread) -> Item:
    """What the model reads for a stored comment."""
    return Item(comment.text, Context(comment.caption, comment.hashtags, comment.product, comment.parent))


def _keyed(comment: Unread) -> Unread:
    text_hash, context_hash = _keys(comment)
    return replace(comment, normaliser=NORMALISER, text_hash=text_hash, context_hash=context_hash)


def _keys(comment: Unread) -> tuple[str, str]:
    item = item_of(comment)
    try:
        return predictions.digest(normalise(cut(item.text)[0])), predictions.digest(render(item.context))
    except Exception as error:  # one odd comment must not keep the others from their keys
        _log.error("the text of a comment could not be prepared for reading (%s)", type(error).__name__)
        return _UNREADABLE


def _stored(comment: Unread, said: Prediction, model: str) -> StoredPrediction:
    key = Key(comment.normaliser or NORMALISER, comment.text_hash or "", comment.context_hash or "", model)
    return StoredPrediction(
        **key._asdict(),
        grade=said.grade,
        p_high=said.p_high,
        signal=said.signal,
        sentiment=said.sentiment,
        interval_low=said.interval[0],
        interval_high=said.interval[1],
        unsure=said.unsure,
        lang=said.lang,
        created_at=clock.now_ms(),
    )
