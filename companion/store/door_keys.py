"""One-time keys of the dashboard link; only their hashes are stored."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3

from companion.store import clock

LIFETIME_MS = 10 * clock.MINUTE

OPEN_PATH = "/open"
"""Where a browser comes in with `?key=`."""


def mint(connection: sqlite3.Connection) -> str:
    """A new key, 256 random bits, good once within ten minutes. Keys long expired are swept out."""
    key, now = secrets.token_urlsafe(32), clock.now_ms()
    connection.execute("DELETE FROM door_key WHERE expires_at < ?", [now - clock.DAY])
    connection.execute("INSERT INTO door_key (sha256, created_at, expires_at) VALUES (?, ?, ?)", [_digest(key), now, now + LIFETIME_MS])
    return key


def use(connection: sqlite3.Connection, key: str) -> bool:
    """Use a key up; True for exactly one caller, and only before it expires."""
    now = clock.now_ms()
    sql = "UPDATE door_key SET used_at = ? WHERE sha256 = ? AND used_at IS NULL AND expires_at >= ?"
    return connection.execute(sql, [now, _digest(key), now]).rowcount == 1


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
