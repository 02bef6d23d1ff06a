"""What takes longer than a page may is worked out by a thread and kept while it holds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import current_app

from companion.dashboard.shop.board import Board, Scope, board_of
from companion.live_shop import LiveShop
from companion.services import services
from companion.shop.audience import Brief
from companion.shop_audience import of_product
from companion.shop_index import Shop
from companion.store import Store, clock

PATIENCE_SECONDS = 0.4
"""How long a page waits for what is not there yet."""
KEPT = 12
"""Answers that are kept of each sort."""

_KEY = "buysignal-shop-pages"

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Kept(Generic[V]):
    """An answer, when it was worked out (ms UTC), and whether it is older than the newest data."""

    value: V
    at: int
    old: bool = False


class Beside(Generic[K, V]):
    """Works an answer out beside the requests, anew after anybody has written to the database. Safe for several threads.

    Args:
        store: whose data the answers are of.
        work: key -> answer; called in a thread, one at a time.
        patience_s: how long a request waits.
    """

    def __init__(self, store: Store, work: Callable[[K], V], patience_s: float = PATIENCE_SECONDS) -> None:
        self._store, self._work, self.patience_s = store, work, patience_s
        self._lock, self._one_at_a_time = threading.Lock(), threading.Lock()
        self._watching: sqlite3.Connection | None = None
        self._kept: dict[K, tuple[Kept[V], int]] = {}
        self._working: dict[K, threading.Event] = {}
        self._errors: dict[K, Exception] = {}

    def answer(self, key: K) -> Kept[V] | None:
        """The answer of now; that of before, marked as old, or None where it takes longer than a request may wait.

        Raises:
            Exception: what the work raised; the next call tries again.
        """
        with self._lock:
            version = self._version()
            found = self._kept.get(key)
            if found and found[1] == version:
                return found[0]
            done = self._working.get(key)
            if done is None:
                done = self._working[key] = threading.Event()
                threading.Thread(target=self._run, args=(key, version, done), name="shop-pages", daemon=True).start()
        done.wait(self.patience_s)
        with self._lock:
            error = self._errors.pop(key, None)
            if error:
                raise error
            found = self._kept.get(key)
            return found and Kept(found[0].value, found[0].at, old=found[1] != version)

    def _run(self, key: K, version: int, done: threading.Event) -> None:
        try:
            with self._one_at_a_time:
                value = self._work(key)
            with self._lock:
                self._kept.pop(key, None)
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = Kept(value, clock.now_ms()), version
        except Exception as error:
            self._errors[key] = error
        finally:
            with self._lock:
                self._working.pop(key, None)
            done.set()

    def _version(self) -> int:
        """Changes whenever anybody writes; read on one connection, because it counts what others did."""
        if self._watching is None:
            self._watching = self._store.connect("reader")
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])


class ShopPages:
    """What the shop pages of one app share.

    Args:
        store: the workspace.
        shop: the catalogue.
        patience_s: how long a page waits for what is not there yet.
    """

    def __init__(self, store: Store, shop: LiveShop, patience_s: float = PATIENCE_SECONDS) -> None:
        self._shop, self._patience_s = shop, patience_s
        self._opening: threading.Thread | None = None
        self._error: Exception | None = None
        self._open = False
        self.boards: Beside[tuple[str, Scope], Board] = Beside(store, lambda key: board_of(store, shop.current(), *key), patience_s)
        self.briefs: Beside[tuple[str, str], Brief] = Beside(store, lambda key: of_product(store, key[1], shop.current()), patience_s)

    def shop(self) -> Shop | None:
        """The catalogue; None while it is being opened for the first time.

        Raises:
            Exception: it cannot be opened; the next call tries again.
        """
        if self._open:
            return self._shop.current()
        if self._opening is None:
            self._opening = threading.Thread(target=self._first, name="shop-opening", daemon=True)
            self._opening.start()
        self._opening.join(self._patience_s)
        error, self._error = self._error, None
        if error:
            raise error
        return self._shop.current() if self._open else None

    def _first(self) -> None:
        try:
            _ = self._shop.current().ranker
            self._open = True
        except Exception as error:
            self._error = error
        finally:
            self._opening = None


def shared() -> ShopPages:
    """The app's own; made on first use."""
    known: ShopPages | None = current_app.extensions.get(_KEY)
    if known is None:
        known = current_app.extensions.setdefault(_KEY, ShopPages(services().store, services().shop))
    return known
