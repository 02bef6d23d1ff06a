"""What tells whether the profile's rows have changed since they were read."""

from __future__ import annotations

import sqlite3

Mark = tuple[int, ...]


def mark(connection: sqlite3.Connection) -> Mark:
    """Another one after events or leanings were added, deleted or changed."""
    events = connection.execute("SELECT count(*), coalesce(max(seq), 0) FROM shop_event").fetchone()
    leanings = connection.execute("SELECT count(*), coalesce(max(at), 0) FROM shop_leaning").fetchone()
    return (*events, *leanings)
