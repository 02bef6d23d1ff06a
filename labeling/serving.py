"""Handing out comments: a lease, what the model says of each, and how far the task is."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from companion.intent import Context, IntentModel, Prediction
from companion.intent import Item as Asked
from companion.store import Store, annotation_events, assignments, clock, label_items, label_tasks, returned_answers
from companion.store.assignments import Assignment, Reader, Wanted
from companion.store.label_items import Item
from companion.store.label_tasks import Task
from labeling.pace import per_minute
from labeling.people import Person
from labeling.unpleasant import unpleasant

PREFETCH = 5
"""Comments on hand in the browser: enough for an offline spell of a minute."""

BLIND_SHARE = 0.1
"""Of an assisted task: these are answered without the suggestion, so that its pull can be measured."""

RATE_MS = 30 * clock.MINUTE
"""A rate is that of the last half hour."""

_CONTEXT = ("caption", "hashtags", "product", "parent", "note")

_log = logging.getLogger("buysignal")


@dataclass(frozen=True)
class Served:
    """One item in a person's hands. `suggestion` is None where it is not shown."""

    assignment: int
    item: Item
    suggestion: dict[str, Any] | None
    toxic: bool
    practice: bool


@dataclass(frozen=True)
class Progress:
    """How far a task is.

    Attributes:
        done, total: answers of everybody.
        left: items that this person can still answer.
        mine: answers of this person.
        rate: their answers a minute, None before there are enough.
        returned: decisions about their answers that they have not seen yet.
        skipped: what they skipped and can still answer.
    """

    done: int
    total: int
    left: int
    mine: int
    rate: float | None
    returned: int
    skipped: int


def lease(store: Store, model: IntentModel, person: Person, task: Task, wanted: Wanted) -> list[Served]:
    """Hand out items; nothing of a closed task.

    Raises:
        StoreError, sqlite3.Error: nothing was handed out.
    """
    if task.closed_at is not None:
        return []
    reader = Reader(person.id, person.languages)
    asked = Wanted(wanted.task_id, min(wanted.want, PREFETCH), wanted.have)
    with store.writing() as connection:
        held = assignments.lease(connection, reader, asked, clock.now_ms())
        items = label_items.among(connection, [one.item_id for one in held])
    said = _read(model, [items[one.item_id] for one in held] if task.kind == "comment" else [])
    fresh = [(one.id, _told(said[one.item_id], model.id), _blind(task, one)) for one in held if one.item_id in said and not one.suggestion]
    if fresh and not task.practice:
        with store.writing() as connection:
            assignments.suggest(connection, fresh)
    known = {ident: (told, blind) for ident, told, blind in fresh}
    return [_served(task, one, items[one.item_id], said.get(one.item_id), known.get(one.id)) for one in held]


def progress(store: Store, person: Person, task: Task) -> Progress:
    """How far the task and the person are."""
    reader, now = Reader(person.id, person.languages), clock.now_ms()
    with store.reading() as connection:
        standing = label_tasks.standing(connection, task)
        left = 0 if task.closed_at is not None else assignments.open_for(connection, reader, task.id)
        mine = assignments.done_by(connection, person.id, task.id)
        times = assignments.done_since(connection, person.id, now - RATE_MS)
        returned = returned_answers.unread(connection, person.id)
        skips = [] if task.closed_at is not None else annotation_events.skips_that_stand(connection, person.id, task.id)
    done, total = (mine, standing.items) if task.practice else (standing.done, standing.total)
    return Progress(done, total, left, mine, per_minute(times), returned, len({assignment for _, assignment in skips}))


def over(store: Store, person: Person, have: Sequence[int]) -> list[int]:
    """Which of the assignments on hand need no answer any more."""
    with store.reading() as connection:
        return assignments.over(connection, person.id, have)


def _read(model: IntentModel, items: Sequence[Item]) -> dict[int, Prediction]:
    """What the model says; nothing of what it cannot read: labeling goes on without it."""
    found = {}
    for item in items:
        try:
            [found[item.id]] = model.read([Asked(item.text, _context(item))])
        except Exception as error:  # whatever one comment does to the model, people still label it
            _log.warning("%s could not read a comment to label (%s)", model.id, type(error).__name__)
    return found


def _context(item: Item) -> Context:
    known = {key: value for key, value in item.context.items() if value and key in _CONTEXT}
    if set(known) == {"note"}:
        return Context.of(str(known["note"]))
    known.pop("note", None)
    return Context.of(known)


def _told(said: Prediction, model: str) -> dict[str, Any]:
    return {
        "model": model,
        "grade": said.grade,
        "p_high": said.p_high,
        "signal": said.signal,
        "sentiment": said.sentiment,
        "interval": list(said.interval),
    }


def _blind(task: Task, held: Assignment) -> bool:
    """Whether the suggestion stays hidden: the same for an item and a person whenever asked."""
    if not task.assisted or held.nth:
        return True
    drawn = hashlib.blake2b(f"{task.seed} {held.item_id} {held.annotator_id}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) / 2**64 < BLIND_SHARE


def _served(task: Task, held: Assignment, item: Item, said: Prediction | None, fresh: tuple[dict[str, Any], bool] | None) -> Served:
    told, blind = fresh or (held.suggestion, held.blind)
    shown = told if told and not blind and task.assisted and not task.practice else None
    return Served(held.id, item, shown, unpleasant(item.text, item.lang, said.toxic if said else 0.0), task.practice)
