"""What the last comparison of all videos lets expect of each, what became of videos in their pools, and scores within a category."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.store import rows
from companion.store.quality_learned import CreatorScore
from companion.store.sample import PLATFORM as SAMPLE

MOST = 5_000
"""Creators that say what is usual in a category: more would change no quartile that anybody sees."""

Outcome = tuple[str, float, bool]
"""Pool, likes a view at the last reading in it, and whether the video went on from there."""


@dataclass(frozen=True)
class Expected:
    """Views that models which never saw the creator expect of a video; the 90 % interval is None where too few videos were known."""

    platform: str
    video_id: str
    views: float
    low: float | None
    high: float | None


def put_expected(connection: sqlite3.Connection, found: Iterable[Expected]) -> None:
    """Keep these in place of those before; of videos that went meanwhile nothing. The caller holds the transaction."""
    connection.execute("DELETE FROM video_expected")
    names = rows.names(Expected)
    sql = f"""INSERT INTO video_expected ({", ".join(names)}) SELECT {", ".join(f":{name}" for name in names)}
        WHERE EXISTS (SELECT 1 FROM video WHERE platform = :platform AND id = :video_id)"""
    connection.executemany(sql, (vars(one) for one in found))


def expected(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, Expected]:
    """What is expected of those of these videos that were compared, by id."""
    sql = f"SELECT {rows.columns(Expected)} FROM video_expected WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?))"
    return {row["video_id"]: rows.build(Expected, row) for row in connection.execute(sql, [platform, rows.listed(video_ids)])}


def put_outcomes(connection: sqlite3.Connection, outcomes: Sequence[Outcome]) -> None:
    """Keep what became of videos whose pools are over."""
    connection.execute("INSERT OR REPLACE INTO quality_pools (one, earlier) VALUES (1, ?)", [json.dumps(outcomes)])


def outcomes(connection: sqlite3.Connection) -> list[Outcome]:
    """What became of videos whose pools are over; [] before the first comparison."""
    row = connection.execute("SELECT earlier FROM quality_pools").fetchone()
    return [(str(pool), float(rate), bool(went)) for pool, rate, went in json.loads(row["earlier"])] if row else []


def scores_in(connection: sqlite3.Connection, category: str | None, formula: str) -> list[CreatorScore]:
    """The last score by this formula of creators of this category (None: of all), sample data left out; at most MOST of them."""
    sql = f"""SELECT {rows.columns(CreatorScore)} FROM creator_score s WHERE platform <> '{SAMPLE}' AND formula = :formula
        AND (:category IS NULL OR category = :category)
        AND at = (SELECT max(at) FROM creator_score l WHERE l.platform = s.platform AND l.creator_id = s.creator_id)
        LIMIT :most"""
    found = connection.execute(sql, {"formula": formula, "category": category, "most": MOST})
    return [rows.build(CreatorScore, row, partial=bool(row["partial"])) for row in found]
