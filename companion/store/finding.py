"""Finding comments on the shelf: one page of those wanted, in order, quickly however many there are.

Two ways. Where some condition alone leaves few comments, these are gathered by its index, looked at one by one and sorted:
everything about them is known exactly. Where every condition leaves many, the index of the wanted order is walked from the
last comment shown on (keyset paging), because the next page of many is never far.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from companion.store import shelf, wanted
from companion.store.narrowing import Narrowing
from companion.store.shelf_walk import Key, Order, Walk
from companion.store.shelving import BAND
from companion.store.unread import Place
from companion.store.wanted import Wanted

__all__ = ["Finder", "Found", "Key", "Order"]

GATHERED = 10_000
"""Comments that are looked at one by one: about 30 ms."""

PROBES = 400_000
"""Places on the shelf that are looked at, at most, where some of many comments are drawn by lot: about a second."""

JUMP = 40
"""Pages that can be reached by number where nothing says what stood before them."""


@dataclass(frozen=True)
class Found:
    """A page. `exact` is False where `total` counts only what was looked at: there are that many or more.

    `high` counts those close to buying that no creator wrote, None where that would take long; `keys` stand beside `places`.
    """

    places: list[Place]
    keys: list[Key]
    total: int
    exact: bool
    high: int | None
    page: int
    first: int
    before: bool
    after: bool


class Finder:
    """Finds comments for one model and one set of wishes on one connection."""

    def __init__(self, connection: sqlite3.Connection, model: str, wishes: Wanted, order: Order = "", gathered: int = GATHERED) -> None:
        self._connection, self._gathered = connection, gathered
        self._conditions = wanted.conditions(connection, model, wishes)
        self._number = shelf.number(connection, model) or wanted.UNGRADED
        self._narrowing = Narrowing(connection, self._conditions, gathered)
        numbers = [self._number, *wanted.others(connection, self._number)]
        self._walk = Walk(connection, self._narrowing, wishes, order, numbers)

    def page(self, number: int, size: int, after: Key | None = None, before: Key | None = None) -> Found:
        """Page `number` (from 1) of `size` comments; `after` or `before` name the key next to it, where that is known."""
        few = self._few()
        if few is not None:
            return self._sliced(few, number, size)
        counts = (*self._narrowing.total(), None if self._conditions else self._high())
        if before is not None:
            rows = self._walk.rows(size + 1, before, back=True)
            more, rows = len(rows) > size, rows[:size][::-1]
            return self._found(rows, counts, (number if more else 1, size), before=more, after=True)
        number = number if after is not None else min(number, JUMP)
        skipped = 0 if after is not None else (number - 1) * size
        rows = self._walk.rows(skipped + size + 1, after)
        if after is None and len(rows) <= skipped:  # past the end: the last page
            number = max(1, -(-len(rows) // size))
            skipped = (number - 1) * size
        shown = rows[skipped : skipped + size]
        return self._found(shown, counts, (number, size), before=number > 1, after=len(rows) > skipped + size)

    def every(self, size: int = 500) -> Iterator[Place]:
        """All that fit, in order, for an export; the connection's snapshot should not change meanwhile."""
        few = self._few()
        if few is not None:
            yield from ((row["platform"], row["id"]) for row in self._named(few))
            return
        after: Key | None = None
        while rows := self._walk.rows(size, after):
            yield from ((row["platform"], row["id"]) for row in rows)
            after = self._walk.key(rows[-1])

    def count(self, most: int) -> int:
        """How many fit, `most` at the most."""
        source, where, values = self._narrowing.entry()
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source}{where} LIMIT ?)"
        return int(self._connection.execute(sql, [*values, most]).fetchone()[0])

    def by_lot(self, most: int, rng: Random) -> tuple[list[Place], float]:
        """Up to `most` of those that fit, each as likely as another, and the chance that each had (1 where all are given)."""
        few = self._few()
        if few is not None:
            drawn = few if len(few) <= most else rng.sample(few, most)
            return [(str(row["platform"]), str(row["id"])) for row in self._named(drawn)], len(drawn) / max(1, len(few))
        top = int(self._connection.execute("SELECT max(seq) FROM shelf").fetchone()[0])
        where = "".join(f" AND {condition.sql}" for condition in self._conditions)
        values = [value for condition in self._conditions for value in condition.values]
        tried: set[int] = set()
        found: list[Place] = []
        while len(found) < most and len(tried) < min(top, PROBES):
            probes = {rng.randint(1, top) for _ in range(GATHERED)} - tried
            tried |= probes
            sql = f"SELECT s.platform, s.id FROM shelf s WHERE s.seq IN (SELECT value FROM json_each(?)){where}"
            found += [(str(row[0]), str(row[1])) for row in self._connection.execute(sql, [json.dumps(list(probes)), *values])]
        chance = len(tried) / top
        if len(found) < most and chance < 1:  # few of many fit: they are gathered after all
            source, where, values = self._narrowing.entry()
            found = [
                (str(row[0]), str(row[1])) for row in self._connection.execute(f"SELECT s.platform, s.id FROM {source}{where}", values)
            ]
            chance = 1.0
        if len(found) > most:
            chance *= most / len(found)
            found = rng.sample(found, most)
        return found, min(1.0, chance)

    def only_of(self, platform: str) -> bool:
        """Whether there are some that fit, and all of them are of one platform."""
        source, where, values = self._narrowing.entry()
        sql = f"SELECT 1 FROM {source}{where}{' AND' if where else ' WHERE'} s.platform {{}} ? LIMIT 1"
        found = [self._connection.execute(sql.format(how), [*values, platform]).fetchone() for how in ("=", "<>")]
        return found[0] is not None and found[1] is None

    def _found(
        self, rows: list[sqlite3.Row], counts: tuple[int, bool, int | None], page: tuple[int, int], *, before: bool, after: bool
    ) -> Found:
        places = [(str(row["platform"]), str(row["id"])) for row in rows]
        (number, size), (total, exact, high) = page, counts
        total = max(total, (number - 1) * size + len(rows) + int(after)) if rows and not exact else total
        return Found(
            places, [self._walk.key(row) for row in rows], total, exact, high, number, (number - 1) * size + 1 if rows else 0, before, after
        )

    def _few(self) -> list[sqlite3.Row] | None:
        """All that fit, sorted; None where they may be too many."""
        least = self._narrowing.least
        if self._crowded() if least is None else least > self._gathered:
            return None
        source, where, values = self._narrowing.entry()
        columns = "s.seq, s.model, s.by_creator, s.rank, s.at, s.likes, s.band"
        rows = self._connection.execute(f"SELECT {columns} FROM {source}{where}", values).fetchall()
        return sorted(rows, key=lambda row: (-(key := self._walk.key(row))[0], *key[1:]), reverse=True)

    def _crowded(self) -> bool:
        """Whether the shelf holds too many to look at each."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM shelf LIMIT {self._gathered + 1})"
        return int(self._connection.execute(sql).fetchone()[0]) > self._gathered

    def _sliced(self, rows: list[sqlite3.Row], number: int, size: int) -> Found:
        number = min(number, max(1, -(-len(rows) // size)))
        start = (number - 1) * size
        high = sum(1 for row in rows if row["band"] == 3 and not row["by_creator"] and row["model"] == self._number)
        shown = self._named(rows[start : start + size])
        return self._found(shown, (len(rows), True, high), (number, size), before=number > 1, after=start + size < len(rows))

    def _named(self, rows: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
        sql = "SELECT seq, model, by_creator, rank, at, likes, platform, id FROM shelf WHERE seq = ?"
        return [self._connection.execute(sql, [row["seq"]]).fetchone() for row in rows]

    def _high(self) -> int:
        sql = "SELECT count(*) FROM shelf WHERE model = ? AND by_creator = 0 AND rank >= ?"
        return int(self._connection.execute(sql, [self._number, 3 * BAND]).fetchone()[0])
