"""Skipped comments, asked again when the person wants them: the skips are taken back as any answer is, and nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from companion.store import Store, annotation_events, clock
from companion.store.annotation_events import Event
from companion.store.label_tasks import Task
from labeling import answering
from labeling.people import Person


@dataclass(frozen=True)
class Reopened:
    """A skip that was taken back: its uuid and its assignment, which the person holds again."""

    uuid: str
    assignment: int


def ask_again(store: Store, person: Person, task: Task) -> list[Reopened]:
    """Take a person's skips of an open task back, so that these comments are handed out to them again.

    Raises:
        StoreError, sqlite3.Error: nothing was taken back.
    """
    if task.closed_at is not None:
        return []
    with store.reading() as connection:
        found = [Reopened(*skip) for skip in annotation_events.skips_that_stand(connection, person.id, task.id)]
    undoing = {str(uuid4()): one for one in found}
    now = clock.now_ms()
    events = [Event(uuid, one.assignment, "undo", now, undoes=one.uuid) for uuid, one in undoing.items()]
    return [undoing[uuid] for uuid in answering.take(store, person, events).stored]
