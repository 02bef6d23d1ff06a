"""What a model said about a text in a context, kept so that a batch need not be scored twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

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


_COLUMNS = rows.columns(StoredPrediction)


def save(connection: sqlite3.Connection, predictions: Iterable[StoredPrediction]) -> None:
    """Store predictions; the same key is replaced."""
    values = ", ".join(f":{name}" for name in rows.names(StoredPrediction))
    connection.executemany(f"INSERT OR REPLACE INTO prediction ({_COLUMNS}) VALUES ({values})", [asdict(p) for p in predictions])


def find(connection: sqlite3.Connection, normaliser: str, text_hash: str, context_hash: str, model: str) -> StoredPrediction | None:
    """The prediction for one key, or None."""
    sql = f"SELECT {_COLUMNS} FROM prediction WHERE normaliser = ? AND text_hash = ? AND context_hash = ? AND model = ?"
    row = connection.execute(sql, [normaliser, text_hash, context_hash, model]).fetchone()
    return rows.build(StoredPrediction, row, unsure=bool(row["unsure"])) if row else None
