"""Rows to frozen dataclasses and back: column names are the field names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def columns(record: type) -> str:
    """The record's fields as a SELECT list."""
    return ", ".join(names(record))


@cache
def names(record: type) -> tuple[str, ...]:
    """The record's field names."""
    return tuple(field.name for field in fields(record))


def build(record: type[T], row: sqlite3.Row, **decoded: Any) -> T:
    """A record from a row; `decoded` replaces columns that need more than a copy."""
    values = {name: row[name] for name in names(record)}  # type: ignore[arg-type]  # mypy looks for the hash of a record, not of its class
    return record(**{**values, **decoded})


def flags(row: sqlite3.Row, columns: Iterable[str]) -> dict[str, bool | None]:
    """Columns of 0, 1 or NULL as truth values."""
    return {name: None if row[name] is None else bool(row[name]) for name in columns}


def texts(value: str) -> tuple[str, ...]:
    """A JSON list of texts."""
    return tuple(str(item) for item in json.loads(value))


def listed(values: Iterable[str]) -> str:
    """Texts as a JSON list."""
    return json.dumps(list(values), ensure_ascii=False)


_UNKNOWN = "({0} IS NULL OR {0} IN ('', '[]', 'unknown'))"
"""As good as not known."""


@dataclass(frozen=True)
class Sighting:
    """The statement that records a row seen at `:now`: new, or filling in what is known.

    What is not known never overwrites a value: a page that shows less than another one takes nothing away. A page older
    than what is stored only fills gaps.
    """

    sql: str

    @classmethod
    def of(cls, table: str, record: type, absent: Mapping[str, str] | None = None) -> Sighting:
        """For a table keyed by (platform, id); `absent` says as SQL what stands in columns that may not be NULL while nothing is known."""
        absent = absent or {}
        told = [name for name in names(record) if name not in ("platform", "id")]
        values = [f"coalesce(:{name}, {absent[name]})" if name in absent else f":{name}" for name in told]
        changes = [
            f"{name} = CASE WHEN {_UNKNOWN.format(f':{name}')} THEN {name}"
            f" WHEN :now >= last_seen OR {_UNKNOWN.format(name)} THEN :{name} ELSE {name} END"
            for name in told
        ]
        return cls(
            f"INSERT INTO {table} (platform, id, {', '.join(told)}, first_seen, last_seen)"
            f" VALUES (:platform, :id, {', '.join(values)}, :now, :now) ON CONFLICT (platform, id) DO UPDATE SET"
            f" {', '.join(changes)}, first_seen = min(first_seen, :now), last_seen = max(last_seen, :now)"
        )

    def record(self, connection: sqlite3.Connection, values: Iterable[dict[str, Any]]) -> None:
        """Run it for each row; the caller holds the transaction."""
        connection.executemany(self.sql, values)
