"""The first comments of each video whoever made it, for demand by video, product and hashtag, and of a span of time.

What "first" means, and why, is said in `first_comments`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from companion.store.first_comments import FirstComment
from companion.store.labels import PERSONAL
from companion.store.videos import Commerce

_OWN = f"""SELECT platform, comment_id, grade, signal FROM label_standing
    WHERE source IN ({", ".join(f"'{source}'" for source in PERSONAL)}) ORDER BY seq"""

# CROSS JOIN keeps the order: else SQLite walks through all comments
_SQL = """SELECT v.platform, coalesce(v.creator_id, '') AS creator_id, v.id AS video_id,
    coalesce(nullif(c.author, ''), c.author_alias) AS author, c.id, c.text_hash, c.created_at, p.p_high, p.signal, c.text, c.likes,
    coalesce(nullif(nullif(c.lang, ''), 'un'), p.lang) AS lang
    FROM video v {found_by} CROSS JOIN comment c ON c.platform = v.platform AND c.id IN (
        SELECT f.id FROM comment f WHERE f.platform = v.platform AND f.video_id = v.id AND f.level = 1 AND f.is_creator_reply = 0
          AND f.first_seen >= :since AND f.first_seen < :until
        ORDER BY f.first_seen, f.likes DESC, f.id LIMIT :depth)
    LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash
      AND p.context_hash = c.context_hash AND p.model = :model
    WHERE v.commerce IN (SELECT value FROM json_each(:kinds))"""
_ONLY = {
    "video": " AND v.platform = :platform AND v.id IN (SELECT value FROM json_each(:keys))",
    "creator": " AND v.platform = :platform AND v.creator_id IN (SELECT value FROM json_each(:keys))",
}
_FOUND_BY = {"creator": "INDEXED BY video_by_creator"}
"""Else SQLite walks through all videos of the site."""


@dataclass(frozen=True)
class Counting:
    """Which comments count: the first `depth` under each video of these kinds, that came in from `since` on and before `until` (ms UTC).

    Grades are the user's own and else those of `model`.
    """

    model: str
    depth: int
    kinds: tuple[Commerce, ...]
    since: int = 0
    until: int = 2**62


@dataclass(frozen=True)
class Only:
    """Some videos, or the videos of some creators, by their ids."""

    what: Literal["video", "creator"]
    platform: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """One first comment with what it says; `counted` is what shares are counted from, `signal` "" while it has no grade.

    `lang` is an ISO 639-1 code: what the site says, else what the model reads; "" where nobody knows.
    """

    counted: FirstComment
    id: str
    signal: str
    text: str
    likes: int
    lang: str = ""


def voices(connection: sqlite3.Connection, counting: Counting, only: Only | None = None) -> Iterator[Voice]:
    """Every comment that counts, video by video; only those of some videos or creators where `only` says so."""
    own = {(row["platform"], row["comment_id"]): row for row in connection.execute(_OWN)}
    values = {**vars(counting), "kinds": json.dumps(list(counting.kinds)), "platform": "", "keys": "[]"}
    if only:
        values |= {"platform": only.platform, "keys": json.dumps(only.keys)}
    sql = _SQL.format(found_by=_FOUND_BY.get(only.what, "") if only else "") + (_ONLY[only.what] if only else "")
    for row in connection.execute(sql, values):
        place, creator, video_id, author, key, text_hash, at, p_high, signal, text, likes, lang = row
        label = own.get((place, key))
        grade = label["grade"] if label else None
        counted = FirstComment(place, creator, video_id, author, text_hash or "", at, p_high, grade)
        yield Voice(
            counted, key, (label["signal"] if label else None) or signal or "", text, likes or 0, "" if lang in (None, "un") else lang
        )


def products(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """The products of each video by title, by (platform, video id): those linked under it, else the one it was stored with."""
    found: dict[tuple[str, str], tuple[str, ...]] = {
        (row[0], row[1]): (row[2],) for row in connection.execute("SELECT platform, id, trim(product) FROM video WHERE trim(product) <> ''")
    }
    linked: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute("SELECT platform, video_id, trim(title) FROM video_product WHERE trim(title) <> '' ORDER BY first_seen"):
        linked.setdefault((row[0], row[1]), []).append(row[2])
    return found | {place: tuple(dict.fromkeys(titles)) for place, titles in linked.items()}


def hashtags(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """The hashtags of each video in small letters, by (platform, video id)."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute("SELECT platform, video_id, lower(hashtag) FROM video_hashtag ORDER BY hashtag"):
        found.setdefault((row[0], row[1]), []).append(row[2])
    return {place: tuple(dict.fromkeys(tags)) for place, tags in found.items()}


def answered(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Comments that the video's creator answered, (platform, id)."""
    sql = "SELECT DISTINCT platform, coalesce(answers_id, parent_id) AS id FROM comment WHERE is_creator_reply = 1"
    return {(row[0], row[1]) for row in connection.execute(sql) if row[1]}


def seen(connection: sqlite3.Connection, kinds: Iterable[Commerce]) -> set[tuple[str, str]]:
    """The stored videos of these kinds, (platform, id)."""
    sql = "SELECT platform, id FROM video WHERE commerce IN (SELECT value FROM json_each(?))"
    return {(row[0], row[1]) for row in connection.execute(sql, [json.dumps(list(kinds))])}
