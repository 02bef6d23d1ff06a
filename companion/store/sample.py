"""The invented sample data: rows of platform "sample", beside the user's own and removable in one go."""

from __future__ import annotations

import sqlite3

from companion.store import labels

PLATFORM = "sample"


def present(connection: sqlite3.Connection) -> bool:
    """Whether any sample row is stored."""
    sql = "SELECT EXISTS (SELECT 1 FROM video WHERE platform = ?) OR EXISTS (SELECT 1 FROM creator WHERE platform = ?)"
    return bool(connection.execute(sql, [PLATFORM, PLATFORM]).fetchone()[0])


def remove(connection: sqlite3.Connection) -> None:
    """Delete every sample row and the labels given to sample comments; nothing else."""
    found = connection.execute("SELECT DISTINCT comment_id FROM label_event WHERE platform = ?", [PLATFORM])
    labels.forget(connection, PLATFORM, [str(row["comment_id"]) for row in found])
    connection.execute("DELETE FROM video WHERE platform = ?", [PLATFORM])  # comments and metrics go with it
    connection.execute("DELETE FROM creator WHERE platform = ?", [PLATFORM])
