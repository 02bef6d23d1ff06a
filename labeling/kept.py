"""Figures that take longer to count than a page may take: counted by a thread, kept while they hold."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

PATIENCE_SECONDS = 0.1
"""How long a page waits for new figures; after that it shows those of before, or says that they are being counted."""

REST = 3
"""After a count nothing is counted anew for so many times its own length: else answers that keep coming would keep a core busy."""

MOST = 12
"""Different questions whose answers are kept."""


@dataclass(frozen=True)
class Held(Generic[V]):
    """An answer; `current` is whether it is about what is stored now."""

    value: V
    current: bool


class _Work:
    """One count under way; `error` is set when it failed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.error: Exception | None = None


class Kept(Generic[K, V]):
    """Answers from memory where it can. Safe for several threads; counts one question at a time.

    Args:
        count: makes the answer to a question; runs in a thread of its own, so it opens its own connection.
        name: of that thread.
    """

    def __init__(self, count: Callable[[K], V], name: str, patience_s: float = PATIENCE_SECONDS) -> None:
        self._count, self._name, self._patience_s = count, name, patience_s
        self._lock, self._one_at_a_time = threading.Lock(), threading.Lock()
        self._kept: dict[K, tuple[V, Hashable]] = {}
        self._working: dict[K, _Work] = {}
        self._rests_until: dict[K, float] = {}

    def answer(self, asked: K, version: Hashable, *, wait: bool = False) -> Held[V] | None:
        """The answer for this version of the data; an older one, or None, where counting takes too long. With `wait` always a new one.

        Raises:
            Exception: whatever counting raised, StoreError and sqlite3.Error where the database cannot be read.
        """
        while True:
            with self._lock:
                kept = self._kept.get(asked)
                if kept and kept[1] == version:
                    return Held(kept[0], current=True)
                work = self._working.get(asked)
                if kept and work is None and not wait and time.monotonic() < self._rests_until.get(asked, 0.0):
                    return Held(kept[0], current=False)
                if work is None:
                    work = self._working[asked] = _Work()
                    threading.Thread(target=self._work, args=(asked, version, work), name=self._name, daemon=True).start()
            ended = work.done.wait(None if wait else self._patience_s)
            if ended and work.error:
                raise work.error
            with self._lock:
                kept = self._kept.get(asked)
            if kept and kept[1] == version:
                return Held(kept[0], current=True)
            if not wait:
                return Held(kept[0], current=False) if kept else None

    def _work(self, asked: K, version: Hashable, work: _Work) -> None:
        try:
            with self._one_at_a_time:
                began = time.monotonic()
                value = self._count(asked)
                ended = time.monotonic()
            with self._lock:
                self._rests_until[asked] = ended + REST * (ended - began)
                self._kept.pop(asked, None)  # the last one asked for stands last
                while len(self._kept) >= MOST:
                    del self._kept[next(iter(self._kept))]
                self._kept[asked] = value, version
        except Exception as error:  # told to whoever asked: a thread that dies in silence would let them wait for good
            work.error = error
        finally:
            with self._lock:
                self._working.pop(asked, None)
            work.done.set()
