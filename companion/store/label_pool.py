"""Comments and videos that a labeling task may choose from, with what the model in use said of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store import rows, sample
from companion.store.unread import Place


@dataclass(frozen=True)
class PoolComment:
    """A stored comment with its surroundings. Grades are those of one model, None where it has not read it."""

    platform: str
    id: str
    video_id: str
    text: str
    lang: str
    likes: int | None
    by_creator: bool
    caption: str
    hashtags: tuple[str, ...]
    product: str
    parent: str
    grade: float | None
    p_high: float | None
    interval_low: float | None
    interval_high: float | None


@dataclass(frozen=True)
class KnownAnswer:
    """A comment on which people settled: the latest decision about it."""

    platform: str
    id: str
    video_id: str
    text: str
    context: str
    grade: int
    signal: str | None
    sentiment: str | None


_COMMENTS = """SELECT c.platform, c.id, c.video_id, c.text, coalesce(nullif(c.lang, ''), p.lang, '') AS lang, c.likes,
    c.is_creator_reply AS by_creator, v.caption, v.hashtags, v.product, coalesce(parent.text, '') AS parent,
    p.grade, p.p_high, p.interval_low, p.interval_high
    FROM json_each(:places) w CROSS JOIN comment c ON c.platform = w.value ->> 0 AND c.id = w.value ->> 1
    JOIN video v ON v.platform = c.platform AND v.id = c.video_id
    LEFT JOIN comment parent ON parent.platform = c.platform AND parent.id = c.parent_id
    LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash AND p.context_hash = c.context_hash
      AND p.model = :model"""

_VIDEOS = """SELECT v.platform, v.id, v.id AS video_id, v.caption AS text, v.lang, NULL AS likes, 0 AS by_creator, '' AS caption,
    v.hashtags, v.product, '' AS parent, NULL AS grade, NULL AS p_high, NULL AS interval_low, NULL AS interval_high FROM video v"""


def comments(connection: sqlite3.Connection, model: str, places: Iterable[Place]) -> list[PoolComment]:
    """Those of these comments that are stored, in the order asked for."""
    found = connection.execute(_COMMENTS, {"places": json.dumps(list(places)), "model": model})
    return [_pooled(row) for row in found]


def videos(connection: sqlite3.Connection, hashtag: str = "", video: str = "") -> list[PoolComment]:
    """Videos as items: all, those with a hashtag, or one ("platform:id")."""
    platform, _, ident = video.partition(":")
    sql = f"""{_VIDEOS} WHERE (:tag = '' OR EXISTS (SELECT 1 FROM video_hashtag t WHERE t.platform = v.platform AND t.video_id = v.id
        AND t.hashtag = lower(:tag))) AND (:id = '' OR v.platform = :platform AND v.id = :id) ORDER BY v.platform, v.id"""
    return [_pooled(row) for row in connection.execute(sql, {"tag": hashtag, "platform": platform, "id": ident})]


def labelled(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> set[str]:
    """Which of these comments have a label of anybody, or are items of a task already."""
    wanted = rows.listed(ids)
    sql = "SELECT comment_id FROM label_standing WHERE platform = ? AND comment_id IN (SELECT value FROM json_each(?))"
    found = {str(row[0]) for row in connection.execute(sql, [platform, wanted])}
    sql = "SELECT target_id FROM label_item WHERE platform = ? AND target_id IN (SELECT value FROM json_each(?))"
    return found | {str(row[0]) for row in connection.execute(sql, [platform, wanted])}


def unasked(connection: sqlite3.Connection, limit: int, *, invented: bool = False) -> list[Place]:
    """Up to `limit` comments that nobody was asked about yet and that have no label; creators' own and empty ones left out.

    `invented` takes those of the sample, which are left out otherwise.
    """
    sql = f"""SELECT platform, id FROM comment c WHERE platform {"=" if invented else "<>"} :sample AND NOT is_creator_reply
        AND trim(text) <> ''
        AND NOT EXISTS (SELECT 1 FROM label_item i WHERE i.platform = c.platform AND i.target_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM label_standing s WHERE s.platform = c.platform AND s.comment_id = c.id) LIMIT :limit"""
    return [(str(row[0]), str(row[1])) for row in connection.execute(sql, {"sample": sample.PLATFORM, "limit": limit})]


def settled(connection: sqlite3.Connection, limit: int) -> list[KnownAnswer]:
    """Comments that were adjudicated with a grade, latest first."""
    sql = f"""SELECT {rows.columns(KnownAnswer).replace("id,", "comment_id AS id,", 1)} FROM label_standing s
        WHERE source = 'adjudication' AND grade IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM label_standing n WHERE n.platform = s.platform AND n.comment_id = s.comment_id
            AND n.source = 'adjudication' AND n.seq > s.seq) ORDER BY seq DESC LIMIT ?"""
    return [rows.build(KnownAnswer, row) for row in connection.execute(sql, [limit])]


def _pooled(row: sqlite3.Row) -> PoolComment:
    return rows.build(PoolComment, row, hashtags=rows.texts(row["hashtags"]), by_creator=bool(row["by_creator"]))
