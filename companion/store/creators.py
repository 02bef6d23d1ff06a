"""Creators: the public accounts whose videos are read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from companion.store import rows


@dataclass(frozen=True)
class Creator:
    """One creator. Counts are those last seen; None means not known."""

    platform: str
    id: str
    handle: str | None = None
    name: str | None = None
    verified: bool | None = None
    followers: int | None = None
    following: int | None = None
    likes: int | None = None
    videos: int | None = None


_SIGHTING = rows.Sighting.of("creator", Creator)


def save(connection: sqlite3.Connection, creators: Iterable[Creator], now: int) -> None:
    """Insert or update creators seen at `now`; None leaves what was known."""
    _SIGHTING.record(connection, ({**asdict(creator), "now": now} for creator in creators))


def find(connection: sqlite3.Connection, platform: str, creator_id: str) -> Creator | None:
    """One creator, or None."""
    row = connection.execute(
        f"SELECT {rows.columns(Creator)} FROM creator WHERE platform = ? AND id = ?", [platform, creator_id]
    ).fetchone()
    return _creator(row) if row else None


def listed(connection: sqlite3.Connection, limit: int = 100, offset: int = 0) -> list[Creator]:
    """Creators, most recently seen first."""
    sql = f"SELECT {rows.columns(Creator)} FROM creator ORDER BY last_seen DESC, platform, id LIMIT ? OFFSET ?"
    return [_creator(row) for row in connection.execute(sql, [limit, offset])]


def count(connection: sqlite3.Connection) -> int:
    """How many creators are known."""
    return int(connection.execute("SELECT count(*) FROM creator").fetchone()[0])


def _creator(row: sqlite3.Row) -> Creator:
    return rows.build(Creator, row, verified=None if row["verified"] is None else bool(row["verified"]))
