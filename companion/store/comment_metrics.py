"""How a comment's likes and replies grew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class CommentMetric:
    """A comment's counters as they stood at `at` (ms UTC)."""

    platform: str
    comment_id: str
    at: int
    likes: int | None = None
    replies: int | None = None


_ADD = """INSERT INTO comment_metric (platform, comment_id, at, likes, replies)
    SELECT :platform, :comment_id, :at, :likes, :replies WHERE NOT EXISTS (
        SELECT 1 FROM (SELECT likes, replies FROM comment_metric
            WHERE platform = :platform AND comment_id = :comment_id AND at <= :at ORDER BY at DESC LIMIT 1) last
        WHERE last.likes IS coalesce(:likes, last.likes) AND last.replies IS coalesce(:replies, last.replies))
    ON CONFLICT DO NOTHING"""


def add(connection: sqlite3.Connection, metrics: Iterable[CommentMetric]) -> None:
    """Add snapshots; one that says nothing beyond the last one before it is not stored."""
    connection.executemany(_ADD, [vars(metric) for metric in metrics])


def of_comment(connection: sqlite3.Connection, platform: str, comment_id: str) -> list[CommentMetric]:
    """A comment's snapshots, oldest first."""
    sql = f"SELECT {rows.columns(CommentMetric)} FROM comment_metric WHERE platform = ? AND comment_id = ? ORDER BY at"
    return [rows.build(CommentMetric, row) for row in connection.execute(sql, [platform, comment_id])]
