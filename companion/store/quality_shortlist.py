"""The shortlist: creators whom a brand has in mind, with where things stand."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from companion.store import clock, rows

Status = Literal["watching", "asked", "agreed", "working", "declined"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True)
class Listed:
    """A creator on the shortlist. `fee` is for one video in `currency`, None where not known; `link` is the one in the profile."""

    platform: str
    creator_id: str
    status: Status = "watching"
    note: str = ""
    fee: float | None = None
    currency: str = ""
    link: str = ""
    added_at: int = 0
    changed_at: int = 0


_NAMES = [name for name in rows.names(Listed) if not name.endswith("_at")]
_SQL = f"""INSERT INTO shortlist ({", ".join(_NAMES)}, added_at, changed_at)
    SELECT {", ".join(f":{name}" for name in _NAMES)}, :now, :now
    WHERE EXISTS (SELECT 1 FROM creator WHERE platform = :platform AND id = :creator_id)
    ON CONFLICT (platform, creator_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in _NAMES[2:])}, changed_at = excluded.changed_at"""


def put(connection: sqlite3.Connection, listed: Listed) -> None:
    """Add a creator, or change what is noted. A creator that is not stored is left alone."""
    connection.execute(_SQL, {**vars(listed), "now": clock.now_ms()})


def remove(connection: sqlite3.Connection, platform: str, creator_id: str) -> None:
    """Take a creator off; harmless when it is not on."""
    connection.execute("DELETE FROM shortlist WHERE platform = ? AND creator_id = ?", [platform, creator_id])


def find(connection: sqlite3.Connection, platform: str, creator_id: str) -> Listed | None:
    """One creator's entry, or None."""
    sql = f"SELECT {rows.columns(Listed)} FROM shortlist WHERE platform = ? AND creator_id = ?"
    row = connection.execute(sql, [platform, creator_id]).fetchone()
    return rows.build(Listed, row) if row else None


def listed(connection: sqlite3.Connection) -> list[Listed]:
    """Everybody on it, those added last first."""
    sql = f"SELECT {rows.columns(Listed)} FROM shortlist ORDER BY added_at DESC, platform, creator_id"
    return [rows.build(Listed, row) for row in connection.execute(sql)]
