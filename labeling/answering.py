"""Taking answers in: each is stored once, in the order in which it was given, and none is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from companion.intent.text import normalise
from companion.store import Store, annotation_events, annotators, clock, label_items, label_tasks
from companion.store.annotation_events import Event, Recorded, RefusedEventError
from companion.store.label_items import EVERYBODY, Item
from companion.store.predictions import digest
from labeling.people import Person
from labeling.samplers import disputed


@dataclass(frozen=True)
class Feedback:
    """What is right in a practice round, told after the answer."""

    uuid: str
    right: dict[str, Any]
    why: str


@dataclass
class Outcome:
    """What became of the events, by uuid; `refused` with the reason. `replaced` took the place of an answer given elsewhere."""

    stored: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)


def take(store: Store, person: Person, events: Sequence[Event]) -> Outcome:
    """Store events in one transaction, flushed to disk. One that is refused keeps no other from being stored.

    Raises:
        StoreError, sqlite3.Error: none of them was stored; send them again.
    """
    outcome = Outcome()
    with store.writing("labels") as connection:
        for event in events:
            try:
                text_hash = digest(normalise(annotation_events.text_of(connection, event.assignment)))
                recorded = annotation_events.record(connection, person.id, event, clock.now_ms(), text_hash)
            except RefusedEventError as refused:
                outcome.refused.append((event.uuid, str(refused)))
                continue
            (outcome.stored if recorded.new else outcome.known).append(event.uuid)
            _follow(connection, person, event, recorded, outcome)
    return outcome


def _follow(connection: sqlite3.Connection, person: Person, event: Event, recorded: Recorded, outcome: Outcome) -> None:
    """What an answer brings about: another person is asked, or the practice round tells what is right."""
    if recorded.replaced:
        outcome.replaced.append(event.uuid)
    if not (recorded.practice or recorded.until_agreed):
        return
    item, task = label_items.find(connection, recorded.item_id), label_tasks.find(connection, recorded.task_id)
    if item is None or task is None:
        return
    if task.practice:
        if event.action == "submit":
            outcome.feedback.append(_feedback(event, item))
        if annotation_events.practised(connection, person.id, task.id):
            annotators.note_practised(connection, person.id, clock.now_ms())
    elif recorded.new and item.votes < EVERYBODY:
        grades = list(annotation_events.grades_of(connection, item.id).values())
        if disputed(grades):
            label_items.ask_more(connection, item.id, min(task.most_votes, len(grades) + 1))


def _feedback(event: Event, item: Item) -> Feedback:
    gold = item.gold or {}
    right = {key: gold[key] for key in annotation_events.ANSWERS if gold.get(key) is not None}
    return Feedback(event.uuid, right, str(gold.get("why") or ""))
