"""What only the owner of an account sees of a video in TikTok Studio: who watched to the end, for how long, and where viewers came from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from companion.store import rows


@dataclass(frozen=True)
class Studio:
    """One video as of `at` (ms UTC). `completion` and the values of `traffic` are parts (0-1), `watched_s` seconds; None: not known."""

    platform: str
    video_id: str
    at: int
    completion: float | None = None
    watched_s: float | None = None
    new_followers: int | None = None
    traffic: Mapping[str, float] = field(default_factory=dict)

    @property
    def sources(self) -> list[tuple[str, float]]:
        """Where viewers came from, most first."""
        return sorted(self.traffic.items(), key=lambda one: (-one[1], one[0]))


def put(connection: sqlite3.Connection, found: Iterable[Studio]) -> None:
    """Store these of stored videos; what a file leaves out keeps the value before, and an older file only fills gaps.

    The caller holds the transaction.
    """
    known = "coalesce({0}.{2}, {1}.{2})"
    newer = {
        name: f"CASE WHEN excluded.at >= video_studio.at THEN {known.format('excluded', 'video_studio', name)}"
        f" ELSE {known.format('video_studio', 'excluded', name)} END"
        for name in ("completion", "watched_s", "new_followers")
    }
    names = rows.names(Studio)
    sql = f"""INSERT INTO video_studio ({", ".join(names)}) VALUES ({", ".join(f":{name}" for name in names)})
        ON CONFLICT (platform, video_id) DO UPDATE SET {", ".join(f"{name} = {value}" for name, value in newer.items())},
        traffic = CASE WHEN excluded.traffic <> '{{}}' AND (excluded.at >= video_studio.at OR video_studio.traffic = '{{}}')
            THEN excluded.traffic ELSE video_studio.traffic END,
        at = max(excluded.at, video_studio.at)"""
    connection.executemany(sql, ({**asdict(one), "traffic": json.dumps(dict(one.traffic), ensure_ascii=False)} for one in found))


def of_videos(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, Studio]:
    """What is stored of these videos, by id."""
    sql = f"SELECT {rows.columns(Studio)} FROM video_studio WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?))"
    found = connection.execute(sql, [platform, rows.listed(video_ids)])
    return {row["video_id"]: rows.build(Studio, row, traffic=json.loads(row["traffic"])) for row in found}
