"""Reports: what the comments of a span of time said, counted once and kept, so that the next one can be held against it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from companion.store import rows
from companion.store.videos import Commerce

Topic = Literal["product", "question", "objection"]


@dataclass(frozen=True)
class ReportRow:
    """The head of a report over comments that came in from `since` on and before `at` (ms UTC).

    `n` comments of `videos` videos were counted, `high` of them close to buying, written from `first` to `last`.
    """

    id: int
    since: int
    at: int
    model: str
    depth: int
    kinds: tuple[Commerce, ...]
    videos: int
    n: int
    high: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class CreatorRow:
    """One creator in a report."""

    platform: str
    creator_id: str
    videos: int
    n: int
    high: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class TopicRow:
    """A product, a question or an objection: `n` comments, `high` of them close to buying. `quotes` are (platform, comment id)."""

    kind: Topic
    name: str
    n: int
    high: int
    quotes: tuple[tuple[str, str], ...] = field(default=())


def add(connection: sqlite3.Connection, head: ReportRow, creators: Iterable[CreatorRow], topics: Iterable[TopicRow]) -> int:
    """Keep a report (`head.id` does not matter); returns its id. Who was deleted meanwhile is left out."""
    names = [name for name in rows.names(ReportRow) if name != "id"]
    sql = f"INSERT INTO report ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    ident = int(connection.execute(sql, {**vars(head), "kinds": json.dumps(list(head.kinds))}).lastrowid or 0)
    connection.executemany(
        """INSERT INTO report_creator (report_id, platform, creator_id, videos, n, high, first, last)
            SELECT :report, :platform, :creator_id, :videos, :n, :high, :first, :last
            WHERE EXISTS (SELECT 1 FROM creator WHERE platform = :platform AND id = :creator_id)""",
        [{**vars(creator), "report": ident} for creator in creators],
    )
    for topic in topics:
        values = [ident, topic.kind, topic.name]
        connection.execute(
            "INSERT INTO report_topic (report_id, kind, name, n, high) VALUES (?, ?, ?, ?, ?)", [*values, topic.n, topic.high]
        )
        connection.executemany(
            "INSERT INTO report_quote (report_id, kind, name, platform, comment_id) SELECT ?, ?, ?, platform, id FROM comment"
            " WHERE platform = ? AND id = ?",
            [[*values, *quote] for quote in topic.quotes],
        )
    return ident


def listed(connection: sqlite3.Connection, limit: int = 100) -> list[ReportRow]:
    """Reports, newest first."""
    sql = f"SELECT {rows.columns(ReportRow)} FROM report ORDER BY at DESC, id DESC LIMIT ?"
    return [_head(row) for row in connection.execute(sql, [limit])]


def find(connection: sqlite3.Connection, report_id: int) -> ReportRow | None:
    """One report's head, or None."""
    row = connection.execute(f"SELECT {rows.columns(ReportRow)} FROM report WHERE id = ?", [report_id]).fetchone()
    return _head(row) if row else None


def before(connection: sqlite3.Connection, head: ReportRow) -> ReportRow | None:
    """The report before this one, or None."""
    sql = f"SELECT {rows.columns(ReportRow)} FROM report WHERE at <= ? AND id < ? ORDER BY at DESC, id DESC LIMIT 1"
    row = connection.execute(sql, [head.at, head.id]).fetchone()
    return _head(row) if row else None


def creators_of(connection: sqlite3.Connection, report_id: int) -> list[CreatorRow]:
    """The creators of a report, in whatever order."""
    sql = f"SELECT {rows.columns(CreatorRow)} FROM report_creator WHERE report_id = ?"
    return [rows.build(CreatorRow, row) for row in connection.execute(sql, [report_id])]


def topics_of(connection: sqlite3.Connection, report_id: int) -> list[TopicRow]:
    """The topics of a report, the most frequent first, with the quotes that are still stored."""
    quotes: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in connection.execute("SELECT kind, name, platform, comment_id FROM report_quote WHERE report_id = ?", [report_id]):
        quotes.setdefault((row["kind"], row["name"]), []).append((row["platform"], row["comment_id"]))
    sql = "SELECT kind, name, n, high FROM report_topic WHERE report_id = ? ORDER BY n DESC, name"
    found = connection.execute(sql, [report_id])
    return [TopicRow(row["kind"], row["name"], row["n"], row["high"], tuple(quotes.get((row["kind"], row["name"]), ()))) for row in found]


def remove(connection: sqlite3.Connection, report_id: int) -> None:
    """Delete a report; harmless when it is gone."""
    connection.execute("DELETE FROM report WHERE id = ?", [report_id])


def _head(row: sqlite3.Row) -> ReportRow:
    return rows.build(ReportRow, row, kinds=tuple(json.loads(row["kinds"])))
