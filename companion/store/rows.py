"""Rows to frozen dataclasses and back: column names are the field names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

T = TypeVar("T")


def columns(record: type) -> str:
    """The record's fields as a SELECT list."""
    return ", ".join(names(record))


def names(record: type) -> list[str]:
    """The record's field names."""
    return [field.name for field in fields(record)]


def build(record: type[T], row: sqlite3.Row, **decoded: Any) -> T:
    """A record from a row; `decoded` replaces columns that need more than a copy."""
    values = {name: row[name] for name in names(record)}
    return record(**{**values, **decoded})


def texts(value: str) -> tuple[str, ...]:
    """A JSON list of texts."""
    return tuple(str(item) for item in json.loads(value))


def listed(values: Iterable[str]) -> str:
    """Texts as a JSON list."""
    return json.dumps(list(values), ensure_ascii=False)


@dataclass(frozen=True)
class Sighting:
    """The two statements that record a row seen at `:now`: insert it if new, then fill in what is known.

    A NULL never overwrites a value: a page that shows less than another one takes nothing away.
    """

    insert: str
    update: str

    @classmethod
    def of(cls, table: str, record: type, needed: Iterable[str] = ()) -> Sighting:
        """For a table keyed by (platform, id); `needed` columns have no default and stand in the insert."""
        first = ["platform", "id", *needed]
        changes = ", ".join(f"{name} = coalesce(:{name}, {name})" for name in names(record) if name not in ("platform", "id"))
        return cls(
            insert=f"INSERT INTO {table} ({', '.join(first)}, first_seen, last_seen) "
            f"VALUES ({', '.join(f':{name}' for name in first)}, :now, :now) ON CONFLICT (platform, id) DO NOTHING",
            update=f"UPDATE {table} SET {changes}, last_seen = max(last_seen, :now) WHERE platform = :platform AND id = :id",
        )

    def record(self, connection: sqlite3.Connection, values: Iterable[dict[str, Any]]) -> None:
        """Run both for each row; the caller holds the transaction."""
        for row in values:
            connection.execute(self.insert, row)
            connection.execute(self.update, row)
