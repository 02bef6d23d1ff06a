"""Creators: the public accounts whose videos are read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class Creator:
    """One creator. Counts are those last seen; `seller` says that TikTok marks the account as a shop or business; None means not known."""

    platform: str
    id: str
    handle: str | None = None
    name: str | None = None
    verified: bool | None = None
    followers: int | None = None
    following: int | None = None
    likes: int | None = None
    videos: int | None = None
    seller: bool | None = None


_SIGHTING = rows.Sighting.of("creator", Creator, {"handle": "''", "name": "''"})


def save(connection: sqlite3.Connection, creators: Iterable[Creator], now: int) -> None:
    """Insert or update creators seen at `now`; None leaves what was known."""
    _SIGHTING.record(connection, ({**vars(creator), "now": now} for creator in creators))


def find(connection: sqlite3.Connection, platform: str, creator_id: str) -> Creator | None:
    """One creator, or None."""
    row = connection.execute(
        f"SELECT {rows.columns(Creator)} FROM creator WHERE platform = ? AND id = ?", [platform, creator_id]
    ).fetchone()
    return _creator(row) if row else None


def ids_of_handles(connection: sqlite3.Connection, platform: str, handles: Iterable[str]) -> dict[str, str]:
    """The ids of the creators with these handles, by handle in small letters; one whose true id is not known is left out."""
    sql = """SELECT lower(handle) AS handle, id FROM creator
        WHERE platform = ? AND lower(handle) IN (SELECT value FROM json_each(?)) AND id NOT LIKE '@%' ORDER BY last_seen"""
    found = connection.execute(sql, [platform, json.dumps([handle.lower() for handle in handles])])
    return {row["handle"]: row["id"] for row in found}


def id_of_name(name: str) -> str:
    """The id of a creator of whom nothing but the shown name is known; without slashes, for it stands in addresses of pages.

    >>> id_of_name("AC/DC Küche")
    '~ac dc küche'
    """
    return f"~{name.casefold().replace('/', ' ')}"


def named(connection: sqlite3.Connection, platform: str, name: str) -> list[Creator]:
    """Creators with this id or handle, in any case: the ids of YouTube's channels hold capital letters."""
    sql = f"SELECT {rows.columns(Creator)} FROM creator WHERE platform = ? AND (lower(id) = lower(?) OR lower(handle) = lower(?))"
    return [_creator(row) for row in connection.execute(sql, [platform, name, name])]


def adopt(connection: sqlite3.Connection, platform: str, ids_by_handle: Mapping[str, str]) -> list[str]:
    """Creators known by their handle alone ("@" and the handle) become the ones with these ids, with their videos and group.

    Returns the ids of those to whom it happened.
    """
    adopted = []
    for handle, true_id in ids_by_handle.items():
        place = [true_id, platform, f"@{handle}"]
        if not connection.execute("SELECT 1 FROM creator WHERE platform = ? AND id = ?", place[1:]).fetchone():
            continue
        for table in ("video", "creator_group", "shortlist", "creator_score", "report_creator"):
            connection.execute(f"UPDATE OR IGNORE {table} SET creator_id = ? WHERE platform = ? AND creator_id = ?", place)
        connection.execute("DELETE FROM creator WHERE platform = ? AND id = ?", place[1:])
        adopted.append(true_id)
    return adopted


def listed(connection: sqlite3.Connection, limit: int = 100, offset: int = 0) -> list[Creator]:
    """Creators, most recently seen first."""
    sql = f"SELECT {rows.columns(Creator)} FROM creator ORDER BY last_seen DESC, platform, id LIMIT ? OFFSET ?"
    return [_creator(row) for row in connection.execute(sql, [limit, offset])]


def with_videos(connection: sqlite3.Connection, kinds: Iterable[str], like: str = "") -> list[Creator]:
    """Creators with a stored video of these kinds (`video.commerce`) whose handle or name holds `like`, in whatever order."""
    sql = f"""SELECT {rows.columns(Creator)} FROM creator WHERE (platform, id) IN (
          SELECT platform, creator_id FROM video WHERE commerce IN (SELECT value FROM json_each(:kinds)))
        AND (:like = '' OR instr(lower(handle), lower(:like)) OR instr(lower(name), lower(:like)))"""
    return [_creator(row) for row in connection.execute(sql, {"kinds": json.dumps(list(kinds)), "like": like})]


def count(connection: sqlite3.Connection) -> int:
    """How many creators are known."""
    return int(connection.execute("SELECT count(*) FROM creator").fetchone()[0])


def _creator(row: sqlite3.Row) -> Creator:
    return rows.build(Creator, row, **rows.flags(row, ["verified", "seller"]))
