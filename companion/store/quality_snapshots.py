"""The snapshots of stored videos over time, for the stage detector."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from companion.store import rows
from companion.store.sample import PLATFORM as SAMPLE

Key = tuple[str, str]
Reading = tuple[int, int | None, int | None, int | None, int | None]
"""Ms UTC, then plays, likes, comments and shares; None where not known."""


@dataclass(frozen=True)
class ReadVideo:
    """A video and its readings, oldest first; `posted_at` is ms UTC, and like `followers` and `creator_id` None where not known."""

    platform: str
    id: str
    creator_id: str | None
    posted_at: int | None
    followers: int | None
    readings: tuple[Reading, ...]


_SELECT = """SELECT v.platform, v.id, v.creator_id, v.created_at, c.followers
    FROM video v LEFT JOIN creator c ON c.platform = v.platform AND c.id = v.creator_id"""


def of(connection: sqlite3.Connection, platform: str, ids: Sequence[str]) -> list[ReadVideo]:
    """These videos, in no order; one that is not stored is left out."""
    sql = f"{_SELECT} WHERE v.platform = ? AND v.id IN (SELECT value FROM json_each(?))"
    return _with_snapshots(connection, connection.execute(sql, [platform, rows.listed(ids)]).fetchall())


def read_often(connection: sqlite3.Connection, limit: int, least: int = 3) -> list[ReadVideo]:
    """The videos read last of those that were read `least` times or more, invented sample data left out: what is usual."""
    sql = f"""{_SELECT} JOIN (SELECT platform, video_id, max(at) AS last FROM video_metric WHERE platform <> '{SAMPLE}'
        GROUP BY platform, video_id HAVING count(*) >= ? ORDER BY last DESC LIMIT ?) m ON m.platform = v.platform AND m.video_id = v.id"""
    return _with_snapshots(connection, connection.execute(sql, [least, limit]).fetchall())


def read_around(connection: sqlite3.Connection, platform: str, but: str, span: tuple[int, int], limit: int) -> list[ReadVideo]:
    """Videos of other creators than `but` that were read before `span` (ms UTC) began, three times or more, and after it ended."""
    of_video = "FROM video_metric m WHERE m.platform = v.platform AND m.video_id = v.id"
    sql = f"""{_SELECT} WHERE v.platform = ? AND v.creator_id IS NOT ? AND EXISTS (SELECT 1 {of_video} AND at <= ?)
        AND EXISTS (SELECT 1 {of_video} AND at >= ?) AND (SELECT count(*) {of_video}) >= 3 ORDER BY v.id LIMIT ?"""
    return _with_snapshots(connection, connection.execute(sql, [platform, but, *span, limit]).fetchall())


def _with_snapshots(connection: sqlite3.Connection, videos: Sequence[sqlite3.Row]) -> list[ReadVideo]:
    read: dict[Key, list[Reading]] = defaultdict(list)
    ids: dict[str, list[str]] = defaultdict(list)
    for video in videos:
        ids[video["platform"]].append(video["id"])
    sql = """SELECT video_id, at, plays, likes, comments, shares FROM video_metric
        WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?)) ORDER BY at"""
    for platform, keys in ids.items():
        for video_id, *numbers in connection.execute(sql, [platform, rows.listed(keys)]):
            read[platform, video_id].append(tuple(numbers))
    return [
        ReadVideo(
            video["platform"],
            video["id"],
            video["creator_id"],
            video["created_at"],
            video["followers"],
            tuple(read[video["platform"], video["id"]]),
        )
        for video in videos
    ]
