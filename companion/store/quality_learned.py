"""What was learned from all stored videos together, and the scores of creators as they were at each rescore."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.store import rows


@dataclass(frozen=True)
class Learned:
    """`at` is when (ms UTC), `videos` from how many; `seen` when one of the stored videos was seen last by then.

    `weights`, `shares` and `pools` are plain JSON: weights of the parts, and what is usual of shares, by category ("" is all);
    what pools of a feed usually bring.
    """

    at: int
    videos: int
    seen: int
    weights: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, Mapping[str, Any]]
    pools: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What a detector said yes to of a video: its name in neutral words, and the evidence in a sentence."""

    platform: str
    video_id: str
    name: str
    reason: str


@dataclass(frozen=True)
class CreatorScore:
    """A creator's score at a rescore. `value` and the points of its parts are 0-100, None where nothing could be said.

    `category` is the subject of most of the creator's videos, "" where none is sure.
    """

    platform: str
    creator_id: str
    at: int
    formula: str
    model: str
    value: float | None
    partial: bool
    videos: int
    deviation: float | None = None
    sentiment: float | None = None
    share_value: float | None = None
    engagement: float | None = None
    category: str = ""


def put(connection: sqlite3.Connection, learned: Learned, standings: Iterable[tuple[str, str, float]]) -> None:
    """Store what was learned in place of what was known; `standings` are (platform, video id, points).

    The caller holds the transaction. Videos that went meanwhile are left out.
    """
    connection.execute(
        """INSERT OR REPLACE INTO quality_field (one, at, videos, seen, weights, shares, pools) VALUES (1, ?, ?, ?, ?, ?, ?)""",
        [learned.at, learned.videos, learned.seen, *map(json.dumps, (learned.weights, learned.shares, learned.pools))],
    )
    connection.execute("DELETE FROM video_standing")
    add_standings(connection, standings)


def add_standings(connection: sqlite3.Connection, standings: Iterable[tuple[str, str, float]]) -> None:
    """Store the ranks of more videos beside the others; those of videos that went meanwhile are left out."""
    sql = "INSERT INTO video_standing (platform, video_id, points) SELECT platform, id, ? FROM video WHERE platform = ? AND id = ?"
    connection.executemany(sql, [(points, platform, video_id) for platform, video_id, points in standings])


def put_weights(connection: sqlite3.Connection, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Put the weights of the parts beside what was learned."""
    connection.execute("UPDATE quality_field SET weights = ?", [json.dumps(weights)])


def find(connection: sqlite3.Connection) -> Learned | None:
    """What was learned last, or None."""
    row = connection.execute("SELECT at, videos, seen, weights, shares, pools FROM quality_field").fetchone()
    if row is None:
        return None
    return Learned(row["at"], row["videos"], row["seen"], *(json.loads(row[name]) for name in ("weights", "shares", "pools")))


def learned_at(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """When it was learned (ms UTC) and the `seen` of then, without reading all of it; None before the first time."""
    row = connection.execute("SELECT at, seen FROM quality_field").fetchone()
    return (int(row["at"]), int(row["seen"])) if row else None


def findings(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, list[Finding]]:
    """What was found in these videos, by id; see `quality_looks` for what was not, and where there is not enough data."""
    sql = f"""SELECT {rows.columns(Finding)} FROM video_verdict
        WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?)) AND answer = 'yes' ORDER BY name"""
    found: dict[str, list[Finding]] = {}
    for row in connection.execute(sql, [platform, rows.listed(video_ids)]):
        found.setdefault(row["video_id"], []).append(rows.build(Finding, row))
    return found


def standings(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, float]:
    """The points of those of these videos that were compared with all others, by id."""
    sql = "SELECT video_id, points FROM video_standing WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?))"
    return {row["video_id"]: row["points"] for row in connection.execute(sql, [platform, rows.listed(video_ids)])}


def add_scores(connection: sqlite3.Connection, scores: Iterable[CreatorScore]) -> None:
    """Keep scores beside the earlier ones; a creator that went meanwhile is left out."""
    names = rows.names(CreatorScore)
    sql = f"""INSERT OR REPLACE INTO creator_score ({", ".join(names)}) SELECT {", ".join(f":{name}" for name in names)}
        WHERE EXISTS (SELECT 1 FROM creator WHERE platform = :platform AND id = :creator_id)"""
    connection.executemany(sql, [vars(score) for score in scores])


def scored_at(connection: sqlite3.Connection, at: int) -> set[tuple[str, str]]:
    """The creators (platform, id) that have a score of this rescore (ms UTC)."""
    return {(row[0], row[1]) for row in connection.execute("SELECT platform, creator_id FROM creator_score WHERE at = ?", [at])}


def compared(connection: sqlite3.Connection, platform: str) -> int:
    """How many videos of this site were compared with each other; others were ranked among them."""
    return int(connection.execute("SELECT count(*) FROM video_expected WHERE platform = ?", [platform]).fetchone()[0])


def scores_of(connection: sqlite3.Connection, platform: str, creator_id: str, limit: int = 60) -> list[CreatorScore]:
    """A creator's last scores, oldest first."""
    sql = f"SELECT {rows.columns(CreatorScore)} FROM creator_score WHERE platform = ? AND creator_id = ? ORDER BY at DESC LIMIT ?"
    found = connection.execute(sql, [platform, creator_id, limit]).fetchall()
    return [_score(row) for row in reversed(found)]


def latest_scores(connection: sqlite3.Connection) -> dict[tuple[str, str], CreatorScore]:
    """The last score of every creator that has one, by (platform, id)."""
    sql = f"""SELECT {rows.columns(CreatorScore)} FROM creator_score s
        WHERE at = (SELECT max(at) FROM creator_score l WHERE l.platform = s.platform AND l.creator_id = s.creator_id)"""
    return {(row["platform"], row["creator_id"]): _score(row) for row in connection.execute(sql)}


def _score(row: sqlite3.Row) -> CreatorScore:
    return rows.build(CreatorScore, row, partial=bool(row["partial"]))
