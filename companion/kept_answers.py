"""Answers that are kept until something is written to the database: what one visit asks again and again is counted once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from companion.store import clock

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")

MOST = 2_000
"""Answers at once; beyond them the oldest go."""
KEPT_MS = clock.MINUTE
"""An answer older than this is made anew in any case: ages and dates move on without a write."""


class KeptAnswers:
    """Answers by subject and name. Every commit, by whatever program, changes the database file or its journal, and drops all of them."""

    def __init__(self, database: Path) -> None:
        self._files = (database, database.with_name(f"{database.name}-wal"))
        self._lock = threading.Lock()
        self._state: object = None
        self._kept: dict[tuple[Hashable, Hashable], tuple[int, Any]] = {}

    def many(self, subject: Hashable, names: Iterable[Name], make: Callable[[list[Name]], Mapping[Name, Value]]) -> dict[Name, Value]:
        """The answer to each name; `make` is called once with those that are not kept, and leaves out what has no answer.

        `subject` says what is asked; it must hold everything but the name that the answer depends on.
        """
        names, now, state = list(dict.fromkeys(names)), clock.now_ms(), self._state_now()
        with self._lock:
            if state != self._state:
                self._state, self._kept = state, {}
            held = {name: kept for name in names if (kept := self._kept.get((subject, name))) and now - kept[0] < KEPT_MS}
        missing = [name for name in names if name not in held]
        made = dict(make(missing)) if missing else {}
        with self._lock:
            if state == self._state:  # else what was read may be older than what stands there now
                self._kept |= {(subject, name): (now, made.get(name)) for name in missing}
                for key in list(self._kept)[: max(0, len(self._kept) - MOST)]:
                    del self._kept[key]
        known = {name: value for name, (_, value) in held.items() if value is not None}
        return {name: found for name in names if (found := known.get(name, made.get(name))) is not None}

    def _state_now(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(_stamp(file) for file in self._files)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
