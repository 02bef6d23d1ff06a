"""Connections and the one way to write."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from companion.store.idle import IdleConnections, number_of
from companion.store.schema import apply_migrations
from companion.store.workspace import Workspace

Role = Literal["reader", "writer", "labels"]
"""reader cannot write; writer may lose its last commits in a power cut; labels never loses one."""

BUSY_TIMEOUT_MS = 30_000
IDLE_WRITERS = 2
"""Writers kept open between writes: opening one costs more than a write does, and closing the last one moves the whole log."""

IDLE_READERS = 4
"""Readers kept open between questions: as many as answer at once in the companion."""

BEGIN_ATTEMPTS = 3
"""SQLite's own waiting is not fair between writers, so a loser tries again after a random pause."""


_NOT_SAFE = "the disk did not make the labels safe ({}); check the disk, then send them again"

_flushed = getattr(os, "fdatasync", os.fsync)


class StoreError(RuntimeError):
    """The database cannot do what was asked; the message says what to do."""


class StoreBusyError(StoreError):
    """Other writers held the database for longer than the busy timeout, several times."""


@dataclass(frozen=True)
class Store:
    """An opened workspace whose schema is current."""

    workspace: Workspace
    busy_timeout_ms: int = BUSY_TIMEOUT_MS
    _writers: IdleConnections = field(default_factory=lambda: IdleConnections(IDLE_WRITERS), init=False, repr=False, compare=False)
    _readers: IdleConnections = field(default_factory=lambda: IdleConnections(IDLE_READERS), init=False, repr=False, compare=False)

    def connect(self, role: Role) -> sqlite3.Connection:
        """A new connection in autocommit mode; the caller closes it. One thread at a time may use it.

        Raises:
            StoreError: the file cannot be opened.
        """
        try:
            connection = _open(self.workspace.database)
            connection.execute(f"PRAGMA busy_timeout = {self.busy_timeout_ms}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA synchronous = {'FULL' if role == 'labels' else 'NORMAL'}")
            if role == "reader":
                connection.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            raise StoreError(f"database {self.workspace.database} cannot be opened ({error}); run `buysignal doctor`") from error
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A reader for the body, not to be used after it."""
        file, connection = self._opened("reader", self._readers)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._readers.give(file, connection)

    @contextmanager
    def writing(self, role: Literal["writer", "labels"] = "writer") -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction for the body, not to be used after it.

        Raises:
            StoreError: also where the disk did not take what labels wrote; writing it again is safe.
        """
        file, connection = self._opened("writer", self._writers)
        try:
            with transaction(connection):
                yield connection
            if role == "labels":
                self._flush()
        except BaseException:
            connection.close()
            raise
        self._writers.give(file, connection)

    def close(self) -> None:
        """Close the connections that wait for their next use; reading and writing open new ones."""
        self._readers.close()
        self._writers.close()

    def _flush(self) -> None:
        """Make what was committed survive a power cut.

        SQLite's own flush (`synchronous = FULL`) happens inside the commit, while all other writers wait: with four people labeling at
        once, their flushes add up. Done after it, they overlap. What a checkpoint moved out of the log meanwhile, it has flushed itself.
        """
        try:
            handle = os.open(f"{self.workspace.database}-wal", os.O_RDWR)
        except FileNotFoundError:  # all of it is in the database file
            return
        except OSError as error:
            raise StoreError(_NOT_SAFE.format(error.strerror)) from error
        try:
            _flushed(handle)
        except OSError as error:
            raise StoreError(_NOT_SAFE.format(error.strerror)) from error
        finally:
            os.close(handle)

    def _opened(self, role: Role, idle: IdleConnections) -> tuple[int, sqlite3.Connection]:
        """A connection to the file that stands in the workspace now, and that file's number."""
        file = number_of(self.workspace.database)
        return file, idle.take(file) or self.connect(role)

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the database file (at shutdown); False where another program kept it from being emptied."""
        with closing(self.connect("writer")) as connection:
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def open_store(folder: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Store:
    """Prepare the workspace folder, bring its schema up to date and return its store.

    Raises:
        WorkspaceError: the folder cannot be used.
        SchemaTooNewError: a newer BuySignal wrote this database.
        StoreError: the file is not a healthy SQLite database.
    """
    workspace = Workspace(folder)
    workspace.prepare()
    try:
        apply_migrations(workspace)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"database {workspace.database} cannot be opened ({error}); bring back a copy with `buysignal restore`") from error
    return Store(workspace, busy_timeout_ms)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """BEGIN IMMEDIATE for the body: commits when it ends, rolls back when it raises.

    Keep the body short: no model, network or browser call inside.

    Raises:
        StoreBusyError: other writers did not let go in time; nothing was written.
        StoreError: called inside another transaction.
    """
    if connection.in_transaction:
        raise StoreError("a transaction is already open on this connection; transactions do not nest")
    _begin(connection)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself on some errors (disk full)
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection) -> None:
    for attempt in range(1, BEGIN_ATTEMPTS + 1):
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if attempt == BEGIN_ATTEMPTS:
                raise StoreBusyError("the database is busy: another program keeps writing to it; nothing was changed, try again") from error
            time.sleep(random.uniform(0.05, 0.25) * attempt)  # noqa: S311 (jitter, not a secret)


def _open(path: Path) -> sqlite3.Connection:
    # mode=rw: a database deleted under a running companion must be an error, not a silent empty file
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection
