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
from typing import Any, Literal

from companion.store import shelf, wanted
from companion.store.shelving import BAND
from companion.store.unread import Place
from companion.store.wanted import Condition, Wanted

Order = Literal["", "newest", "liked"]
"""Buyers first, unless said otherwise."""

GATHERED = 10_000
"""Comments that are looked at one by one: about 30 ms."""

MOST_COUNTED = 100_000
"""More than this of one kind are not counted to the end."""

GLANCE = 20_000
"""Comments passed over while a page is sought, or while those that fit are counted."""

PROBES = 400_000
"""Places on the shelf that are looked at, at most, where some of many comments are drawn by lot: about a second."""

JUMP = 40
"""Pages that can be reached by number where nothing says what stood before them."""

Key = tuple[int, ...]
"""Where a comment stands in an order: the stretch (see `_stretches`), the values it is ordered by, its number on the shelf."""


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


@dataclass(frozen=True)
class _Stretch:
    """A part of an order in which an index yields it: the index, what is equal in it, the columns ordered by (descending)."""

    index: str
    where: str
    values: tuple[Any, ...]
    columns: tuple[str, ...]


class Finder:
    """Finds comments for one model and one set of wishes on one connection."""

    def __init__(self, connection: sqlite3.Connection, model: str, wishes: Wanted, order: Order = "", gathered: int = GATHERED) -> None:
        self._connection, self._wishes, self._order, self._gathered = connection, wishes, order, gathered
        self._conditions = wanted.conditions(connection, model, wishes)
        self._number = shelf.number(connection, model) or wanted.UNGRADED
        self._rest = wanted.others(connection, self._number)
        self._stretches = self._made_stretches()
        self._sizes = self._measured()

    def page(self, number: int, size: int, after: Key | None = None, before: Key | None = None) -> Found:
        """Page `number` (from 1) of `size` comments; `after` or `before` name the key next to it, where that is known."""
        few = self._few()
        if few is not None:
            return self._sliced(few, number, size)
        counts = (*self._total(), None if self._conditions else self._high())
        if before is not None:
            rows = self._walk(size + 1, before, back=True)
            more, rows = len(rows) > size, rows[:size][::-1]
            return self._found(rows, counts, (number if more else 1, size), before=more, after=True)
        number = number if after is not None else min(number, JUMP)
        skipped = 0 if after is not None else (number - 1) * size
        rows = self._walk(skipped + size + 1, after)
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
        while rows := self._walk(size, after):
            yield from ((row["platform"], row["id"]) for row in rows)
            after = self._key(rows[-1])

    def count(self, most: int) -> int:
        """How many fit, `most` at the most."""
        source, where, values = self._entry()
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
            source, where, values = self._entry()
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
        source, where, values = self._entry()
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
            places, [self._key(row) for row in rows], total, exact, high, number, (number - 1) * size + 1 if rows else 0, before, after
        )

    # Few: gathered, then sorted

    def _measured(self) -> list[tuple[int, Condition]]:
        """Conditions with an index and how many comments each leaves (counted to just over the limit), the fewest first."""
        sizes = []
        for condition in self._conditions:
            if condition.source is None:
                continue
            sizes.append((self._counted(condition, self._gathered + 1), condition))
            if sizes[-1][0] * 10 < self._gathered:
                break
        return sorted(sizes, key=lambda pair: pair[0])

    def _entry(self) -> tuple[str, str, list[Any]]:
        """FROM and WHERE that read what fits by the best condition, and their values."""
        best = self._sizes[0][1] if self._sizes else None
        clauses: list[str] = []
        values: list[Any] = []
        if best:
            clauses += [best.own] if best.own else []
            values += best.own_values
        for condition in self._conditions:
            if condition is not best:
                clauses.append(condition.sql)
                values += condition.values
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        return (best.source if best and best.source else "shelf s"), where, values

    def _few(self) -> list[sqlite3.Row] | None:
        """All that fit, sorted; None where they may be too many."""
        if self._sizes[0][0] > self._gathered if self._sizes else self._crowded():
            return None
        source, where, values = self._entry()
        columns = "s.seq, s.model, s.by_creator, s.rank, s.at, s.likes, s.band"
        rows = self._connection.execute(f"SELECT {columns} FROM {source}{where}", values).fetchall()
        return sorted(rows, key=lambda row: (-(key := self._key(row))[0], *key[1:]), reverse=True)

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

    # Many: walked in order

    def _made_stretches(self) -> list[_Stretch]:
        if self._order == "newest":
            return [_Stretch("shelf_by_time", "1", (), ("at",))]
        if self._order == "liked":
            return [_Stretch("shelf_by_likes", "1", (), ("likes", "at"))]
        numbers = [self._number] if self._wishes.graded_only else self._rest if self._wishes.band == "none" else [self._number, *self._rest]
        columns = ("rank", "at")
        if self._wishes.signal:
            where = "s.model = ? AND s.signal = ? AND s.by_creator = ?"
            return [_Stretch("shelf_by_signal", where, (n, self._wishes.signal, c), columns) for c in (0, 1) for n in numbers]
        return [_Stretch("shelf_by_rank", "s.model = ? AND s.by_creator = ?", (n, c), columns) for c in (0, 1) for n in numbers]

    def _key(self, row: sqlite3.Row) -> Key:
        if self._order == "newest":
            return 0, row["at"], row["seq"]
        if self._order == "liked":
            return 0, row["likes"], row["at"], row["seq"]
        numbers = [self._number, *self._rest]
        return row["by_creator"] * len(numbers) + numbers.index(row["model"]), row["rank"], row["at"], row["seq"]

    def _walk(self, limit: int, beside: Key | None, *, back: bool = False) -> list[sqlite3.Row]:
        """The next `limit` rows after a key, or, `back`, before it, nearest first."""
        rows: list[sqlite3.Row] = []
        for stretch in reversed(self._stretches) if back else self._stretches:
            place = self._place_of(stretch)
            if beside is not None and (place > beside[0] if back else place < beside[0]):
                continue
            here = beside[1:] if beside is not None and place == beside[0] else None
            rows += self._stretch_rows(stretch, limit - len(rows), here, back)
            if len(rows) >= limit:
                break
        return rows

    def _place_of(self, stretch: _Stretch) -> int:
        if stretch.index in ("shelf_by_time", "shelf_by_likes"):
            return 0
        numbers = [self._number, *self._rest]
        return int(stretch.values[-1]) * len(numbers) + numbers.index(stretch.values[0])

    def _stretch_rows(self, stretch: _Stretch, limit: int, beside: Key | None, back: bool) -> list[sqlite3.Row]:
        glanced = self._glance(stretch, limit, beside, back)
        if glanced is not None:
            return glanced
        clauses, values = _from_key(stretch, beside, back)
        source, where, own = self._entry()
        sql = f"""SELECT {_SHOWN} FROM {source}{where}{" AND" if where else " WHERE"} {" AND ".join(clauses)}
            ORDER BY {_ordered(stretch, back)} LIMIT ?"""
        return self._connection.execute(sql, [*own, *values, limit]).fetchall()

    def _glance(self, stretch: _Stretch, limit: int, beside: Key | None, back: bool) -> list[sqlite3.Row] | None:
        """The rows, if they stand among the next ones of the index; None when they do not."""
        clauses, values = _from_key(stretch, beside, back)
        glance = GLANCE if self._conditions else limit
        sql = f"""SELECT * FROM (SELECT s.* FROM shelf s INDEXED BY {stretch.index} WHERE {" AND ".join(clauses)}{self._bounds(stretch)}
            ORDER BY {_ordered(stretch, back)} LIMIT ?) s{_where(self._conditions)} LIMIT ?"""
        found = [value for condition in self._conditions for value in condition.values]
        rows = self._connection.execute(sql, [*values, glance, *found, limit]).fetchall()
        if len(rows) >= limit or not self._conditions:
            return rows
        among = f"shelf s INDEXED BY {stretch.index} WHERE {' AND '.join(clauses)}{self._bounds(stretch)}"
        counted = f"SELECT count(*) FROM (SELECT 1 FROM {among} LIMIT ?)"
        seen = int(self._connection.execute(counted, [*values, glance]).fetchone()[0])
        return rows if seen < glance else None

    def _bounds(self, stretch: _Stretch) -> str:
        """Ranks outside the wanted band are not walked through."""
        if stretch.columns[0] != "rank" or self._wishes.band not in wanted.GRADED_BANDS:
            return ""
        low, high = wanted.GRADED_BANDS[self._wishes.band]
        return f" AND s.rank >= {low} AND s.rank < {high}"

    def _counted(self, condition: Condition, most: int) -> int:
        """How many fulfil one condition, `most` at the most."""
        own = f" WHERE {condition.own}" if condition.own else ""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {condition.counted or condition.source}{own} LIMIT ?)"
        return int(self._connection.execute(sql, [*condition.own_values, most]).fetchone()[0])

    def _total(self) -> tuple[int, bool]:
        """How many fit, and whether that is all of them."""
        if not self._conditions:
            return int(self._connection.execute("SELECT count(*) FROM shelf").fetchone()[0]), True
        if len(self._conditions) == 1 and self._conditions[0].source is not None:
            most = max(MOST_COUNTED, self._gathered)
            total = self._counted(self._conditions[0], most + 1)
            return min(total, most), total <= most
        best = self._sizes[0][1] if self._sizes else None
        source = best.source if best and best.source else "shelf s"
        own = f" WHERE {best.own}" if best and best.own else ""
        rest = [condition for condition in self._conditions if condition is not best]
        sql = f"SELECT count(*) FROM (SELECT s.* FROM {source}{own} LIMIT ?) s{_where(rest)}"
        values = [*(best.own_values if best else ()), GLANCE, *(value for condition in rest for value in condition.values)]
        return int(self._connection.execute(sql, values).fetchone()[0]), False

    def _high(self) -> int:
        sql = "SELECT count(*) FROM shelf WHERE model = ? AND by_creator = 0 AND rank >= ?"
        return int(self._connection.execute(sql, [self._number, 3 * BAND]).fetchone()[0])


_SHOWN = "s.seq, s.model, s.by_creator, s.rank, s.at, s.likes, s.platform, s.id"


def _where(conditions: Sequence[Condition]) -> str:
    return f" WHERE {' AND '.join(condition.sql for condition in conditions)}" if conditions else ""


def _from_key(stretch: _Stretch, beside: Key | None, back: bool) -> tuple[list[str], list[Any]]:
    clauses, values = [stretch.where], list(stretch.values)
    if beside is not None:
        columns = [f"s.{column}" for column in (*stretch.columns, "seq")]
        clauses.append(f"({', '.join(columns)}) {'>' if back else '<'} ({', '.join('?' * len(columns))})")
        values += beside
    return clauses, values


def _ordered(stretch: _Stretch, back: bool) -> str:
    return ", ".join(f"s.{column}{'' if back else ' DESC'}" for column in (*stretch.columns, "seq"))
