"""Sentence vectors of phrases, kept so that a tree or a tag is encoded once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

_TYPE = np.dtype("<f4")


def known(connection: sqlite3.Connection, encoder: str) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """(phrase, vector float32 [d]) of an encoder."""
    for row in connection.execute("SELECT phrase, vector FROM phrase_vector WHERE encoder = ?", [encoder]):
        yield str(row["phrase"]), np.frombuffer(row["vector"], _TYPE).astype(np.float32)


def save(connection: sqlite3.Connection, encoder: str, vectors: Mapping[str, npt.NDArray[np.float32]]) -> None:
    """Keep vectors; those of other encoders are of no use any more and go."""
    connection.execute("DELETE FROM phrase_vector WHERE encoder <> ?", [encoder])
    connection.executemany(
        "INSERT OR REPLACE INTO phrase_vector (encoder, phrase, vector) VALUES (?, ?, ?)",
        [(encoder, phrase, vector.astype(_TYPE).tobytes()) for phrase, vector in vectors.items()],
    )


def forget_all(connection: sqlite3.Connection) -> None:
    """Drop every phrase with its vector. The caller holds the transaction."""
    connection.execute("DELETE FROM phrase_vector")
