"""The invented sample data: rows of platform "sample", beside the user's own and removable in one go."""

from __future__ import annotations

import sqlite3

from companion.store import label_tasks, labels

PLATFORM = "sample"


def present(connection: sqlite3.Connection) -> bool:
    """Whether any sample row is stored."""
    sql = "SELECT EXISTS (SELECT 1 FROM video WHERE platform = ?) OR EXISTS (SELECT 1 FROM creator WHERE platform = ?)"
    return bool(connection.execute(sql, [PLATFORM, PLATFORM]).fetchone()[0])


def others(connection: sqlite3.Connection) -> bool:
    """Whether any video or creator beside the sample is stored."""
    sql = "SELECT EXISTS (SELECT 1 FROM video WHERE platform <> ?) OR EXISTS (SELECT 1 FROM creator WHERE platform <> ?)"
    return bool(connection.execute(sql, [PLATFORM, PLATFORM]).fetchone()[0])


def labelled(connection: sqlite3.Connection) -> int:
    """How many sample comments somebody has labelled."""
    sql = "SELECT count(DISTINCT comment_id) FROM label_standing WHERE platform = ?"
    return int(connection.execute(sql, [PLATFORM]).fetchone()[0])


def remove(connection: sqlite3.Connection) -> None:
    """Delete every sample row, the labels given to sample comments and tasks of nothing else."""
    sql = "SELECT comment_id FROM label_event WHERE platform = :sample UNION SELECT target_id FROM label_item WHERE platform = :sample"
    found = connection.execute(sql, {"sample": PLATFORM})
    labels.forget(connection, PLATFORM, [str(row["comment_id"]) for row in found])
    label_tasks.drop_empty(connection)
    connection.execute("DELETE FROM video WHERE platform = ?", [PLATFORM])  # comments and metrics go with it
    connection.execute("DELETE FROM creator WHERE platform = ?", [PLATFORM])
