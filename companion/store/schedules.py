"""Runs that come by themselves: what to collect, when, and when each is due next."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class Timetable:
    """When: `minute` after midnight in this computer's zone, on `weekday` (0 is Monday) or every day (None)."""

    minute: int
    weekday: int | None = None


@dataclass(frozen=True)
class Schedule:
    """One schedule. Times are ms UTC; `last_status` is the exit status of its latest run, None while that is not known."""

    id: int
    kind: str
    targets: tuple[str, ...]
    weekday: int | None
    minute: int
    headless: bool
    created_at: int
    next_at: int
    last_at: int | None
    last_status: int | None

    @property
    def timetable(self) -> Timetable:
        """When it comes."""
        return Timetable(self.minute, self.weekday)


@dataclass(frozen=True)
class Planned:
    """A schedule to add."""

    kind: str
    targets: tuple[str, ...]
    timetable: Timetable
    headless: bool = False


def add(connection: sqlite3.Connection, planned: Planned, next_at: int, now: int) -> int:
    """Store a schedule that is due first at `next_at`; returns its id."""
    when = planned.timetable
    sql = "INSERT INTO schedule (kind, targets, weekday, minute, headless, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    values = [planned.kind, rows.listed(planned.targets), when.weekday, when.minute, int(planned.headless), now, next_at]
    return int(connection.execute(sql, values).lastrowid or 0)


def listed(connection: sqlite3.Connection) -> list[Schedule]:
    """Schedules, the next one first."""
    return [_schedule(row) for row in connection.execute(f"SELECT {rows.columns(Schedule)} FROM schedule ORDER BY next_at, id")]


def find(connection: sqlite3.Connection, schedule_id: int) -> Schedule | None:
    """One schedule, or None."""
    row = connection.execute(f"SELECT {rows.columns(Schedule)} FROM schedule WHERE id = ?", [schedule_id]).fetchone()
    return _schedule(row) if row else None


def remove(connection: sqlite3.Connection, schedule_id: int) -> bool:
    """Delete a schedule; whether it was there."""
    return connection.execute("DELETE FROM schedule WHERE id = ?", [schedule_id]).rowcount > 0


def take(connection: sqlite3.Connection, schedule_id: int, now: int, next_at: int) -> bool:
    """Note that a schedule's run starts now; False when it was removed, or somebody else took it."""
    sql = "UPDATE schedule SET last_at = ?, last_status = NULL, next_at = ? WHERE id = ? AND next_at <= ?"
    return connection.execute(sql, [now, next_at, schedule_id, now]).rowcount > 0


def note_end(connection: sqlite3.Connection, schedule_id: int, status: int) -> None:
    """Note the exit status of a schedule's run."""
    connection.execute("UPDATE schedule SET last_status = ? WHERE id = ?", [status, schedule_id])


def _schedule(row: sqlite3.Row) -> Schedule:
    return rows.build(Schedule, row, targets=rows.texts(row["targets"]), headless=bool(row["headless"]))
