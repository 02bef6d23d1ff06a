"""Logins of people who label: only hashes of the cookies are stored, and each ends by itself."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3

from companion.store import annotators, clock
from companion.store.annotators import Annotator

IDLE_MS = 2 * 60 * clock.MINUTE
"""Without a request for so long, the login is over: a laptop left in a café."""

ABSOLUTE_MS = 12 * 60 * clock.MINUTE
"""A login lasts a working day, whatever happens in it."""

TOUCH_MS = clock.MINUTE
"""How often a request is noted; every request would be a write each."""

MOST = 10
"""Logins of one person at a time; the oldest give way."""


def begin(connection: sqlite3.Connection, annotator_id: str) -> str:
    """A new login: its token, 256 random bits. Logins that are over are swept out."""
    token, now = secrets.token_urlsafe(32), clock.now_ms()
    connection.execute("DELETE FROM annotator_session WHERE expires_at <= ? OR seen_at <= ?", [now, now - IDLE_MS])
    connection.execute(
        "DELETE FROM annotator_session WHERE annotator_id = ?1 AND sha256 NOT IN"
        " (SELECT sha256 FROM annotator_session WHERE annotator_id = ?1 ORDER BY created_at DESC LIMIT ?2)",
        [annotator_id, MOST - 1],
    )
    connection.execute(
        "INSERT INTO annotator_session (sha256, annotator_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        [_digest(token), annotator_id, now, now, now + ABSOLUTE_MS],
    )
    return token


def person(connection: sqlite3.Connection, token: str) -> tuple[Annotator, bool] | None:
    """Whose login this is, and whether it should be noted (`touch`); None when it is over, unknown or of somebody disabled."""
    now = clock.now_ms()
    row = connection.execute(
        "SELECT a.*, s.seen_at AS session_seen_at FROM annotator_session s JOIN annotator a ON a.id = s.annotator_id"
        " WHERE s.sha256 = ? AND s.expires_at > ? AND s.seen_at > ? AND a.disabled_at IS NULL",
        [_digest(token), now, now - IDLE_MS],
    ).fetchone()
    return (annotators.of_row(row), now - row["session_seen_at"] >= TOUCH_MS) if row else None


def touch(connection: sqlite3.Connection, token: str) -> None:
    """Note that a login is in use."""
    connection.execute("UPDATE annotator_session SET seen_at = max(seen_at, ?) WHERE sha256 = ?", [clock.now_ms(), _digest(token)])


def end(connection: sqlite3.Connection, token: str) -> None:
    """Log out."""
    connection.execute("DELETE FROM annotator_session WHERE sha256 = ?", [_digest(token)])


def end_all(connection: sqlite3.Connection, annotator_id: str, but: str = "") -> None:
    """End every login of a person, except the one with the token `but`."""
    connection.execute("DELETE FROM annotator_session WHERE annotator_id = ? AND sha256 != ?", [annotator_id, _digest(but)])


def last_seen(connection: sqlite3.Connection) -> dict[str, int]:
    """When each person who is logged in asked last (ms UTC), by id."""
    now = clock.now_ms()
    sql = "SELECT annotator_id, max(seen_at) AS seen FROM annotator_session WHERE expires_at > ? AND seen_at > ? GROUP BY annotator_id"
    return {row["annotator_id"]: row["seen"] for row in connection.execute(sql, [now, now - IDLE_MS])}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
