"""Videos and the snapshots of their public counters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from companion.store import rows


@dataclass(frozen=True)
class Video:
    """One video. None means not known; `created_at` is ms UTC."""

    platform: str
    id: str
    creator_id: str | None = None
    caption: str | None = None
    hashtags: tuple[str, ...] | None = None
    product: str | None = None
    duration_ms: int | None = None
    lang: str | None = None
    created_at: int | None = None


@dataclass(frozen=True)
class Metric:
    """A video's counters as they stood at `at` (ms UTC)."""

    platform: str
    video_id: str
    at: int
    plays: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None


_SIGHTING = rows.Sighting.of("video", Video)


def save(connection: sqlite3.Connection, videos: Iterable[Video], now: int) -> None:
    """Insert or update videos seen at `now`; None leaves what was known. Their creators are stored before."""
    _SIGHTING.record(connection, (_values(video, now) for video in videos))


def measure(connection: sqlite3.Connection, metrics: Iterable[Metric]) -> None:
    """Add snapshots; one for the same video and moment is stored once."""
    names = rows.names(Metric)
    sql = f"INSERT INTO video_metric ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)}) ON CONFLICT DO NOTHING"
    connection.executemany(sql, [asdict(metric) for metric in metrics])


def find(connection: sqlite3.Connection, platform: str, video_id: str) -> Video | None:
    """One video, or None."""
    row = connection.execute(f"SELECT {rows.columns(Video)} FROM video WHERE platform = ? AND id = ?", [platform, video_id]).fetchone()
    return _video(row) if row else None


def listed(connection: sqlite3.Connection, limit: int = 100, offset: int = 0) -> list[Video]:
    """Videos, most recently seen first."""
    sql = f"SELECT {rows.columns(Video)} FROM video ORDER BY last_seen DESC, platform, id LIMIT ? OFFSET ?"
    return [_video(row) for row in connection.execute(sql, [limit, offset])]


def of_creator(connection: sqlite3.Connection, platform: str, creator_id: str) -> list[Video]:
    """A creator's videos, newest first."""
    sql = f"SELECT {rows.columns(Video)} FROM video WHERE platform = ? AND creator_id = ? ORDER BY created_at DESC, id"
    return [_video(row) for row in connection.execute(sql, [platform, creator_id])]


def metrics(connection: sqlite3.Connection, platform: str, video_id: str) -> list[Metric]:
    """A video's snapshots, oldest first."""
    sql = f"SELECT {rows.columns(Metric)} FROM video_metric WHERE platform = ? AND video_id = ? ORDER BY at"
    return [rows.build(Metric, row) for row in connection.execute(sql, [platform, video_id])]


def count(connection: sqlite3.Connection) -> int:
    """How many videos are known."""
    return int(connection.execute("SELECT count(*) FROM video").fetchone()[0])


def _values(video: Video, now: int) -> dict[str, object]:
    hashtags = None if video.hashtags is None else rows.listed(video.hashtags)
    return {**asdict(video), "hashtags": hashtags, "now": now}


def _video(row: sqlite3.Row) -> Video:
    return rows.build(Video, row, hashtags=rows.texts(row["hashtags"]))
