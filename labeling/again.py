"""Putting comments to people once more, blind: in a task of its own, so that nobody sees what was said before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from companion.store import annotators, label_items, label_tasks
from companion.store.asked_again import SAMPLER
from companion.store.label_items import Item
from companion.store.label_tasks import Task

MOST = 500
"""Comments in one such task: an evening's work."""

TWO_PEOPLE = 2
"""Where several people label, two are asked, so that a new disagreement would show."""


def ask(connection: sqlite3.Connection, items: Sequence[Item], base: Task) -> Task:
    """Make the task; the caller holds the transaction. Two people are asked where two label, else one.

    Args:
        connection: a writer.
        items: in order; of each only what was judged is taken over.
        base: the task without items; see `blank`.
    """
    votes = TWO_PEOPLE if _people(connection) >= TWO_PEOPLE else 1
    task = replace(base, votes=votes, most_votes=max(3, votes))
    label_tasks.add(connection, task)
    label_items.add(connection, task.id, [_fresh(item, place, votes) for place, item in enumerate(items[:MOST])])
    return task


def blank(name: str, why: str, author: str, now: int, version: str) -> Task:
    """A task without items.

    Args:
        name: of the task.
        why: "guideline" or "suspects".
        author: the annotator's id.
        now: ms UTC.
        version: of the guideline.
    """
    return Task(
        id=uuid4().hex[:12],
        name=name,
        questions=("grade", "signal", "sentiment"),
        guideline_version=version,
        seed=0,
        created_at=now,
        source={"kind": SAMPLER, "why": why},
        overlap=0.0,
        created_by=author,
    )


def _fresh(item: Item, place: int, votes: int) -> Item:
    return replace(item, id=0, sampler=SAMPLER, score=None, probability=1.0, place=place, votes=votes, repeat=False, gold=None)


def _people(connection: sqlite3.Connection) -> int:
    return sum(person.disabled_at is None for person in annotators.listed(connection))
