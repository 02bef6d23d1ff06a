"""Settings that outlive a restart: JSON values by key."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from companion.store import clock


def get(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """A setting's value, or `default`."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
    return json.loads(row["value"]) if row else default


def put(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Store a setting."""
    sql = """INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at"""
    connection.execute(sql, [key, json.dumps(value, ensure_ascii=False), clock.now_ms()])


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Forget a setting; harmless when it is not there."""
    connection.execute("DELETE FROM setting WHERE key = ?", [key])
