"""The comments of one video as its quality score takes them: who answers whom, likes, and what the model felt in them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

MOST = 2_000
"""Comments of a video that are read, those met first: a score says no more with twenty thousand, and takes ten times as long."""

# INDEXED BY: else SQLite walks through all comments of the platform
_SQL = """SELECT c.id, coalesce(c.parent_id, '') AS parent, c.is_creator_reply AS by_creator, c.likes,
    coalesce(p.sentiment, '') AS sentiment, coalesce(nullif(c.author, ''), c.author_alias) AS author, c.text, c.created_at
    FROM (SELECT * FROM comment INDEXED BY comment_by_video WHERE platform = ? AND video_id = ?
      ORDER BY first_seen, likes DESC, id LIMIT ?) c
    LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash
      AND p.context_hash = c.context_hash AND p.model = ?"""


@dataclass(frozen=True)
class Said:
    """One comment. `parent` is "" for a top comment, `sentiment` "" while the model has not read it.

    `author` is a pseudonym, "" where not known; `at` is when it was written, ms UTC.
    """

    id: str
    parent: str
    by_creator: bool
    likes: int | None
    sentiment: str
    author: str
    text: str
    at: int | None


def of_video(connection: sqlite3.Connection, model: str, platform: str, video_id: str) -> list[Said]:
    """The first comments of a video with what `model` felt, at most MOST of them."""
    found = connection.execute(_SQL, [platform, video_id, MOST, model])
    return [Said(ident, parent, bool(by_creator), *rest) for ident, parent, by_creator, *rest in found]
