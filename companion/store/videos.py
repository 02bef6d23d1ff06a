"""Videos and the snapshots of their public counters."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from companion.store import rows

HEARTBEAT_MS = 86_400_000
"""Counters that did not move are noted again after a day."""

Commerce = Literal["organic", "partnership", "ad", "shop", "unknown"]
"""Whether a video is free speech or trade: a paid partnership, an advert, or one with products of TikTok Shop under it."""


@dataclass(frozen=True)
class Video:
    """One video. None means not known; `created_at` is ms UTC, `region` the two letters of the country where it was posted."""

    platform: str
    id: str
    creator_id: str | None = None
    caption: str | None = None
    hashtags: tuple[str, ...] | None = None
    product: str | None = None
    duration_ms: int | None = None
    lang: str | None = None
    created_at: int | None = None
    music_id: str | None = None
    music_title: str | None = None
    commerce: Commerce | None = None
    comments_open: bool | None = None
    region: str | None = None


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
    reposts: int | None = None


_SIGHTING = rows.Sighting.of(
    "video",
    Video,
    {
        **dict.fromkeys(["caption", "product", "lang", "music_id", "music_title"], "''"),
        "hashtags": "'[]'",
        "commerce": "'unknown'",
    },
)


def save(connection: sqlite3.Connection, videos: Iterable[Video], now: int) -> None:
    """Insert or update videos seen at `now`, which are no longer missing then; None leaves what was known.

    Their creators are stored before.
    """
    videos = list(videos)
    _SIGHTING.record(connection, (_values(video, now) for video in videos))
    connection.executemany(
        "UPDATE video SET missing_since = NULL WHERE platform = ? AND id = ? AND missing_since IS NOT NULL",
        [(video.platform, video.id) for video in videos],
    )


def measure(connection: sqlite3.Connection, metrics: Iterable[Metric]) -> None:
    """Add snapshots; one for the same video and moment is stored once."""
    names = rows.names(Metric)
    sql = f"INSERT INTO video_metric ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)}) ON CONFLICT DO NOTHING"
    connection.executemany(sql, [vars(metric) for metric in metrics])


def follow(connection: sqlite3.Connection, metrics: Iterable[Metric]) -> None:
    """Add snapshots that say something new, and one a day that does not: a flat line is knowledge too."""
    for metric in metrics:
        last = connection.execute(
            f"SELECT {rows.columns(Metric)} FROM video_metric WHERE platform = ? AND video_id = ? AND at <= ? ORDER BY at DESC LIMIT 1",
            [metric.platform, metric.video_id, metric.at],
        ).fetchone()
        if last is None or metric.at - last["at"] >= HEARTBEAT_MS or _says_more(metric, rows.build(Metric, last)):
            measure(connection, [metric])


def _says_more(metric: Metric, last: Metric) -> bool:
    """Whether a counter has another value; a page that leaves a counter out says nothing about it."""
    return any(value is not None and value != getattr(last, name) for name, value in vars(metric).items() if name != "at")


def mark_missing(connection: sqlite3.Connection, platform: str, video_id: str, now: int) -> None:
    """Note that a video asked for at `now` was not there; the first time stays."""
    sql = "UPDATE video SET missing_since = ? WHERE platform = ? AND id = ? AND missing_since IS NULL"
    connection.execute(sql, [now, platform, video_id])


def known(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> set[str]:
    """Which of these videos are stored."""
    sql = "SELECT id FROM video WHERE platform = ? AND id IN (SELECT value FROM json_each(?))"
    return {str(row[0]) for row in connection.execute(sql, [platform, rows.listed(ids)])}


def bare(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> set[str]:
    """Which of these stored videos nothing is known of, but that comments stand under them."""
    sql = """SELECT id FROM video WHERE platform = ? AND id IN (SELECT value FROM json_each(?))
        AND creator_id IS NULL AND created_at IS NULL AND caption = ''"""
    return {str(row[0]) for row in connection.execute(sql, [platform, rows.listed(ids)])}


def makers(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> dict[str, str | None]:
    """The ids of the creators of those of these videos that are stored, None where not known."""
    sql = "SELECT id, creator_id FROM video WHERE platform = ? AND id IN (SELECT value FROM json_each(?))"
    return {row["id"]: row["creator_id"] for row in connection.execute(sql, [platform, rows.listed(ids)])}


def ids_of_creator(connection: sqlite3.Connection, platform: str, creator_id: str) -> list[str]:
    """The ids of a creator's stored videos."""
    return [str(row[0]) for row in connection.execute("SELECT id FROM video WHERE platform = ? AND creator_id = ?", [platform, creator_id])]


def creator_of(connection: sqlite3.Connection, platform: str, video_id: str) -> str | None:
    """The id of a video's creator, or None where it is not known."""
    row = connection.execute("SELECT creator_id FROM video WHERE platform = ? AND id = ?", [platform, video_id]).fetchone()
    return row["creator_id"] if row else None


def find(connection: sqlite3.Connection, platform: str, video_id: str) -> Video | None:
    """One video, or None."""
    row = connection.execute(f"SELECT {rows.columns(Video)} FROM video WHERE platform = ? AND id = ?", [platform, video_id]).fetchone()
    return _video(row) if row else None


def listed(
    connection: sqlite3.Connection,
    limit: int = 100,
    offset: int = 0,
    kinds: Iterable[Commerce] | None = None,
    creator: tuple[str, str] | None = None,
) -> list[Video]:
    """Videos, most recently seen first: those of these kinds and of this creator (platform, id), where given."""
    where, values = _chosen(kinds, creator)
    sql = f"SELECT {rows.columns(Video)} FROM video WHERE {where} ORDER BY last_seen DESC, platform, id LIMIT ? OFFSET ?"
    return [_video(row) for row in connection.execute(sql, [*values, limit, offset])]


def of_creator(connection: sqlite3.Connection, platform: str, creator_id: str) -> list[Video]:
    """A creator's videos, newest first."""
    sql = f"SELECT {rows.columns(Video)} FROM video WHERE platform = ? AND creator_id = ? ORDER BY created_at DESC, id"
    return [_video(row) for row in connection.execute(sql, [platform, creator_id])]


def with_hashtag(connection: sqlite3.Connection, platform: str, hashtag: str, limit: int) -> list[str]:
    """Ids of the videos with a hashtag (small letters), those with the most comments first."""
    sql = """SELECT t.video_id FROM video_hashtag t WHERE t.platform = ? AND t.hashtag = lower(?) ORDER BY (
          SELECT comments FROM video_metric m WHERE m.platform = t.platform AND m.video_id = t.video_id ORDER BY at DESC LIMIT 1) DESC,
        t.video_id LIMIT ?"""
    return [str(row[0]) for row in connection.execute(sql, [platform, hashtag, limit])]


def metrics(connection: sqlite3.Connection, platform: str, video_id: str) -> list[Metric]:
    """A video's snapshots, oldest first."""
    sql = f"SELECT {rows.columns(Metric)} FROM video_metric WHERE platform = ? AND video_id = ? ORDER BY at"
    return [rows.build(Metric, row) for row in connection.execute(sql, [platform, video_id])]


def count(connection: sqlite3.Connection, kinds: Iterable[Commerce] | None = None, creator: tuple[str, str] | None = None) -> int:
    """How many videos are known: those of these kinds and of this creator (platform, id), where given."""
    where, values = _chosen(kinds, creator)
    return int(connection.execute(f"SELECT count(*) FROM video WHERE {where}", values).fetchone()[0])


def _chosen(kinds: Iterable[Commerce] | None, creator: tuple[str, str] | None) -> tuple[str, list[str]]:
    where, values = ["1"], []
    if kinds is not None:
        where.append("commerce IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(kinds)))
    if creator is not None:
        where.append("platform = ? AND creator_id = ?")
        values += creator
    return " AND ".join(where), values


def _values(video: Video, now: int) -> dict[str, object]:
    hashtags = None if video.hashtags is None else rows.listed(video.hashtags)
    return {**vars(video), "hashtags": hashtags, "now": now}


def _video(row: sqlite3.Row) -> Video:
    return rows.build(Video, row, hashtags=rows.texts(row["hashtags"]), **rows.flags(row, ["comments_open"]))
