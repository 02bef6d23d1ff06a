"""Searches kept by name, and the alerts that some of them raise."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from companion.store import clock

HOUR = 60 * clock.MINUTE


@dataclass(frozen=True)
class SavedSearch:
    """A kept search: its filters as the query string has them.

    An alert is raised once `many` comments of `grade` or more came in within `hours`; without `many` there is none.
    Comments from before `read_at` (ms UTC) do not count again. `found` is how many there were when it was raised at `raised_at`.
    """

    id: int
    name: str
    filters: dict[str, str]
    many: int | None
    grade: int | None
    hours: int | None
    read_at: int
    raised_at: int | None
    found: int

    def since(self, now: int) -> int:
        """From when on comments count at `now`, ms UTC."""
        return max(now - (self.hours or 24) * HOUR, self.read_at)


_COLUMNS = "id, name, filters, many, grade, hours, read_at, raised_at, found"


def listed(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Every kept search, by name."""
    return [_search(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM saved_search ORDER BY name, id")]


def raised(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Those with an alert that nobody has read, newest first."""
    sql = f"SELECT {_COLUMNS} FROM saved_search WHERE raised_at IS NOT NULL ORDER BY raised_at DESC, id"
    return [_search(row) for row in connection.execute(sql)]


def add(connection: sqlite3.Connection, name: str, filters: dict[str, str], alert: tuple[int, int, int] | None = None) -> int:
    """Keep a search; `alert` is (many, grade, hours). Only comments from now on raise it. Returns its id."""
    sql = "INSERT INTO saved_search (name, filters, many, grade, hours, created_at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    now = clock.now_ms()
    made = connection.execute(sql, [name, json.dumps(filters, ensure_ascii=False), *(alert or (None, None, None)), now, now])
    return int(made.lastrowid or 0)


def remove(connection: sqlite3.Connection, search_id: int) -> None:
    """Delete a kept search; harmless when it is gone."""
    connection.execute("DELETE FROM saved_search WHERE id = ?", [search_id])


def raise_alert(connection: sqlite3.Connection, search_id: int, now: int, found: int) -> None:
    """Raise an alert, or bring its count up to date."""
    sql = "UPDATE saved_search SET raised_at = coalesce(raised_at, ?), found = ? WHERE id = ?"
    connection.execute(sql, [now, found, search_id])


def read(connection: sqlite3.Connection, search_id: int, now: int) -> None:
    """Take an alert down; what came in until `now` does not raise it again."""
    connection.execute("UPDATE saved_search SET raised_at = NULL, found = 0, read_at = ? WHERE id = ?", [now, search_id])


def _search(row: sqlite3.Row) -> SavedSearch:
    return SavedSearch(**{**dict(row), "filters": json.loads(row["filters"])})
