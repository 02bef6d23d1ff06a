"""Imports into the catalogue: what each took in, and what was wrong with its rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from companion.store.catalogue import Saved


@dataclass(frozen=True)
class CatalogueImport:
    """One import. `problems` are examples, at most a few of a kind; `ended_at` is None for one that was cut short."""

    id: int
    at: int
    ended_at: int | None
    file: str
    kind: str
    columns: Mapping[str, Sequence[str]]
    rows: int
    new: int
    changed: int
    repriced: int
    kept: int
    withdrawn: int
    skipped: int
    noted: int
    problems: Sequence[str]


@dataclass(frozen=True)
class Tally:
    """How many rows were read, skipped as wrong, and used with a note."""

    rows: int = 0
    skipped: int = 0
    noted: int = 0


def begin(connection: sqlite3.Connection, file: str, kind: str, columns: Mapping[str, Sequence[str]], now: int) -> int:
    """Open an import; returns its number."""
    sql = "INSERT INTO shop_import (at, file, kind, columns) VALUES (?, ?, ?, ?)"
    told = json.dumps({meaning: list(names) for meaning, names in columns.items()}, ensure_ascii=False)
    return int(connection.execute(sql, [now, file, kind, told]).lastrowid or 0)


def add(connection: sqlite3.Connection, import_id: int, tally: Tally, saved: Saved) -> None:
    """Count a batch that is stored in the same transaction."""
    sql = """UPDATE shop_import SET rows = rows + ?, skipped = skipped + ?, noted = noted + ?, new = new + ?, changed = changed + ?,
        repriced = repriced + ?, kept = kept + ? WHERE id = ?"""
    counts = [tally.rows, tally.skipped, tally.noted, saved.new, saved.changed, saved.repriced, saved.kept]
    connection.execute(sql, [*counts, import_id])


def end(connection: sqlite3.Connection, import_id: int, withdrawn: int, problems: Sequence[str], now: int) -> None:
    """Close an import with examples of what was wrong."""
    sql = "UPDATE shop_import SET ended_at = ?, withdrawn = ?, problems = ? WHERE id = ?"
    connection.execute(sql, [now, withdrawn, json.dumps(list(problems), ensure_ascii=False), import_id])


def latest(connection: sqlite3.Connection, most: int = 20) -> list[CatalogueImport]:
    """The last imports, newest first."""
    found = connection.execute("SELECT * FROM shop_import ORDER BY id DESC LIMIT ?", [most])
    return [
        CatalogueImport(**{**dict(row), "columns": json.loads(row["columns"]), "problems": json.loads(row["problems"])}) for row in found
    ]


class SeenIds:
    """Ids met in one file, on disk where they are many, so that memory does not grow with the file."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)  # a private temporary database, gone with the connection
        self._connection.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID")
        self._connection.execute("BEGIN")

    def first(self, ident: str, line: int) -> int:
        """The line where an id was met first; `line` itself for a new one."""
        if self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", [ident, line]).rowcount:
            return line
        return int(self._connection.execute("SELECT line FROM seen WHERE id = ?", [ident]).fetchone()[0])

    def close(self) -> None:
        """Forget them."""
        self._connection.close()


def seen_ids() -> closing[SeenIds]:
    """For a `with` block."""
    return closing(SeenIds())
