"""Decisions about items on which people disagreed, and the answers that went back to those who had said otherwise.

A decision is a label of source "adjudication" and a row here, written together. Taking it back adds an undo event to the labels,
which keep the whole story, and removes the row with what was returned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from companion.store import rows

Reason = Literal["ambiguous", "guideline gap", "slip", "sarcasm", "language", "missing context"]

REASONS: tuple[Reason, ...] = ("slip", "ambiguous", "guideline gap", "sarcasm", "language", "missing context")
"""Why people disagreed, in the order in which they are offered."""

GAP: Reason = "guideline gap"


@dataclass(frozen=True)
class Adjudication:
    """One decision; `label_uuid` is the label event that holds the answer."""

    uuid: str
    item_id: int
    label_uuid: str
    reason: Reason
    note: str
    adjudicator_id: str
    created_at: int


@dataclass(frozen=True)
class Decided:
    """A decision with what it was about."""

    uuid: str
    item_id: int
    label_uuid: str
    reason: Reason
    note: str
    adjudicator: str
    created_at: int
    text: str
    task_id: str
    grade: int
    guideline_version: str
    returned: int


_DECIDED = """SELECT a.uuid, a.item_id, a.label_uuid, a.reason, a.note, coalesce(p.name, '') AS adjudicator, a.created_at,
      i.text, i.task_id, l.grade, l.guideline_version,
      (SELECT count(*) FROM returned_answer r WHERE r.adjudication_uuid = a.uuid) AS returned
    FROM adjudication a JOIN label_item i ON i.id = a.item_id JOIN label_event l ON l.uuid = a.label_uuid
    LEFT JOIN annotator p ON p.id = a.adjudicator_id"""


def add(connection: sqlite3.Connection, decision: Adjudication, returned_to: Iterable[str]) -> None:
    """Store a decision, and give it back to these annotators."""
    names = rows.names(Adjudication)
    connection.execute(
        f"INSERT INTO adjudication ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})", asdict(decision)
    )
    connection.executemany(
        "INSERT OR IGNORE INTO returned_answer (adjudication_uuid, annotator_id) VALUES (?, ?)",
        [(decision.uuid, annotator) for annotator in returned_to],
    )


def remove(connection: sqlite3.Connection, uuid: str) -> None:
    """Take a decision away with what it returned; its label is undone beside it."""
    connection.execute("DELETE FROM adjudication WHERE uuid = ?", [uuid])


def find(connection: sqlite3.Connection, uuid: str) -> Decided | None:
    """One decision, or None."""
    row = connection.execute(f"{_DECIDED} WHERE a.uuid = ?", [uuid]).fetchone()
    return rows.build(Decided, row) if row else None


def listed(connection: sqlite3.Connection, limit: int) -> list[Decided]:
    """The latest decisions, newest first."""
    found = connection.execute(f"{_DECIDED} ORDER BY a.created_at DESC, a.rowid DESC LIMIT ?", [limit])
    return [rows.build(Decided, row) for row in found]


def gaps(connection: sqlite3.Connection, version: str) -> list[Decided]:
    """Decisions that found a gap in this version of the guideline, oldest first."""
    found = connection.execute(f"{_DECIDED} WHERE a.reason = ? AND l.guideline_version = ? ORDER BY a.created_at", [GAP, version])
    return [rows.build(Decided, row) for row in found]


def settled_at(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """When each (platform, comment id) was last decided (ms UTC)."""
    sql = """SELECT i.platform, i.target_id, max(a.created_at) FROM adjudication a JOIN label_item i ON i.id = a.item_id
        GROUP BY i.platform, i.target_id"""
    return {(str(row[0]), str(row[1])): int(row[2]) for row in connection.execute(sql)}


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """How many decisions stand for each reason."""
    return {str(row[0]): int(row[1]) for row in connection.execute("SELECT reason, count(*) FROM adjudication GROUP BY reason")}
