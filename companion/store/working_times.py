"""Working time from heartbeats: one open span a person, so that two tabs never count twice."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.store import clock, rows

GAP_MS = 4 * clock.MINUTE
"""A heartbeat that comes later than this belongs to a new span: the time between was a pause. The screen sends one a minute, and says
"paused" itself after three minutes without a key."""

SHORT_MS = clock.MINUTE
"""A pause shorter than this is none: going to another tab says "paused" in the first and, a little later, "working" in the second."""


@dataclass(frozen=True)
class Span:
    """Time worked on one task without a pause (ms UTC); `ended_at` is the last heartbeat while the span is open."""

    task_id: str
    began_at: int
    ended_at: int
    open: bool


def beat(connection: sqlite3.Connection, annotator_id: str, task_id: str, *, working: bool) -> None:
    """Take a heartbeat; the caller holds the transaction.

    Only this computer's clock counts. Where it jumped by more than the gap, either way, the span ends at its last heartbeat and a
    new one begins: the time between is not counted, and none is counted twice.
    """
    now = clock.now_ms()
    row = connection.execute(
        "SELECT id, task_id, seen_at, ended_at FROM working_time WHERE annotator_id = ? ORDER BY id DESC LIMIT 1", [annotator_id]
    ).fetchone()
    if row and abs(now - row["seen_at"]) <= (GAP_MS if row["ended_at"] is None else SHORT_MS if working else -1):
        now = max(now, row["seen_at"])
        goes_on = working and row["task_id"] == task_id
        if goes_on or row["ended_at"] is None:
            connection.execute("UPDATE working_time SET seen_at = ?, ended_at = ? WHERE id = ?", [now, None if goes_on else now, row["id"]])
        if goes_on:
            return
    elif row and row["ended_at"] is None:
        connection.execute("UPDATE working_time SET ended_at = seen_at WHERE id = ?", [row["id"]])
    if working:
        connection.execute(
            "INSERT INTO working_time (annotator_id, task_id, began_at, seen_at) VALUES (?, ?, ?, ?)", [annotator_id, task_id, now, now]
        )


def pause(connection: sqlite3.Connection, annotator_id: str) -> None:
    """Stop counting until the next heartbeat."""
    beat(connection, annotator_id, "", working=False)


def spans(connection: sqlite3.Connection, annotator_id: str, since: int = 0) -> list[Span]:
    """A person's spans that began at `since` (ms UTC) or later, oldest first."""
    now = clock.now_ms()
    sql = (
        "SELECT task_id, began_at, coalesce(ended_at, seen_at) AS ended_at,"
        " ended_at IS NULL AND abs(:now - seen_at) <= :gap AS open FROM working_time"
        " WHERE annotator_id = :who AND began_at >= :since ORDER BY began_at, id"
    )
    found = connection.execute(sql, {"now": now, "gap": GAP_MS, "who": annotator_id, "since": since})
    return [rows.build(Span, row, **rows.flags(row, ["open"])) for row in found]


def task_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Names of tasks by id, closed ones too."""
    return {row["id"]: row["name"] for row in connection.execute("SELECT id, name FROM label_task")}
