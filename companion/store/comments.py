"""Comments as they were seen. Their writers appear as pseudonyms only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class Comment:
    """One comment or reply (`level` 2, then `parent_id` names what it answers).

    `author` is the pseudonym of the uid and `author_alias` that of the handle (`Workspace.pseudonym`); None means not known.
    `answers_id` is the reply that a reply answers, where it is not the first comment itself. `tiktok_intent` is TikTok's own
    flag `is_high_purchase_intent`.
    """

    platform: str
    id: str
    video_id: str
    text: str
    author: str | None = None
    author_alias: str | None = None
    parent_id: str | None = None
    level: int = 1
    is_creator_reply: bool | None = False
    lang: str | None = None
    likes: int | None = None
    replies: int | None = None
    created_at: int | None = None
    answers_id: str | None = None
    pinned: bool | None = None
    liked_by_creator: bool | None = None
    tiktok_intent: bool | None = None
    image: bool | None = None
    sticker: bool | None = None


@dataclass(frozen=True)
class Seen:
    """When a comment was seen first and last, and since when it is gone (ms UTC)."""

    first_seen: int
    last_seen: int
    missing_since: int | None


_SIGHTING = rows.Sighting.of(
    "comment",
    Comment,
    {"text": "''", "author": "''", "author_alias": "''", "lang": "''", "level": "1", "is_creator_reply": "0"},
)


def save(connection: sqlite3.Connection, comments: Iterable[Comment], now: int) -> None:
    """Insert or update comments seen at `now`; their videos are stored before. One seen again is no longer missing."""
    comments = list(comments)
    _SIGHTING.record(connection, ({**vars(comment), "now": now} for comment in comments))
    connection.executemany(
        "UPDATE comment SET missing_since = NULL WHERE platform = ? AND id = ? AND missing_since IS NOT NULL",
        [(comment.platform, comment.id) for comment in comments],
    )


def mark_missing(connection: sqlite3.Connection, platform: str, ids: Iterable[str], now: int) -> None:
    """Note that comments looked for at `now` are gone; the first time stays."""
    sql = "UPDATE comment SET missing_since = ? WHERE platform = ? AND id = ? AND missing_since IS NULL"
    connection.executemany(sql, [(now, platform, comment_id) for comment_id in ids])


def known(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> set[str]:
    """Which of these comments are stored."""
    sql = "SELECT id FROM comment WHERE platform = ? AND id IN (SELECT value FROM json_each(?))"
    return {str(row[0]) for row in connection.execute(sql, [platform, rows.listed(ids)])}


def mark_door(connection: sqlite3.Connection, platform: str, ids: Iterable[str], door: str) -> None:
    """Note by which door comments came in first."""
    connection.executemany("UPDATE comment SET door = ? WHERE platform = ? AND id = ?", [(door, platform, key) for key in ids])


def came_by(connection: sqlite3.Connection, platform: str, ids: Iterable[str], door: str) -> set[str]:
    """Which of these comments came in first by a door."""
    sql = "SELECT id FROM comment WHERE platform = ? AND door = ? AND id IN (SELECT value FROM json_each(?))"
    return {str(row[0]) for row in connection.execute(sql, [platform, door, rows.listed(ids)])}


def mark_creator(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str], pseudonym: str) -> None:
    """Note which comments under a creator's videos are the creator's; `pseudonym` is that of the creator's uid."""
    connection.executemany(
        """UPDATE comment SET is_creator_reply = (author = :by)
            WHERE platform = :platform AND video_id = :video AND author <> '' AND is_creator_reply <> (author = :by)""",
        [{"by": pseudonym, "platform": platform, "video": video_id} for video_id in video_ids],
    )


def mark_written(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> None:
    """Note that the creator of their video wrote these comments."""
    sql = "UPDATE comment SET is_creator_reply = 1 WHERE platform = ? AND id = ? AND is_creator_reply = 0"
    connection.executemany(sql, [(platform, key) for key in ids])


def find(connection: sqlite3.Connection, platform: str, comment_id: str) -> Comment | None:
    """One comment, or None."""
    row = connection.execute(
        f"SELECT {rows.columns(Comment)} FROM comment WHERE platform = ? AND id = ?", [platform, comment_id]
    ).fetchone()
    return _comment(row) if row else None


def seen(connection: sqlite3.Connection, platform: str, comment_id: str) -> Seen | None:
    """When a comment was seen, or None."""
    row = connection.execute(f"SELECT {rows.columns(Seen)} FROM comment WHERE platform = ? AND id = ?", [platform, comment_id]).fetchone()
    return rows.build(Seen, row) if row else None


def of_video(connection: sqlite3.Connection, platform: str, video_id: str) -> list[Comment]:
    """A video's comments, oldest first."""
    sql = f"SELECT {rows.columns(Comment)} FROM comment WHERE platform = ? AND video_id = ? ORDER BY created_at, id"
    return [_comment(row) for row in connection.execute(sql, [platform, video_id])]


def listed(connection: sqlite3.Connection, limit: int = 100, offset: int = 0) -> list[Comment]:
    """Comments, most recently seen first."""
    sql = f"SELECT {rows.columns(Comment)} FROM comment ORDER BY last_seen DESC, platform, id LIMIT ? OFFSET ?"
    return [_comment(row) for row in connection.execute(sql, [limit, offset])]


def any_stored(connection: sqlite3.Connection) -> bool:
    """Whether any comment is known."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM comment)").fetchone()[0])


def count(connection: sqlite3.Connection) -> int:
    """How many comments are known."""
    return int(connection.execute("SELECT count(*) FROM comment").fetchone()[0])


_FLAGS = ("is_creator_reply", "pinned", "liked_by_creator", "tiktok_intent", "image", "sticker")


def _comment(row: sqlite3.Row) -> Comment:
    return rows.build(Comment, row, **rows.flags(row, _FLAGS))
