"""Alerts of kept searches: looked for in the background, raised once, shown until somebody reads them."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace

from companion import notices
from companion.store import Store, StoreError, clock, saved_searches
from companion.store.finding import Finder
from companion.store.saved_searches import SavedSearch
from companion.store.wanted import Wanted

LOOK_SECONDS = 30.0
"""How soon an alert follows the comment that makes it up."""

MOST = 10_000
"""New comments counted for one alert."""

_log = logging.getLogger("buysignal")

Reading = Callable[[dict[str, str]], Wanted]
"""Turns the filters of a kept search into wishes."""


def look(store: Store, model: str, reading: Reading, now: int | None = None) -> list[SavedSearch]:
    """Raise what is due, bring raised ones up to date; returns those raised by this look.

    Raises:
        StoreError, sqlite3.Error: nothing was changed.
    """
    now = clock.now_ms() if now is None else now
    with store.reading() as connection:
        asked = [search for search in saved_searches.listed(connection) if search.many is not None]
        counts = {search.id: _count(connection, model, reading(search.filters), search, now) for search in asked}
    due = [search for search in asked if counts[search.id] >= (search.many or 1) and counts[search.id] != search.found]
    if due:
        with store.writing() as connection:
            for search in due:
                saved_searches.raise_alert(connection, search.id, now, counts[search.id])
    return [search for search in due if search.raised_at is None]


def notice_of(raised: list[SavedSearch]) -> str:
    """What the desktop says: the searches' own names, no comment."""
    names = ", ".join(f"“{search.name}”" for search in raised)
    return f"New comments for {names}. Open BuySignal's Comments page."


class AlertWatch:
    """Looks every half minute until `close`."""

    def __init__(self, store: Store, model: Callable[[], str], reading: Reading) -> None:
        self._store, self._model, self._reading = store, model, reading
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._watch, name="alerts", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop at once."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                raised = look(self._store, self._model(), self._reading)
            except (StoreError, sqlite3.Error):
                _log.warning("kept searches could not be looked through; looking again")
                continue
            if raised:
                notices.notify(notice_of(raised))


def _count(connection: sqlite3.Connection, model: str, wishes: Wanted, search: SavedSearch, now: int) -> int:
    since = max(search.since(now), wishes.seen_from or 0)
    level = max(wishes.level, search.grade or 0)
    return Finder(connection, model, replace(wishes, seen_from=since, level=level, audience=True, real=True)).count(MOST)
