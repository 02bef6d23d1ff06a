"""Versions of the labeling guide. The first is the one that is shipped; a new one never changes what was asked before."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class Guideline:
    """One version: Markdown, why it was made, by whom, when (ms UTC)."""

    version: str
    text: str
    reason: str
    author: str
    created_at: int


_COLUMNS = rows.columns(Guideline)


def find(connection: sqlite3.Connection, version: str) -> Guideline | None:
    """One version, or None where it was not written here."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM guideline WHERE version = ?", [version]).fetchone()
    return rows.build(Guideline, row) if row else None


def listed(connection: sqlite3.Connection) -> list[Guideline]:
    """All versions that were written here, latest first."""
    return [
        rows.build(Guideline, row) for row in connection.execute(f"SELECT {_COLUMNS} FROM guideline ORDER BY created_at DESC, rowid DESC")
    ]


def latest(connection: sqlite3.Connection) -> Guideline | None:
    """The version in force, or None while it is the shipped one."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM guideline ORDER BY created_at DESC, rowid DESC LIMIT 1").fetchone()
    return rows.build(Guideline, row) if row else None


def add(connection: sqlite3.Connection, guideline: Guideline) -> None:
    """Store a version.

    Raises:
        sqlite3.IntegrityError: the version exists.
    """
    connection.execute(
        "INSERT INTO guideline (version, text, reason, author, created_at) VALUES (?, ?, ?, ?, ?)",
        [guideline.version, guideline.text, guideline.reason, guideline.author, guideline.created_at],
    )


def follow(connection: sqlite3.Connection, version: str) -> int:
    """Let every open task go by this version from now on; answers given before keep theirs. Returns how many tasks changed."""
    sql = "UPDATE label_task SET guideline_version = ? WHERE closed_at IS NULL AND guideline_version <> ?"
    return connection.execute(sql, [version, version]).rowcount
