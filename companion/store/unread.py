"""Stored comments that a model has not read yet.

Predictions stand under the hashes of a text and its context. Both hashes are kept on the comment too, so that SQL
alone finds what is missing. Triggers take them away when the text, its parent or its video changes (migrations.py);
such a comment, like a new one, waits for keys first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store import rows

Place = tuple[str, str]
"""(platform, comment id)"""


@dataclass(frozen=True)
class Unread:
    """A comment with what a model reads beside it. Unknown texts are ""; hashes are None until `put_keys`."""

    platform: str
    id: str
    text: str
    caption: str
    hashtags: tuple[str, ...]
    product: str
    parent: str
    normaliser: str | None
    text_hash: str | None
    context_hash: str | None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.platform, self.id


_SELECT = """SELECT c.platform, c.id, c.text, v.caption, v.hashtags, v.product, coalesce(parent.text, '') AS parent,
    c.normaliser, c.text_hash, c.context_hash
    FROM comment c JOIN video v ON v.platform = c.platform AND v.id = c.video_id
    LEFT JOIN comment parent ON parent.platform = c.platform AND parent.id = c.parent_id"""

_MISSING = """NOT EXISTS (SELECT 1 FROM prediction p WHERE p.normaliser = c.normaliser
    AND p.text_hash = c.text_hash AND p.context_hash = c.context_hash AND p.model = :model)"""

_LATEST_IDS_FIRST = "ORDER BY c.platform DESC, c.id DESC LIMIT :limit"


def count(connection: sqlite3.Connection, model: str) -> int:
    """How many comments have no prediction by `model`."""
    return int(connection.execute(f"SELECT count(*) FROM comment c WHERE {_MISSING}", {"model": model}).fetchone()[0])


def unkeyed(connection: sqlite3.Connection, limit: int) -> list[Unread]:
    """Comments without keys, latest ids first."""
    return _found(connection, f"{_SELECT} WHERE c.text_hash IS NULL {_LATEST_IDS_FIRST}", {"limit": limit})


def put_keys(connection: sqlite3.Connection, normaliser: str, keys: Iterable[tuple[Place, str, str]]) -> None:
    """Note (place, text hash, context hash) of comments read in the same transaction."""
    sql = "UPDATE comment SET normaliser = ?, text_hash = ?, context_hash = ? WHERE platform = ? AND id = ?"
    connection.executemany(sql, [(normaliser, text, context, *place) for place, text, context in keys])


def outdated(connection: sqlite3.Connection, normaliser: str) -> bool:
    """Whether any comment's keys were made by another normaliser."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM comment WHERE normaliser <> ?)", [normaliser]).fetchone()[0])


def drop_outdated(connection: sqlite3.Connection, normaliser: str) -> None:
    """Take the keys of another normaliser away."""
    connection.execute("UPDATE comment SET normaliser = NULL, text_hash = NULL, context_hash = NULL WHERE normaliser <> ?", [normaliser])


def among(connection: sqlite3.Connection, model: str, places: Iterable[Place]) -> list[Unread]:
    """Those of the given comments that `model` has not read, latest ids first."""
    wanted = "(c.platform, c.id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:places))"
    values = {"model": model, "places": json.dumps(list(places)), "limit": -1}
    return _found(connection, f"{_SELECT} WHERE {wanted} AND {_MISSING} {_LATEST_IDS_FIRST}", values)


def below(connection: sqlite3.Connection, model: str, place: Place | None, limit: int) -> list[Unread]:
    """The next comments with keys that `model` has not read: ids below `place`, latest first; None begins at the top."""
    beyond = "AND (c.platform, c.id) < (:platform, :id)" if place else ""
    platform, comment_id = place or ("", "")
    values = {"model": model, "platform": platform, "id": comment_id, "limit": limit}
    return _found(connection, f"{_SELECT} WHERE c.text_hash IS NOT NULL {beyond} AND {_MISSING} {_LATEST_IDS_FIRST}", values)


def of_platform(connection: sqlite3.Connection, model: str, platform: str) -> list[Place]:
    """Where a platform's comments stand that `model` has not read: all of them, so for few comments only."""
    sql = f"SELECT c.platform, c.id FROM comment c WHERE c.platform = :platform AND {_MISSING}"
    return [(row[0], row[1]) for row in connection.execute(sql, {"model": model, "platform": platform})]


def _found(connection: sqlite3.Connection, sql: str, values: dict[str, object]) -> list[Unread]:
    return [rows.build(Unread, row, hashtags=rows.texts(row["hashtags"])) for row in connection.execute(sql, values)]
