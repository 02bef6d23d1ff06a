"""Stored videos with their latest counters, as the quality scores take them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from companion.store import rows
from companion.store.sample import PLATFORM as SAMPLE


@dataclass(frozen=True)
class StoredPost:
    """A video with the last known value of each counter (None: never known) and the moment of the last look, ms UTC.

    `subject` is what the last comparison of all videos kept: "" where it is not sure, None where the video was not among them.
    """

    platform: str
    id: str
    creator_id: str | None
    created_at: int | None
    followers: int | None
    duration_ms: int | None
    hashtags: tuple[str, ...]
    caption: str
    commerce: str
    plays: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    measured_at: int | None
    subject: str | None = None


def _last(counter: str) -> str:
    """A page that leaves a counter out says nothing about it: the one before stands."""
    return f"""(SELECT {counter} FROM video_metric m WHERE m.platform = v.platform AND m.video_id = v.id AND {counter} IS NOT NULL
        ORDER BY at DESC LIMIT 1) AS {counter}"""


_SELECT = f"""SELECT v.platform, v.id, v.creator_id, v.created_at, c.followers, v.duration_ms, v.hashtags, v.caption, v.commerce,
    {", ".join(_last(counter) for counter in ("plays", "likes", "comments", "shares", "saves"))},
    (SELECT max(at) FROM video_metric m WHERE m.platform = v.platform AND m.video_id = v.id) AS measured_at, s.subject
    FROM video v LEFT JOIN creator c ON c.platform = v.platform AND c.id = v.creator_id
    LEFT JOIN video_subject s ON s.platform = v.platform AND s.video_id = v.id"""


def find(connection: sqlite3.Connection, platform: str, video_id: str) -> StoredPost | None:
    """One video, or None."""
    row = connection.execute(f"{_SELECT} WHERE v.platform = ? AND v.id = ?", [platform, video_id]).fetchone()
    return _post(row) if row else None


def of_creator(connection: sqlite3.Connection, platform: str, creator_id: str, limit: int) -> list[StoredPost]:
    """A creator's newest videos, newest first; those without a date come last."""
    # chosen first: else the counters of every video of theirs are looked up before they are sorted
    chosen = "SELECT id FROM video WHERE platform = ? AND creator_id = ? ORDER BY created_at DESC, id LIMIT ?"
    sql = f"{_SELECT} WHERE v.platform = ? AND v.id IN ({chosen}) ORDER BY v.created_at DESC, v.id"
    return [_post(row) for row in connection.execute(sql, [platform, platform, creator_id, limit])]


def newest(connection: sqlite3.Connection, limit: int) -> Iterator[StoredPost]:
    """The newest videos of all creators, invented sample data left out."""
    chosen = f"SELECT platform, id FROM video WHERE platform <> '{SAMPLE}' ORDER BY created_at DESC, platform, id LIMIT ?"
    sql = f"{_SELECT} WHERE (v.platform, v.id) IN ({chosen}) ORDER BY v.created_at DESC, v.platform, v.id"
    return (_post(row) for row in connection.execute(sql, [limit]))


def following(connection: sqlite3.Connection, after: tuple[str, str], limit: int) -> list[StoredPost]:
    """The next videos (platform, id) of all, invented sample data left out; ("", "") begins with the first."""
    sql = f"{_SELECT} WHERE (v.platform, v.id) > (?, ?) AND v.platform <> '{SAMPLE}' ORDER BY v.platform, v.id LIMIT ?"
    return [_post(row) for row in connection.execute(sql, [*after, limit])]


def last_plays(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """The last known views of every video, by (platform, id); those without any are left out."""
    sql = "SELECT platform, video_id, plays, max(at) FROM video_metric WHERE plays IS NOT NULL GROUP BY platform, video_id"
    return {(row[0], row[1]): row[2] for row in connection.execute(sql)}


def state(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many videos are stored (sample left out), and when one was seen last (ms UTC, 0 without any)."""
    sql = f"SELECT count(*), coalesce(max(last_seen), 0) FROM video WHERE platform <> '{SAMPLE}'"
    count, seen = connection.execute(sql).fetchone()
    return int(count), int(seen)


def _post(row: sqlite3.Row) -> StoredPost:
    return rows.build(StoredPost, row, hashtags=rows.texts(row["hashtags"]))
