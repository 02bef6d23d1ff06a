"""Everything that is stored, row by row for exports: in a stable order, and never more of it in memory than a batch.

Invented sample data is left out. Commenters appear as pseudonyms only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

from companion.store import labels
from companion.store.labels import LabelEvent, Source
from companion.store.sample import PLATFORM as SAMPLE

BATCH = 1000
"""Rows fetched at a time."""

_OWN = f"platform <> '{SAMPLE}'"

_COMMENTS = f"""SELECT c.platform, c.id, c.video_id, c.parent_id, c.level, nullif(c.author, '') AS author,
    nullif(c.author_alias, '') AS author_alias, c.text,
    json_object('caption', v.caption, 'hashtags', json(v.hashtags), 'product', v.product, 'parent', coalesce(parent.text, '')) AS context,
    nullif(coalesce(nullif(c.lang, ''), p.lang), '') AS lang, c.likes, c.replies,
    c.created_at, c.is_creator_reply, c.pinned, c.liked_by_creator, c.tiktok_intent, c.image, c.sticker, nullif(c.door, '') AS door,
    c.first_seen, c.last_seen, c.missing_since, p.grade, p.p_high, p.signal, p.sentiment, p.interval_low, p.interval_high, p.unsure, p.model
    FROM comment c JOIN video v ON v.platform = c.platform AND v.id = c.video_id
    LEFT JOIN comment parent ON parent.platform = c.platform AND parent.id = c.parent_id
    LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash
      AND p.context_hash = c.context_hash AND p.model = :model
    WHERE c.{_OWN} ORDER BY c.platform, c.id"""

_VIDEOS = f"""SELECT v.platform, v.id, v.creator_id, nullif(c.handle, '') AS handle, v.created_at, c.followers,
    v.duration_ms, v.hashtags, v.caption, m.plays, m.likes, m.comments, m.shares, m.saves, m.reposts, m.at AS measured_at,
    v.commerce, nullif(v.product, '') AS product, nullif(v.lang, '') AS lang, v.region, nullif(v.music_id, '') AS music_id,
    nullif(v.music_title, '') AS music_title, v.comments_open, v.first_seen, v.last_seen, v.missing_since,
    (SELECT count(*) FROM comment n WHERE n.platform = v.platform AND n.video_id = v.id) AS comments_seen
    FROM video v LEFT JOIN creator c ON c.platform = v.platform AND c.id = v.creator_id
    LEFT JOIN video_metric m ON m.platform = v.platform AND m.video_id = v.id
      AND m.at = (SELECT max(at) FROM video_metric l WHERE l.platform = v.platform AND l.video_id = v.id)
    WHERE v.{_OWN} ORDER BY v.platform, v.id"""

_CREATORS = f"""SELECT c.platform, c.id, nullif(c.handle, '') AS handle, nullif(c.name, '') AS name, c.verified, c.followers, c.following,
    c.likes, c.videos, c.seller, c.first_seen, c.last_seen,
    (SELECT count(*) FROM video v WHERE v.platform = c.platform AND v.creator_id = c.id) AS videos_seen
    FROM creator c WHERE c.{_OWN} ORDER BY c.platform, c.id"""

_LABELS = f"""SELECT s.* FROM label_standing s WHERE s.{_OWN} AND NOT EXISTS (
      SELECT 1 FROM label_standing n WHERE n.platform = s.platform AND n.comment_id = s.comment_id
        AND n.source = s.source AND n.client_id = s.client_id AND n.seq > s.seq) ORDER BY s.platform, s.comment_id, s.seq"""

# one spelling of a hashtag: TikTok takes capitals and small letters for the same
_HASHTAGS = f"""SELECT h.platform, h.hashtag, count(*) AS videos, sum(h.organic) AS organic_videos, sum(h.comments) AS comments_seen,
    min(h.created_at) AS first_video, max(h.created_at) AS last_video
    FROM (SELECT DISTINCT t.platform, lower(t.hashtag) AS hashtag, v.id, v.created_at, v.commerce = 'organic' AS organic,
            (SELECT count(*) FROM comment n WHERE n.platform = v.platform AND n.video_id = v.id) AS comments
          FROM video_hashtag t JOIN video v ON v.platform = t.platform AND v.id = t.video_id WHERE t.{_OWN}) h
    GROUP BY h.platform, h.hashtag ORDER BY h.platform, h.hashtag"""


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The database as it stands now for the whole body, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.execute("ROLLBACK")


def comments(connection: sqlite3.Connection, model: str) -> Iterator[tuple[sqlite3.Row, LabelEvent | None]]:
    """Comments with what `model` said and the latest grade that a person gave, by platform and id."""
    cursor = connection.execute(_COMMENTS, {"model": model})
    while batch := cursor.fetchmany(BATCH):
        given: dict[tuple[str, str], LabelEvent] = {}
        for platform in {row["platform"] for row in batch}:
            ids = [row["id"] for row in batch if row["platform"] == platform]
            given.update({(platform, key): event for key, event in labels.current(connection, platform, ids, get_args(Source)).items()})
        for row in batch:
            yield row, given.get((row["platform"], row["id"]))


def videos(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Videos with their latest counters, by platform and id."""
    return _each(connection, _VIDEOS)


def creators(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Creators, by platform and id."""
    return _each(connection, _CREATORS)


def label_votes(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """The last word of everybody who labelled a comment, by platform and comment."""
    return _each(connection, _LABELS)


def hashtags(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Hashtags of stored videos, by platform and name."""
    return _each(connection, _HASHTAGS)


def _each(connection: sqlite3.Connection, sql: str) -> Iterator[sqlite3.Row]:
    cursor = connection.execute(sql)
    while batch := cursor.fetchmany(BATCH):
        yield from batch
