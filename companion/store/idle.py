"""Connections kept open between uses: opening one reads the whole schema anew, which costs more than most questions do."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class IdleConnections:
    """At most `most` connections of one role that wait for their next use. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: list[tuple[int, sqlite3.Connection]] = []

    def take(self, file: int) -> sqlite3.Connection | None:
        """One to the file of this number, or None; those to another file (a backup was restored since) are closed."""
        while waiting := self._next():
            opened, connection = waiting
            if opened == file:
                return connection
            connection.close()
        return None

    def give(self, file: int, connection: sqlite3.Connection) -> None:
        """Keep a connection that nobody uses any more, or close it: where enough wait, or where a question or a transaction is still open.

        An open question would hold on to what the database was like when it was asked.
        """
        if len(self._waiting) < self._most and _at_rest(connection):
            self._waiting.append((file, connection))
        else:
            connection.close()

    def close(self) -> None:
        """Close those that wait."""
        while waiting := self._next():
            waiting[1].close()

    def _next(self) -> tuple[int, sqlite3.Connection] | None:
        try:
            return self._waiting.pop()
        except IndexError:  # another thread may have taken the last one
            return None


def number_of(database: Path) -> int:
    """The number of the file that stands there now; 0 where there is none, and opening it says what is wrong."""
    try:
        return database.stat().st_ino
    except OSError:
        return 0


def _at_rest(connection: sqlite3.Connection) -> bool:
    """Whether no statement is running: an interrupt reaches the next one too, for as long as an earlier one is not at its end."""
    if connection.in_transaction:
        return False
    connection.interrupt()
    try:
        connection.execute("SELECT 1").fetchall()
    except sqlite3.Error:
        return False
    return True
