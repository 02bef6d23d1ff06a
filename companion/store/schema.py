"""Bringing a database's schema up to date, before anybody else may look at it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from companion.store.file_lock import exclusive
from companion.store.migrations import NAMES, SET, migration_set
from companion.store.workspace import Workspace


class SchemaTooNewError(RuntimeError):
    """The database was written by a newer BuySignal; it is left untouched."""


def apply_migrations(workspace: Workspace) -> list[str]:
    """Apply what is pending, under an exclusive file lock; returns the names applied.

    Raises:
        SchemaTooNewError: naming the migration that this version does not know.
    """
    with exclusive(workspace.migration_lock), closing(sqlite3.connect(workspace.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout = 30000")
        return migrate(connection)


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Apply what is pending to a database that nobody else has open; returns the names applied.

    Raises:
        SchemaTooNewError: naming the migration that this version does not know.
    """
    done = applied(connection)
    refuse_newer(done)
    pending = [name for name in NAMES if name not in done]
    if pending:
        from sqlite_utils import Database  # 0.2 s to import, needed on first start only

        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migration_set().apply(Database(connection))
    return pending


def applied(connection: sqlite3.Connection) -> list[str]:
    """Names of the migrations that this database has, oldest first."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'").fetchone()
    if not exists:
        return []
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [SET])
    return [str(row[0]) for row in rows]


def refuse_newer(done: list[str]) -> None:
    """Raise SchemaTooNewError when the list holds a migration that this version does not know."""
    unknown = [name for name in done if name not in NAMES]
    if unknown:
        raise SchemaTooNewError(
            f"this workspace was used by a newer BuySignal (it has {unknown[0]!r}); update BuySignal, or choose another --workspace"
        )
