"""Comments by hashtag, language, product and signal: how many have a label, how many wait for one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from companion.store import rows, sample

EVERYWHERE = (
    "fyp",
    "fy",
    "foryou",
    "foryoupage",
    "fypage",
    "viral",
    "viralvideo",
    "trending",
    "trend",
    "tiktok",
    "xyzbca",
    "parati",
    "pourtoi",
)
"""Hashtags of any video whatever: collecting them brings nothing in particular."""


@dataclass(frozen=True)
class Count:
    """Comments of one kind.

    `hashtag` is the one that their video was collected for, else the most common of its own but `EVERYWHERE`, "" without any.
    """

    hashtag: str
    lang: str
    product: str
    signal: str
    labelled: int
    waiting: int


# the shelf repeats language, signal and grade of every comment, so that a million of them are counted in one pass
_COUNTED = """SELECT s.video, s.lang, s.signal, count(*) AS n,
      EXISTS (SELECT 1 FROM label_standing e WHERE e.platform = s.platform AND e.comment_id = s.id) AS labelled
    FROM shelf s WHERE s.platform <> ? AND s.by_creator = 0 GROUP BY s.video, s.lang, s.signal, labelled"""
_SIGNALS = """SELECT l.comment_id, s.video, s.lang, s.signal AS read, l.signal AS said FROM label_current l
    JOIN shelf s ON s.platform = l.platform AND s.id = l.comment_id
    WHERE l.signal IS NOT NULL AND l.signal <> s.signal AND l.platform <> ? AND s.by_creator = 0"""
_VIDEOS = "SELECT sv.no, v.platform, v.id, v.product FROM shelf_video sv JOIN video v ON v.platform = sv.platform AND v.id = sv.video_id"
_COLLECTED = "SELECT key, substr(parent, 5) AS tag FROM task WHERE kind = 'video' AND parent GLOB 'tag:*' ORDER BY id"
_COMMON = """SELECT h.video_id, h.platform, h.hashtag FROM video_hashtag h
    JOIN (SELECT hashtag, count(*) AS n FROM video_hashtag GROUP BY hashtag) c ON c.hashtag = h.hashtag
    WHERE lower(h.hashtag) NOT IN (SELECT value FROM json_each(?)) ORDER BY c.n, h.hashtag DESC"""


def counted(connection: sqlite3.Connection) -> list[Count]:
    """All comments but the creators' own and the sample, each in one count."""
    places = _places(connection)
    counts: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])

    def add(video: int, lang: str, signal: str, labelled: bool, n: int) -> None:
        hashtag, product = places.get(video, ("", ""))
        counts[hashtag, lang or "un", product, signal or "none"][0 if labelled else 1] += n

    for row in connection.execute(_COUNTED, [sample.PLATFORM]):
        add(row["video"], row["lang"], row["signal"], bool(row["labelled"]), row["n"])
    for row in connection.execute(_SIGNALS, [sample.PLATFORM]):  # a label's signal is what the comment is, whatever the model read
        add(row["video"], row["lang"], row["read"], True, -1)
        add(row["video"], row["lang"], row["said"], True, 1)
    return [Count(*kind, labelled, waiting) for kind, (labelled, waiting) in sorted(counts.items()) if labelled > 0 or waiting > 0]


def newest(connection: sqlite3.Connection) -> tuple[int, int]:
    """Changes with every label and nearly every new comment."""
    sql = "SELECT (SELECT coalesce(max(rowid), 0) FROM label_event), (SELECT coalesce(max(seq), 0) FROM shelf)"
    row = connection.execute(sql).fetchone()
    return int(row[0]), int(row[1])


def _places(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """A video's number on the shelf -> its hashtag and product."""
    hashtags = {(row["platform"], row["video_id"]): str(row["hashtag"]) for row in connection.execute(_COMMON, [rows.listed(EVERYWHERE)])}
    collected = {str(row["key"]): str(row["tag"]) for row in connection.execute(_COLLECTED)}
    return {
        int(row["no"]): (collected.get(row["id"]) or hashtags.get((row["platform"], row["id"]), ""), str(row["product"]))
        for row in connection.execute(_VIDEOS)
    }
