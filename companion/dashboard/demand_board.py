"""The figures of the creators and demand pages, counted when they are asked for and kept while they hold.

Counting among 1,000,000 comments takes a second or more, longer than a page may. So a thread counts, and a page waits for it a moment
only: then it shows what was counted before and says when that was, or says that it is being counted.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion import creator_demand, demand_by
from companion.demand_by import By
from companion.quality.demand import Demand
from companion.store import Store, StoreError, clock, first_comments
from companion.store.quality_first import Counting
from companion.store.videos import Commerce

PATIENCE_SECONDS = 0.2
"""How long a page waits for new figures: with some 100,000 comments they are there by then."""

KEPT = 12
"""Different questions whose answers are kept: some MB with thousands of creators."""


@dataclass(frozen=True)
class Asked:
    """What is counted: by which model's grades, how many first comments of each video, of which kinds of video, and for whom."""

    model: str
    depth: int
    kinds: tuple[Commerce, ...]
    by: By = "creator"


@dataclass(frozen=True)
class Board:
    """By (platform, creator's id, video's id, title or hashtag): the demand where any comment is graded, and how many videos were seen.

    `at` is ms UTC; `views` are the usual ones of a group's videos, where groups were asked for.
    """

    demand: dict[tuple[str, str], Demand]
    videos: dict[tuple[str, str], int]
    at: int
    views: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kept:
    board: Board
    version: int


class _Work:
    """One count under way; `error` is set when it failed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.error: Exception | None = None


class DemandBoard:
    """Answers from memory where it can. One for each app; safe for several threads."""

    def __init__(self, store: Store, patience_s: float = PATIENCE_SECONDS) -> None:
        self._store, self._patience_s = store, patience_s
        self._lock, self._one_at_a_time = threading.Lock(), threading.Lock()
        self._watching: sqlite3.Connection | None = None
        self._kept: dict[Asked, _Kept] = {}
        self._working: dict[Asked, _Work] = {}

    def answer(self, asked: Asked, *, wait: bool = False) -> Board | None:
        """The figures of now; those of before, or None, where counting takes longer than a page may wait. With `wait` those of now.

        Raises:
            StoreError, sqlite3.Error: the database cannot be read.
        """
        with self._lock:
            version = self._version()
            kept = self._kept.get(asked)
            if kept and kept.version == version:
                return kept.board
            work = self._working.get(asked)
            if work is None:
                work = self._working[asked] = _Work()
                threading.Thread(target=self._count, args=(asked, version, work), name="demand", daemon=True).start()
        work.done.wait(None if wait else self._patience_s)
        if work.error:
            raise work.error
        with self._lock:
            kept = self._kept.get(asked)
        return kept.board if kept else None

    def _count(self, asked: Asked, version: int, work: _Work) -> None:
        try:
            with self._one_at_a_time:
                board = self._counted(asked)
            with self._lock:
                self._kept.pop(asked, None)  # the last one asked for stands last
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[asked] = _Kept(board, version)
        except (StoreError, sqlite3.Error) as error:
            work.error = error
        finally:
            with self._lock:
                self._working.pop(asked, None)
            work.done.set()

    def _counted(self, asked: Asked) -> Board:
        with self._store.reading() as connection:
            if asked.by != "creator":
                counts = demand_by.count(connection, Counting(asked.model, asked.depth, asked.kinds), asked.by)
                return Board(counts.demand, counts.videos, clock.now_ms(), counts.views)
            found = creator_demand.count(connection, asked.model, asked.depth, asked.kinds)
            return Board(found, first_comments.videos_seen(connection, asked.kinds), clock.now_ms())

    def _version(self) -> int:
        """Changes whenever anybody writes; read on one connection, because it counts what others did."""
        if self._watching is None:
            self._watching = self._store.connect("reader")
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])
