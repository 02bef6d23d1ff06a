"""When each video was first and last looked at: what a second look at its counters is planned by."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class Watched:
    """A video. `visited_at` is the latest moment at which its counters were read, None for never; times are ms UTC."""

    id: str
    handle: str
    first_seen: int
    visited_at: int | None


_SQL = """
    WITH snapshot AS (SELECT video_id AS id, max(at) AS at FROM video_metric WHERE platform = :platform GROUP BY video_id),
         visit AS (SELECT key AS id, max(ended_at) AS at FROM task
                   WHERE kind IN ('video', 'refresh') AND state IN ('done', 'given up') AND ended_at IS NOT NULL GROUP BY key)
    SELECT v.id, coalesce(c.handle, '') AS handle, v.first_seen,
           nullif(max(coalesce(snapshot.at, -1), coalesce(visit.at, -1)), -1) AS visited_at
    FROM video v
    LEFT JOIN creator c ON c.platform = v.platform AND c.id = v.creator_id
    LEFT JOIN snapshot ON snapshot.id = v.id
    LEFT JOIN visit ON visit.id = v.id
    WHERE v.platform = :platform AND v.first_seen BETWEEN :since AND :now AND v.missing_since IS NULL
        AND (v.keep_until IS NULL OR v.keep_until > :now)
    ORDER BY v.first_seen, v.id
"""


def watched(connection: sqlite3.Connection, platform: str, since: int, now: int) -> list[Watched]:
    """Videos first seen from `since` on that are still there and still kept, oldest first.

    A visit is a snapshot of the counters, or a run's task that ended: a snapshot that says nothing new is not stored.
    """
    found = connection.execute(_SQL, {"platform": platform, "since": since, "now": now})
    return [rows.build(Watched, row) for row in found]
