"""Campaign plans that were saved: what was asked and what came out, as JSON objects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StoredPlan:
    """A saved plan. Times are ms UTC."""

    id: int
    name: str
    request: Mapping[str, Any]
    result: Mapping[str, Any]
    created_at: int


def add(connection: sqlite3.Connection, name: str, request: Mapping[str, Any], result: Mapping[str, Any], now: int) -> int:
    """Store a plan and return its id. The caller holds the transaction."""
    row = connection.execute(
        "INSERT INTO hashtag_plan (name, request, result, created_at, changed_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        [name, json.dumps(request, ensure_ascii=False), json.dumps(result, ensure_ascii=False), now, now],
    ).fetchone()
    return int(row[0])


def listed(connection: sqlite3.Connection) -> list[StoredPlan]:
    """All plans, the newest first."""
    found = connection.execute("SELECT id, name, request, result, created_at FROM hashtag_plan ORDER BY created_at DESC, id DESC")
    return [_plan(row) for row in found]


def find(connection: sqlite3.Connection, plan_id: int) -> StoredPlan | None:
    """One plan, or None."""
    row = connection.execute("SELECT id, name, request, result, created_at FROM hashtag_plan WHERE id = ?", [plan_id]).fetchone()
    return _plan(row) if row else None


def remove(connection: sqlite3.Connection, plan_id: int) -> None:
    """Delete a plan; harmless when it is not there."""
    connection.execute("DELETE FROM hashtag_plan WHERE id = ?", [plan_id])


def _plan(row: sqlite3.Row) -> StoredPlan:
    return StoredPlan(int(row["id"]), row["name"], json.loads(row["request"]), json.loads(row["result"]), int(row["created_at"]))
