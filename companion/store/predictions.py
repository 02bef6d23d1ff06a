"""What a model said about a text in a context, kept so that a batch need not be scored twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from companion.store import rows


def digest(text: str) -> str:
    """SHA-256 of a normalised text or a rendered context, hex: the form in which both are keys."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class StoredPrediction:
    """One prediction. The four first fields are its key."""

    normaliser: str
    text_hash: str
    context_hash: str
    model: str
    grade: float
    p_high: float
    signal: str
    sentiment: str
    interval_low: float
    interval_high: float
    unsure: bool
    lang: str
    created_at: int


class Key(NamedTuple):
    """Under which a prediction stands."""

    normaliser: str
    text_hash: str
    context_hash: str
    model: str


_COLUMNS = rows.columns(StoredPrediction)


def save(connection: sqlite3.Connection, predictions: Iterable[StoredPrediction]) -> None:
    """Store predictions; the same key is replaced."""
    values = ", ".join(f":{name}" for name in rows.names(StoredPrediction))
    connection.executemany(f"INSERT OR REPLACE INTO prediction ({_COLUMNS}) VALUES ({values})", [vars(p) for p in predictions])


def find(connection: sqlite3.Connection, normaliser: str, text_hash: str, context_hash: str, model: str) -> StoredPrediction | None:
    """The prediction for one key, or None."""
    sql = f"SELECT {_COLUMNS} FROM prediction WHERE normaliser = ? AND text_hash = ? AND context_hash = ? AND model = ?"
    row = connection.execute(sql, [normaliser, text_hash, context_hash, model]).fetchone()
    return rows.build(StoredPrediction, row, unsure=bool(row["unsure"])) if row else None


def of_comments(connection: sqlite3.Connection, platform: str, comment_ids: Sequence[str], model: str) -> dict[str, StoredPrediction]:
    """What `model` said about comments that it has read, by comment id."""
    sql = f"""SELECT c.id AS comment_id, {", ".join(f"p.{name}" for name in rows.names(StoredPrediction))}
        FROM comment c JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash
          AND p.context_hash = c.context_hash AND p.model = ?
        WHERE c.platform = ? AND c.id IN (SELECT value FROM json_each(?))"""
    found = connection.execute(sql, [model, platform, json.dumps(list(comment_ids))])
    return {row["comment_id"]: rows.build(StoredPrediction, row, unsure=bool(row["unsure"])) for row in found}


def orphans(connection: sqlite3.Connection, limit: int) -> list[Key]:
    """Keys of predictions whose comment is stored no longer. Ask once every stored comment has its keys."""
    sql = f"""SELECT {", ".join(Key._fields)} FROM prediction
        WHERE (text_hash, context_hash) NOT IN (SELECT text_hash, context_hash FROM comment WHERE text_hash IS NOT NULL) LIMIT ?"""
    return [Key(*row) for row in connection.execute(sql, [limit])]


def forget(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Delete predictions."""
    connection.executemany(f"DELETE FROM prediction WHERE {' AND '.join(f'{name} = ?' for name in Key._fields)}", keys)
