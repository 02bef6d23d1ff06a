"""The first comments of each video, for figures that compare creators (migration m0008).

"First" is the order in which they were met: the site shows the ones that it ranks best first, a page at a time, and all
comments of one page were met at the same moment. Within a page the most liked come first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from companion.store.labels import PERSONAL
from companion.store.videos import Commerce

STATEMENTS = (
    "CREATE INDEX comment_first ON comment (platform, video_id, first_seen, likes DESC) WHERE level = 1 AND is_creator_reply = 0",
)

KINDS: tuple[Commerce, ...] = get_args(Commerce)

# CROSS JOIN keeps the order: else SQLite walks through all comments
_FIRST = """SELECT v.platform, v.creator_id, v.id AS video_id, coalesce(nullif(c.author, ''), c.author_alias) AS author, c.id, c.text_hash,
    c.created_at, p.p_high
    FROM video v CROSS JOIN comment c ON c.platform = v.platform AND c.id IN (
        SELECT f.id FROM comment f WHERE f.platform = v.platform AND f.video_id = v.id AND f.level = 1 AND f.is_creator_reply = 0
        ORDER BY f.first_seen, f.likes DESC, f.id LIMIT :depth)
    LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash
      AND p.context_hash = c.context_hash AND p.model = :model
    WHERE v.creator_id IS NOT NULL AND v.commerce IN (SELECT value FROM json_each(:kinds))"""

_OWN = f"""SELECT platform, comment_id, grade FROM label_standing
    WHERE source IN ({", ".join(f"'{source}'" for source in PERSONAL)}) ORDER BY seq"""


@dataclass(frozen=True)
class FirstComment:
    """One of a video's first comments. `p_high` is the model's, `grade` the user's own; None where there is none.

    `author` is a pseudonym, "" where not known; `text_hash` stands for the normalised text.
    """

    platform: str
    creator_id: str
    video_id: str
    author: str
    text_hash: str
    created_at: int | None
    p_high: float | None
    grade: int | None


def first_comments(connection: sqlite3.Connection, model: str, depth: int, kinds: Iterable[Commerce]) -> Iterator[FirstComment]:
    """The first `depth` comments by the audience under each video of these kinds whose creator is known, video by video."""
    own = {(row["platform"], row["comment_id"]): row["grade"] for row in connection.execute(_OWN)}
    values = {"model": model, "depth": depth, "kinds": json.dumps(list(kinds))}
    for row in connection.execute(_FIRST, values):
        platform, creator, video, author, ident, text, at, p_high = row
        yield FirstComment(platform, creator, video, author, text or "", at, p_high, own.get((platform, ident)))


def videos_seen(connection: sqlite3.Connection, kinds: Iterable[Commerce]) -> dict[tuple[str, str], int]:
    """How many videos of these kinds are stored, by (platform, creator id)."""
    sql = """SELECT platform, creator_id, count(*) FROM video
        WHERE creator_id IS NOT NULL AND commerce IN (SELECT value FROM json_each(?)) GROUP BY platform, creator_id"""
    return {(row[0], row[1]): row[2] for row in connection.execute(sql, [json.dumps(list(kinds))])}


def videos_by_kind(connection: sqlite3.Connection, creator: tuple[str, str] | None = None) -> dict[str, int]:
    """How many videos are stored of each kind, of all or of one creator (platform, id)."""
    # INDEXED BY: else SQLite walks through all videos of the site
    which, values = ("INDEXED BY video_by_creator WHERE platform = ? AND creator_id = ?", creator) if creator else ("", ())
    return {row[0]: row[1] for row in connection.execute(f"SELECT commerce, count(*) FROM video {which} GROUP BY commerce", values)}


__all__ = ["KINDS", "STATEMENTS", "FirstComment", "first_comments", "videos_by_kind", "videos_seen"]
