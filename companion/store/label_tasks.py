"""Labeling tasks: what is asked of whom about what, and how far each is."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from companion.store import rows

Kind = Literal["comment", "video"]
Question = Literal["grade", "signal", "sentiment", "quality"]

QUESTIONS: tuple[Question, ...] = ("grade", "signal", "sentiment", "quality")
"""What a task may ask: the first three of comments, quality (0-2) of videos."""


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        questions: asked in this order.
        source: where its items are from, such as {"kind": "hashtag", "hashtag": "unboxing"}.
        mix: share of each sampler.
        votes: people asked about each item; `most_votes` where they disagree and `until_agreed` is set.
        overlap: share of items that one person more is asked about.
        assisted: whether the model's suggestion is shown (but for a tenth).
        practice: whether it is a practice round: known answers, nothing counts.
        closed_at: since when nobody is asked any more (ms UTC); None while it is open.
    """

    id: str
    name: str
    questions: tuple[Question, ...]
    guideline_version: str
    seed: int
    created_at: int
    kind: Kind = "comment"
    source: dict[str, Any] = field(default_factory=dict)
    mix: dict[str, float] = field(default_factory=dict)
    votes: int = 1
    most_votes: int = 3
    overlap: float = 0.1
    until_agreed: bool = False
    assisted: bool = False
    practice: bool = False
    created_by: str = ""
    closed_at: int | None = None


@dataclass(frozen=True)
class Standing:
    """How far a task is. Known answers (gold) are left out of `total` and `done`, except in a practice round.

    Attributes:
        items: comments or videos.
        total: answers wanted, of everybody.
        done: answers given.
    """

    items: int
    total: int
    done: int


_COLUMNS = rows.columns(Task)
_FLAGS = ("until_agreed", "assisted", "practice")


def add(connection: sqlite3.Connection, task: Task) -> None:
    """Store a task; its items follow (label_items.add)."""
    coded = {"questions": rows.listed(task.questions), "source": json.dumps(task.source, ensure_ascii=False), "mix": json.dumps(task.mix)}
    values = ", ".join(f":{name}" for name in rows.names(Task))
    connection.execute(f"INSERT INTO label_task ({_COLUMNS}) VALUES ({values})", {**asdict(task), **coded})


def find(connection: sqlite3.Connection, task_id: str) -> Task | None:
    """One task, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM label_task WHERE id = ?", [task_id]).fetchone()
    return _task(row) if row else None


def listed(connection: sqlite3.Connection, limit: int = 100) -> list[Task]:
    """Tasks: open ones first, then the latest."""
    sql = f"SELECT {_COLUMNS} FROM label_task ORDER BY closed_at IS NOT NULL, created_at DESC, id LIMIT ?"
    return [_task(row) for row in connection.execute(sql, [limit])]


def close(connection: sqlite3.Connection, task_id: str, now: int) -> bool:
    """Ask nobody any more; False where it was closed already or never was. Answers under way are still taken."""
    sql = "UPDATE label_task SET closed_at = ? WHERE id = ? AND closed_at IS NULL"
    return connection.execute(sql, [now, task_id]).rowcount > 0


def reopen(connection: sqlite3.Connection, task_id: str) -> bool:
    """Ask again."""
    return connection.execute("UPDATE label_task SET closed_at = NULL WHERE id = ? AND closed_at IS NOT NULL", [task_id]).rowcount > 0


def drop_empty(connection: sqlite3.Connection) -> None:
    """Delete tasks whose items were all deleted."""
    connection.execute("DELETE FROM label_task WHERE NOT EXISTS (SELECT 1 FROM label_item i WHERE i.task_id = label_task.id)")


def standing(connection: sqlite3.Connection, task: Task) -> Standing:
    """How far a task is."""
    if task.practice:
        sql = "SELECT count(*), count(*), coalesce(sum(done > 0), 0) FROM label_item WHERE task_id = ?"
    else:
        sql = """SELECT count(*), coalesce(sum(votes), 0), coalesce(sum(min(votes, done)), 0) FROM label_item
            WHERE task_id = ? AND gold IS NULL"""
    return Standing(*connection.execute(sql, [task.id]).fetchone())


def _task(row: sqlite3.Row) -> Task:
    decoded = {"questions": rows.texts(row["questions"]), "source": json.loads(row["source"]), "mix": json.loads(row["mix"])}
    return rows.build(Task, row, **decoded, **{name: bool(row[name]) for name in _FLAGS})
