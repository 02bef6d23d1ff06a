"""Paired browsers. The token itself is never stored, only its hash and the proof key derived from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from companion.store import clock, rows


@dataclass(frozen=True)
class Client:
    """One pairing: exact origin, SHA-256 of its token (hex), its HMAC proof key (hex) and what it may do."""

    id: str
    name: str
    origin: str
    token_sha256: str
    proof_key: str
    scopes: tuple[str, ...]
    created_at: int
    last_seen: int | None = None
    revoked_at: int | None = None


_COLUMNS = rows.columns(Client)


def add(connection: sqlite3.Connection, client: Client) -> None:
    """Store a new pairing."""
    values = ", ".join(f":{name}" for name in rows.names(Client))
    connection.execute(f"INSERT INTO client ({_COLUMNS}) VALUES ({values})", {**asdict(client), "scopes": rows.listed(client.scopes)})


def listed(connection: sqlite3.Connection) -> list[Client]:
    """Every pairing, revoked ones too, newest first."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM client ORDER BY created_at DESC, id")
    return [rows.build(Client, row, scopes=rows.texts(row["scopes"])) for row in found]


def grant(connection: sqlite3.Connection, client_id: str, scopes: Iterable[str]) -> None:
    """Set what a client may do."""
    connection.execute("UPDATE client SET scopes = ? WHERE id = ?", [rows.listed(scopes), client_id])


def revoke(connection: sqlite3.Connection, client_id: str) -> bool:
    """End a pairing; its token is worthless at once. False when it was no valid pairing."""
    sql = "UPDATE client SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL"
    return connection.execute(sql, [clock.now_ms(), client_id]).rowcount == 1


def touch(connection: sqlite3.Connection, client_id: str) -> None:
    """Note that a client was here now."""
    connection.execute("UPDATE client SET last_seen = ? WHERE id = ?", [clock.now_ms(), client_id])
