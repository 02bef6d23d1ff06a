"""Comments that went by another id before TikTok's own was known, and how the two become one.

A row of a page that carries no id gets one of its own ("dom:" and a hash). Once the same comment arrives with its `cid`,
the other id is kept here as one that it also goes by; labels given to either are labels of the comment (migration m0007).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store.shelving import REFRESH

NAMELESS = "dom:"
"""How ids begin that are not TikTok's own."""

STATEMENTS = (
    """CREATE TABLE comment_also (
        platform TEXT NOT NULL, also TEXT NOT NULL, id TEXT NOT NULL CHECK (id <> also), PRIMARY KEY (platform, also)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX also_of_comment ON comment_also (platform, id)",
    "CREATE INDEX comment_nameless ON comment (platform, video_id) WHERE id GLOB 'dom:*'",
    "CREATE INDEX label_nameless ON label_event (platform, video_id) WHERE comment_id GLOB 'dom:*'",
    "DROP VIEW label_current",
    "DROP VIEW label_standing",
    # the comments page repeats the user's own grade; its own triggers know a label's comment by the label's id only
    f"""CREATE TRIGGER also_labelled AFTER INSERT ON label_event BEGIN
        {REFRESH} (platform, id) = (SELECT platform, id FROM comment_also WHERE platform = NEW.platform AND also = NEW.comment_id); END""",
    f"""CREATE TRIGGER also_unlabelled AFTER DELETE ON label_event BEGIN
        {REFRESH} (platform, id) = (SELECT platform, id FROM comment_also WHERE platform = OLD.platform AND also = OLD.comment_id); END""",
    f"CREATE TRIGGER also_known AFTER INSERT ON comment_also BEGIN {REFRESH} platform = NEW.platform AND id = NEW.id; END",
)
"""Everything of migration m0007 but the views, which `views` makes anew."""

_STANDING = "e.action = 'set' AND NOT EXISTS (SELECT 1 FROM label_event u WHERE u.action = 'undo' AND u.undoes = e.uuid)"


def views(columns: Iterable[str]) -> tuple[str, str]:
    """The views of labels that hold, with each label under its comment's present id. `columns` are those of `label_event`.

    Two halves instead of one outer join, and CROSS JOIN to keep its order: so both are searched by comment through an index.
    """
    names = list(columns)
    own = ", ".join(f"e.{name}" for name in names)
    moved = ", ".join("a.id" if name == "comment_id" else f"e.{name}" for name in names)
    return (
        f"""CREATE VIEW label_standing AS
            SELECT e.rowid AS seq, {own} FROM label_event e WHERE {_STANDING}
              AND NOT EXISTS (SELECT 1 FROM comment_also a WHERE a.platform = e.platform AND a.also = e.comment_id)
            UNION ALL
            SELECT e.rowid AS seq, {moved} FROM comment_also a
              CROSS JOIN label_event e ON e.platform = a.platform AND e.comment_id = a.also WHERE {_STANDING}""",
        """CREATE VIEW label_current AS SELECT * FROM label_standing s WHERE NOT EXISTS (
             SELECT 1 FROM label_standing n WHERE n.platform = s.platform AND n.comment_id = s.comment_id AND n.seq > s.seq)""",
    )


@dataclass(frozen=True)
class Words:
    """What tells one comment of a video from the others where no id does. `author_alias` is the pseudonym of the handle."""

    id: str
    author_alias: str
    level: int
    text: str


def present(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> dict[str, str]:
    """The present ids of comments, by the id asked for: the same where it is not known to go by another."""
    asked = list(dict.fromkeys(ids))
    sql = "SELECT also, id FROM comment_also WHERE platform = ? AND also IN (SELECT value FROM json_each(?))"
    moved = {str(row["also"]): str(row["id"]) for row in connection.execute(sql, [platform, json.dumps(asked)])}
    return {name: moved.get(name, name) for name in asked}


def others(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> list[str]:
    """All other ids by which these comments go."""
    sql = "SELECT also FROM comment_also WHERE platform = ? AND id IN (SELECT value FROM json_each(?))"
    return [str(row[0]) for row in connection.execute(sql, [platform, json.dumps(list(ids))])]


def renamed(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> set[str]:
    """Which of these comments go by another id too."""
    sql = "SELECT id FROM comment_also WHERE platform = ? AND id IN (SELECT value FROM json_each(?))"
    return {str(row[0]) for row in connection.execute(sql, [platform, json.dumps(list(ids))])}


def nameless(connection: sqlite3.Connection, platform: str, video_id: str) -> list[Words]:
    """A video's stored comments without an id of TikTok's, in the order in which they came."""
    sql = """SELECT id, author_alias, level, text FROM comment
        WHERE platform = ? AND video_id = ? AND id GLOB 'dom:*' ORDER BY first_seen, id"""
    return [Words(*row) for row in connection.execute(sql, [platform, video_id])]


def named_by(connection: sqlite3.Connection, platform: str, video_id: str, author_alias: str) -> list[Words]:
    """One person's stored comments under a video that have TikTok's id and no other yet, oldest first."""
    sql = """SELECT id, author_alias, level, text FROM comment c
        WHERE author_alias = ? AND author_alias <> '' AND platform = ? AND video_id = ? AND id NOT GLOB 'dom:*'
          AND NOT EXISTS (SELECT 1 FROM comment_also a WHERE a.platform = c.platform AND a.id = c.id)
        ORDER BY created_at, id"""
    return [Words(*row) for row in connection.execute(sql, [author_alias, platform, video_id])]


def labelled(connection: sqlite3.Connection, platform: str, video_id: str) -> list[tuple[str, str]]:
    """(id, text as it was read) of comments of a video that were labelled under an id of ours and not met by another yet."""
    sql = """SELECT DISTINCT comment_id, text FROM label_event e INDEXED BY label_nameless
        WHERE platform = ? AND video_id = ? AND comment_id GLOB 'dom:*'
          AND NOT EXISTS (SELECT 1 FROM comment_also a WHERE a.platform = e.platform AND a.also = e.comment_id)"""
    return [(str(row[0]), str(row[1])) for row in connection.execute(sql, [platform, video_id])]


def note(connection: sqlite3.Connection, platform: str, also: str, comment_id: str) -> None:
    """From now on `also` means the comment `comment_id`."""
    connection.execute(
        "INSERT INTO comment_also (platform, also, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [platform, also, comment_id]
    )


_CARRIED = (
    "platform, video_id, author, author_alias, parent_id, level, is_creator_reply, text, lang, likes, replies, "
    "first_seen, last_seen, missing_since, answers_id, pinned, liked_by_creator, tiktok_intent, image, sticker, "
    "door, keep_until, normaliser, text_hash, context_hash"
)
"""All but `created_at`: a page shows it in words, which say about when; the comment's own answer says it exactly."""

_AS_NAMED = f"""INSERT INTO comment (id, {_CARRIED}) SELECT :id, {_CARRIED} FROM comment
    WHERE platform = :platform AND id = :also ON CONFLICT (platform, id) DO NOTHING"""
_TAKE_OVER = """UPDATE comment SET
      first_seen = min(comment.first_seen, old.first_seen),
      keep_until = max(comment.keep_until, old.keep_until)
    FROM comment old WHERE old.platform = :platform AND old.id = :also AND comment.platform = :platform AND comment.id = :id"""
_MOVED = (("comment_metric", "comment_id"), ("inbox_mark", "comment_id"), ("comment", "parent_id"))


def join(connection: sqlite3.Connection, platform: str, also: str, comment_id: str) -> None:
    """The stored comment `also` becomes `comment_id`; where that is stored too, its own words and counts stay."""
    place = {"platform": platform, "also": also, "id": comment_id}
    connection.execute(_AS_NAMED, place)
    connection.execute(_TAKE_OVER, place)  # max() with NULL is NULL: "kept without end" wins
    for table, column in _MOVED:
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = :id WHERE platform = :platform AND {column} = :also", place)
    connection.execute("DELETE FROM comment WHERE platform = :platform AND id = :also", place)
    note(connection, platform, also, comment_id)


def forget(connection: sqlite3.Connection, platform: str, ids: Iterable[str]) -> None:
    """Forget the other ids of these comments; their labels are deleted before."""
    connection.execute(
        "DELETE FROM comment_also WHERE platform = ? AND id IN (SELECT value FROM json_each(?))", [platform, json.dumps(list(ids))]
    )
