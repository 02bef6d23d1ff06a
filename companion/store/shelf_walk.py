"""Walking the shelf in a wanted order: an index yields the next comments after the last one shown, or those before it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from companion.store import wanted
from companion.store.narrowing import GLANCE, Narrowing, where_all
from companion.store.wanted import Wanted

Order = Literal["", "newest", "liked"]
"""Buyers first, unless said otherwise."""

Key = tuple[int, ...]
"""Where a comment stands in an order: the stretch (see `_stretches`), the values it is ordered by, its number on the shelf."""


@dataclass(frozen=True)
class _Stretch:
    """A part of an order in which an index yields it: the index, what is equal in it, the columns ordered by (descending)."""

    index: str
    where: str
    values: tuple[Any, ...]
    columns: tuple[str, ...]


class Walk:
    """One order of the comments that fit `wishes`.

    `numbers` of models on the shelf: first the one whose grades are shown, then those under which stands no grade of it.
    """

    def __init__(self, connection: sqlite3.Connection, narrowing: Narrowing, wishes: Wanted, order: Order, numbers: list[int]) -> None:
        self._connection, self._narrowing, self._wishes, self._order = connection, narrowing, wishes, order
        self._numbers = numbers
        self._stretches = self._made_stretches()

    def key(self, row: sqlite3.Row) -> Key:
        """Where a row stands in this order."""
        if self._order == "newest":
            return 0, row["at"], row["seq"]
        if self._order == "liked":
            return 0, row["likes"], row["at"], row["seq"]
        place = row["by_creator"] * len(self._numbers) + self._numbers.index(row["model"])
        return place, row["rank"], row["at"], row["seq"]

    def rows(self, limit: int, beside: Key | None, *, back: bool = False) -> list[sqlite3.Row]:
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

    def _made_stretches(self) -> list[_Stretch]:
        if self._order == "newest":
            return [_Stretch("shelf_by_time", "1", (), ("at",))]
        if self._order == "liked":
            return [_Stretch("shelf_by_likes", "1", (), ("likes", "at"))]
        graded, ungraded = self._numbers[:1], self._numbers[1:]
        numbers = graded if self._wishes.graded_only else ungraded if self._wishes.band == "none" else self._numbers
        columns = ("rank", "at")
        if self._wishes.signal:
            where = "s.model = ? AND s.signal = ? AND s.by_creator = ?"
            return [_Stretch("shelf_by_signal", where, (n, self._wishes.signal, c), columns) for c in (0, 1) for n in numbers]
        return [_Stretch("shelf_by_rank", "s.model = ? AND s.by_creator = ?", (n, c), columns) for c in (0, 1) for n in numbers]

    def _place_of(self, stretch: _Stretch) -> int:
        if stretch.index in ("shelf_by_time", "shelf_by_likes"):
            return 0
        return int(stretch.values[-1]) * len(self._numbers) + self._numbers.index(stretch.values[0])

    def _stretch_rows(self, stretch: _Stretch, limit: int, beside: Key | None, back: bool) -> list[sqlite3.Row]:
        glanced = self._glance(stretch, limit, beside, back)
        if glanced is not None:
            return glanced
        clauses, values = _from_key(stretch, beside, back)
        source, where, own = self._narrowing.entry()
        sql = f"""SELECT {_SHOWN} FROM {source}{where}{" AND" if where else " WHERE"} {" AND ".join(clauses)}
            ORDER BY {_ordered(stretch, back)} LIMIT ?"""
        return self._connection.execute(sql, [*own, *values, limit]).fetchall()

    def _glance(self, stretch: _Stretch, limit: int, beside: Key | None, back: bool) -> list[sqlite3.Row] | None:
        """The rows, if they stand among the next ones of the index; None when they do not."""
        clauses, values = _from_key(stretch, beside, back)
        conditions = self._narrowing.conditions
        glance = GLANCE if conditions else limit
        sql = f"""SELECT * FROM (SELECT s.* FROM shelf s INDEXED BY {stretch.index} WHERE {" AND ".join(clauses)}{self._bounds(stretch)}
            ORDER BY {_ordered(stretch, back)} LIMIT ?) s{where_all(conditions)} LIMIT ?"""
        found = [value for condition in conditions for value in condition.values]
        rows = self._connection.execute(sql, [*values, glance, *found, limit]).fetchall()
        if len(rows) >= limit or not conditions:
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


_SHOWN = "s.seq, s.model, s.by_creator, s.rank, s.at, s.likes, s.platform, s.id"


def _from_key(stretch: _Stretch, beside: Key | None, back: bool) -> tuple[list[str], list[Any]]:
    clauses, values = [stretch.where], list(stretch.values)
    if beside is not None:
        columns = [f"s.{column}" for column in (*stretch.columns, "seq")]
        clauses.append(f"({', '.join(columns)}) {'>' if back else '<'} ({', '.join('?' * len(columns))})")
        values += beside
    return clauses, values


def _ordered(stretch: _Stretch, back: bool) -> str:
    return ", ".join(f"s.{column}{'' if back else ' DESC'}" for column in (*stretch.columns, "seq"))
