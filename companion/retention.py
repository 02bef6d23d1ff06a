"""Not keeping more than is needed: what is past its time is deleted, once a day while the companion runs."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, replace

from companion.store import Store, StoreError, clock, keeping, raw_pages, settings, transaction

RAW_DAYS = 90
"""Days that raw pages are kept unless told otherwise: long enough to mend what a change of TikTok's pages broke."""

LOOK_SECONDS = 3600.0
"""How often a running companion looks whether a day has passed."""

FIRST_LOOK_SECONDS = 5.0
"""After the start, so that nobody's first page waits for it."""

BUSY_TIMEOUT_MS = 1_000
"""Nobody waits for this work, so it gives way to other writers and is tried again an hour later."""

_BATCH = 500
"""Rows deleted in one write."""

_LAST = "retention.last"
_log = logging.getLogger("buysignal")


@dataclass(frozen=True)
class Expired:
    """What was deleted."""

    comments: int
    videos: int
    raw_pages: int


def expire(store: Store, raw_days: int = RAW_DAYS) -> Expired:
    """Delete what is past its time, in short writes; deleted rows are overwritten.

    Raises:
        StoreError, sqlite3.Error: what was deleted so far stays deleted.
    """
    comments = videos = pages = 0
    with closing(store.connect("writer")) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        while True:
            with transaction(connection):
                gone, empty = keeping.expire(connection, clock.now_ms(), _BATCH)
            comments, videos = comments + gone, videos + empty
            if gone < _BATCH and empty < _BATCH:
                break
        while True:
            now = clock.now_ms()
            with transaction(connection):
                gone = raw_pages.remove_older(connection, now - raw_days * clock.DAY, now, _BATCH)
            pages += gone
            if gone < _BATCH:
                break
    return Expired(comments, videos, pages)


class DailyRetention:
    """A thread that deletes what is past its time once a day, counted over all starts of the companion."""

    def __init__(self, store: Store, first_look: float = FIRST_LOOK_SECONDS, look: float = LOOK_SECONDS) -> None:
        self._store = replace(store, busy_timeout_ms=BUSY_TIMEOUT_MS)
        self._first_look, self._look = first_look, look
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, until `close`."""
        self._thread = threading.Thread(target=self._work, name="retention", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after the write under way."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._store.close()

    def _work(self) -> None:
        wait = self._first_look
        while not self._stop.wait(wait):
            wait = self._look
            try:
                self._once()
            except (StoreError, sqlite3.Error) as error:
                _log.warning("data past its time could not be deleted (%s); trying again in %g minutes", error, self._look / 60)

    def _once(self) -> None:
        with self._store.reading() as connection:
            last = settings.get(connection, _LAST, 0)
        now = clock.now_ms()
        if 0 <= now - last < clock.DAY:  # a clock set back counts as a day gone by
            return
        expire(self._store)
        with self._store.writing() as connection:
            settings.put(connection, _LAST, now)
