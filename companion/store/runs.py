"""Collecting runs: what was asked for, how far it came, and why it stopped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from companion.store import rows

State = Literal["running", "waiting", "paused", "finished", "stopped"]
"""waiting: for a person at the browser; paused: may go on later; finished: nothing is left to do; stopped: ended by its own rules."""
Pace = Literal["ok", "slow", "paused", "stopped"]


@dataclass(frozen=True)
class Run:
    """One run. Times are ms UTC; `drifted` of `rows` did not look as expected, `lost` could not be kept for want of an id."""

    id: str
    kind: str
    targets: tuple[str, ...]
    started_at: int
    updated_at: int
    options: dict[str, Any] = field(default_factory=dict)
    keep_days: int | None = None
    state: State = "running"
    reason: str = ""
    pace: Pace = "ok"
    rows: int = 0
    drifted: int = 0
    pages: int = 0
    drifted_pages: int = 0
    lost: int = 0
    ended_at: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a run stands. A state that is not "running" or "waiting" ends it until it is taken up again."""

    state: State
    pace: Pace = "ok"
    reason: str = ""


@dataclass(frozen=True)
class PageCount:
    """What one page adds to a run's sums: rows, those of them that did not look as expected, and those that could not be kept."""

    rows: int
    drifted: int
    lost: int


def start(connection: sqlite3.Connection, run: Run) -> None:
    """Store a new run."""
    names = rows.names(Run)
    sql = f"INSERT INTO run ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    values = {**vars(run), "targets": rows.listed(run.targets), "options": json.dumps(run.options, sort_keys=True)}
    connection.execute(sql, values)


def note(connection: sqlite3.Connection, run_id: str, standing: Standing, now: int) -> None:
    """Note where a run stands."""
    ended = None if standing.state in {"running", "waiting"} else now
    sql = "UPDATE run SET state = ?, pace = ?, reason = ?, updated_at = ?, ended_at = ? WHERE id = ?"
    connection.execute(sql, [standing.state, standing.pace, standing.reason, now, ended, run_id])


def count_page(connection: sqlite3.Connection, run_id: str, page: PageCount, now: int) -> None:
    """Add one page to a run's sums."""
    connection.execute(
        """UPDATE run SET pages = pages + 1, drifted_pages = drifted_pages + ?, rows = rows + ?, drifted = drifted + ?, lost = lost + ?,
           updated_at = ? WHERE id = ?""",
        [int(page.drifted > 0), page.rows, page.drifted, page.lost, now, run_id],
    )


def find(connection: sqlite3.Connection, run_id: str) -> Run | None:
    """One run, or None."""
    row = connection.execute(f"SELECT {rows.columns(Run)} FROM run WHERE id = ?", [run_id]).fetchone()
    return _run(row) if row else None


def keep_days(connection: sqlite3.Connection, run_id: str) -> int | None:
    """How many days a run's rows are kept; None: without end."""
    row = connection.execute("SELECT keep_days FROM run WHERE id = ?", [run_id]).fetchone()
    return row["keep_days"] if row else None


def listed(connection: sqlite3.Connection, limit: int = 50) -> list[Run]:
    """Runs, the latest first."""
    return [
        _run(row) for row in connection.execute(f"SELECT {rows.columns(Run)} FROM run ORDER BY started_at DESC, id DESC LIMIT ?", [limit])
    ]


def resumable(connection: sqlite3.Connection, kind: str, targets: Sequence[str]) -> Run | None:
    """The latest run of the same kind and targets that was cut off or paused."""
    row = connection.execute(
        f"""SELECT {rows.columns(Run)} FROM run WHERE kind = ? AND targets = ? AND state IN ('running', 'waiting', 'paused')
            ORDER BY started_at DESC LIMIT 1""",
        [kind, rows.listed(targets)],
    ).fetchone()
    return _run(row) if row else None


def _run(row: sqlite3.Row) -> Run:
    return rows.build(Run, row, targets=rows.texts(row["targets"]), options=json.loads(row["options"]))
