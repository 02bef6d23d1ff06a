"""How long rows are kept: until the latest moment that any run asked for, and without end where one did not say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from companion.store import label_items, labels

Table = Literal["video", "comment"]


def set_until(connection: sqlite3.Connection, table: Table, platform: str, ids: Iterable[str], until: int | None) -> None:
    """For rows that are new."""
    connection.executemany(f"UPDATE {table} SET keep_until = ? WHERE platform = ? AND id = ?", [(until, platform, key) for key in ids])


def extend(connection: sqlite3.Connection, table: Table, platform: str, ids: Iterable[str], until: int | None) -> None:
    """For rows that were there: a later moment wins, and "without end" over all."""
    sql = f"UPDATE {table} SET keep_until = max(keep_until, ?) WHERE platform = ? AND id = ? AND keep_until IS NOT NULL"
    connection.executemany(sql, [(until, platform, key) for key in ids])  # max() with NULL is NULL


def expire(connection: sqlite3.Connection, now: int, limit: int) -> tuple[int, int]:
    """Delete up to `limit` comments, then videos without comments, whose time is over; returns (comments, videos) deleted.

    A creator goes with the last video, unless the user put the creator into a group.
    Comments that somebody labelled stay: they are the user's own work, and a label without its comment could not be shown.
    Of the others nothing is left in labeling tasks either.
    """
    expired = connection.execute(
        """DELETE FROM comment WHERE (platform, id) IN (
             SELECT platform, id FROM comment c WHERE keep_until < ? AND NOT EXISTS (
               SELECT 1 FROM label_event e WHERE e.platform = c.platform AND e.comment_id = c.id) AND NOT EXISTS (
               SELECT 1 FROM comment_also a CROSS JOIN label_event e ON e.platform = a.platform AND e.comment_id = a.also
               WHERE a.platform = c.platform AND a.id = c.id) LIMIT ?) RETURNING platform, id""",
        [now, limit],
    ).fetchall()
    gone = len(expired)
    for platform in {row["platform"] for row in expired}:
        label_items.drop(connection, platform, [row["id"] for row in expired if row["platform"] == platform])
    videos = connection.execute(
        """DELETE FROM video WHERE (platform, id) IN (
             SELECT platform, id FROM video v WHERE keep_until < ? AND NOT EXISTS (
               SELECT 1 FROM comment c WHERE c.platform = v.platform AND c.video_id = v.id) LIMIT ?) RETURNING platform, creator_id""",
        [now, limit],
    ).fetchall()
    connection.executemany(
        """DELETE FROM creator WHERE platform = :platform AND id = :id
            AND NOT EXISTS (SELECT 1 FROM video WHERE platform = :platform AND creator_id = :id)
            AND NOT EXISTS (SELECT 1 FROM creator_group WHERE platform = :platform AND creator_id = :id)""",
        [{"platform": platform, "id": ident} for platform, ident in {(row["platform"], row["creator_id"]) for row in videos}],
    )
    return gone, len(videos)


def delete_people(connection: sqlite3.Connection, pseudonyms: Iterable[str]) -> int:
    """Delete every comment by these pseudonyms (of uids or handles) with labels and grades; returns how many there were."""
    gone = 0
    for name in pseudonyms:
        for row in _written_by(connection, name, "platform, id"):
            _forget_comment(connection, row["platform"], row["id"])
            gone += 1
    return gone


def writers(connection: sqlite3.Connection) -> Iterator[str]:
    """The pseudonyms, of uids and of handles, under which comments are stored."""
    sql = "SELECT author FROM comment WHERE author <> '' UNION SELECT author_alias FROM comment WHERE author_alias <> ''"
    return (str(row[0]) for row in connection.execute(sql))


def videos(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The stored videos as (platform, id)."""
    return [(str(row[0]), str(row[1])) for row in connection.execute("SELECT platform, id FROM video")]


def other_names(connection: sqlite3.Connection, pseudonym: str) -> set[str]:
    """All pseudonyms under which the same person commented: a uid's with each of its handles', and the other way round."""
    found, fresh = {pseudonym}, {pseudonym}
    while fresh:
        name = fresh.pop()
        more = {str(value) for row in _written_by(connection, name, "author, author_alias") for value in row if value} - found
        found |= more
        fresh |= more
    return found


def texts_of(connection: sqlite3.Connection, pseudonyms: Iterable[str]) -> set[str]:
    """What these pseudonyms wrote."""
    return {str(row[0]) for name in pseudonyms for row in _written_by(connection, name, "text")}


def texts_under(connection: sqlite3.Connection, platform: str, creator_id: str) -> set[str]:
    """What was written under a creator's videos."""
    sql = """SELECT c.text FROM comment c JOIN video v ON v.platform = c.platform AND v.id = c.video_id
        WHERE v.platform = ? AND v.creator_id = ?"""
    return {str(row[0]) for row in connection.execute(sql, [platform, creator_id])}


def count_under(connection: sqlite3.Connection, platform: str, creator_id: str) -> int:
    """How many comments stand under a creator's videos."""
    sql = """SELECT count(*) FROM comment c JOIN video v ON v.platform = c.platform AND v.id = c.video_id
        WHERE v.platform = ? AND v.creator_id = ?"""
    return int(connection.execute(sql, [platform, creator_id]).fetchone()[0])


def delete_creator(connection: sqlite3.Connection, platform: str, creator_id: str) -> list[str]:
    """Delete a creator with every video, comment and label under it; returns the ids of the videos."""
    videos = [
        str(row[0]) for row in connection.execute("SELECT id FROM video WHERE platform = ? AND creator_id = ?", [platform, creator_id])
    ]
    for video in videos:
        delete_video(connection, platform, video)
    connection.execute(
        "DELETE FROM saved_search WHERE json_extract(filters, '$.creator') = ?", [f"{platform}:{creator_id}"]
    )  # it would find nothing for ever, and names the creator
    connection.execute("DELETE FROM creator WHERE platform = ? AND id = ?", [platform, creator_id])
    return videos


def delete_video(connection: sqlite3.Connection, platform: str, video_id: str) -> int:
    """Delete a video with every comment and label under it; returns how many comments there were."""
    ids = [str(row[0]) for row in connection.execute("SELECT id FROM comment WHERE platform = ? AND video_id = ?", [platform, video_id])]
    for comment_id in ids:
        _forget_comment(connection, platform, comment_id)
    labels.forget_video(connection, platform, video_id)
    connection.execute("DELETE FROM video WHERE platform = ? AND id = ?", [platform, video_id])
    return len(ids)


def forget_targets(connection: sqlite3.Connection, is_theirs: Callable[[str], bool]) -> None:
    """Take a person out of what runs and schedules were told to collect; a schedule without a target goes."""
    for table in ("run", "schedule"):
        for ident, targets in connection.execute(f"SELECT id, targets FROM {table}").fetchall():
            kept = [target for target in json.loads(targets) if not is_theirs(target)]
            if len(kept) < len(json.loads(targets)):
                connection.execute(f"UPDATE {table} SET targets = ? WHERE id = ?", [json.dumps(kept, ensure_ascii=False), ident])
                connection.execute("DELETE FROM schedule WHERE targets = '[]' AND kind <> 'refresh'")


def _forget_comment(connection: sqlite3.Connection, platform: str, comment_id: str) -> None:
    """Delete a comment with its labels, the labels of answers that quote it, and its grades unless another comment has the same."""
    answers = connection.execute(
        "SELECT id FROM comment WHERE platform = ? AND parent_id = ? AND text <> ''", [platform, comment_id]
    ).fetchall()
    labels.forget(connection, platform, [comment_id])
    labels.forget_quoting(connection, platform, [str(row[0]) for row in answers])
    keys = connection.execute(
        "DELETE FROM comment WHERE platform = ? AND id = ? RETURNING normaliser, text_hash, context_hash", [platform, comment_id]
    ).fetchall()
    connection.executemany(
        """DELETE FROM prediction WHERE normaliser = :normaliser AND text_hash = :text AND context_hash = :context AND NOT EXISTS (
             SELECT 1 FROM comment
             WHERE substr(text_hash, 1, 12) || substr(context_hash, 1, 12) = substr(:text, 1, 12) || substr(:context, 1, 12)
               AND text_hash = :text AND context_hash = :context)""",
        [{"normaliser": row["normaliser"], "text": row["text_hash"], "context": row["context_hash"]} for row in keys if row["text_hash"]],
    )


def _written_by(connection: sqlite3.Connection, name: str, columns: str) -> list[sqlite3.Row]:
    sql = f"SELECT {columns} FROM comment WHERE author = ? UNION SELECT {columns} FROM comment WHERE author_alias = ?"
    return connection.execute(sql, [name, name]).fetchall()
