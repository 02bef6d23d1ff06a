"""Narrowing the shelf down: which condition leaves the fewest comments, what reads those, and how many fit all conditions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from companion.store.wanted import Condition

MOST_COUNTED = 100_000
"""More than this of one kind are not counted to the end."""

GLANCE = 20_000
"""Comments passed over while a page is sought, or while those that fit are counted."""


class Narrowing:
    """All conditions of one search; the best of them, found by counting to just over `gathered`, is the way in."""

    def __init__(self, connection: sqlite3.Connection, conditions: Sequence[Condition], gathered: int) -> None:
        self._connection, self.conditions, self._gathered = connection, conditions, gathered
        self._sizes = self._measured()

    @property
    def least(self) -> int | None:
        """How many comments the best condition leaves, counted to just over the limit; None where no condition has an index."""
        return self._sizes[0][0] if self._sizes else None

    def entry(self) -> tuple[str, str, list[Any]]:
        """FROM and WHERE that read what fits by the best condition, and their values."""
        best = self._sizes[0][1] if self._sizes else None
        clauses: list[str] = []
        values: list[Any] = []
        if best:
            clauses += [best.own] if best.own else []
            values += best.own_values
        for condition in self.conditions:
            if condition is not best:
                clauses.append(condition.sql)
                values += condition.values
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        return (best.source if best and best.source else "shelf s"), where, values

    def total(self) -> tuple[int, bool]:
        """How many fit, and whether that is all of them."""
        if not self.conditions:
            return int(self._connection.execute("SELECT count(*) FROM shelf").fetchone()[0]), True
        if len(self.conditions) == 1 and self.conditions[0].source is not None:
            most = max(MOST_COUNTED, self._gathered)
            total = self._counted(self.conditions[0], most + 1)
            return min(total, most), total <= most
        best = self._sizes[0][1] if self._sizes else None
        source = best.source if best and best.source else "shelf s"
        own = f" WHERE {best.own}" if best and best.own else ""
        rest = [condition for condition in self.conditions if condition is not best]
        sql = f"SELECT count(*) FROM (SELECT s.* FROM {source}{own} LIMIT ?) s{where_all(rest)}"
        values = [*(best.own_values if best else ()), GLANCE, *(value for condition in rest for value in condition.values)]
        return int(self._connection.execute(sql, values).fetchone()[0]), False

    def _measured(self) -> list[tuple[int, Condition]]:
        """Conditions with an index and how many comments each leaves (counted to just over the limit), the fewest first."""
        sizes = []
        for condition in self.conditions:
            if condition.source is None:
                continue
            sizes.append((self._counted(condition, self._gathered + 1), condition))
            if sizes[-1][0] * 10 < self._gathered:
                break
        return sorted(sizes, key=lambda pair: pair[0])

    def _counted(self, condition: Condition, most: int) -> int:
        """How many fulfil one condition, `most` at the most."""
        own = f" WHERE {condition.own}" if condition.own else ""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {condition.counted or condition.source}{own} LIMIT ?)"
        return int(self._connection.execute(sql, [*condition.own_values, most]).fetchone()[0])


def where_all(conditions: Sequence[Condition]) -> str:
    """WHERE that all of the conditions hold; "" for none."""
    return f" WHERE {' AND '.join(condition.sql for condition in conditions)}" if conditions else ""
