"""The paired browsers, kept in memory for as long as the database does not change."""

from __future__ import annotations

import hmac
import sqlite3
import threading
from dataclasses import dataclass

from companion.security import tokens
from companion.store import Store
from companion.store.clients import Client, listed


@dataclass(frozen=True)
class _Snapshot:
    version: int
    clients: tuple[Client, ...]


class ClientDirectory:
    """Answers the guard's questions. Sees pairings and revocations of every process at the next request.

    One reader connection stays open; SQLite's `data_version` says in microseconds whether anybody committed.
    """

    def __init__(self, store: Store) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection = store.connect("reader")
        self._snapshot = _Snapshot(-1, ())

    def all(self) -> tuple[Client, ...]:
        """Every pairing, revoked ones too."""
        with self._lock:
            version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
            if version != self._snapshot.version:
                self._snapshot = _Snapshot(version, tuple(listed(self._connection)))
            return self._snapshot.clients

    def knows_origin(self, origin: str) -> bool:
        """Whether this exact origin was ever paired.

        A revoked one counts: it fails at its token (401), which tells the extension to pair again.
        """
        return any(client.origin == origin for client in self.all())

    def by_token(self, token: str) -> Client | None:
        """The valid client that holds this token. Every stored hash is compared, in constant time each."""
        presented = tokens.digest(token)
        matches = [client for client in self.all() if hmac.compare_digest(client.token_sha256, presented)]
        return next((client for client in matches if client.revoked_at is None), None)

    def by_id(self, client_id: str) -> Client | None:
        """The valid client with this id."""
        return next((client for client in self.all() if client.id == client_id and client.revoked_at is None), None)

    def close(self) -> None:
        """Give the connection back; the directory cannot be used afterwards."""
        with self._lock:
            self._connection.close()
