"""The schema of hashtags and categories (migration m0012)."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE taxonomy (name TEXT PRIMARY KEY, source TEXT NOT NULL, imported_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE category (
        taxonomy TEXT NOT NULL REFERENCES taxonomy (name) ON DELETE CASCADE, id TEXT NOT NULL, place INTEGER NOT NULL,
        path TEXT NOT NULL CHECK (json_type(path) = 'array'), parent_id TEXT,
        children TEXT NOT NULL DEFAULT '[]' CHECK (json_type(children) = 'array'),
        PRIMARY KEY (taxonomy, id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX category_by_place ON category (taxonomy, place)",
    # sentence vectors of phrases (tags as words, names of categories): float32, little-endian
    """CREATE TABLE phrase_vector (
        encoder TEXT NOT NULL, phrase TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, phrase)
    ) STRICT, WITHOUT ROWID""",
    # a campaign as it was asked for and what came out, so that it can be opened again after the data has moved on
    """CREATE TABLE hashtag_plan (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, request TEXT NOT NULL CHECK (json_type(request) = 'object'),
        result TEXT NOT NULL CHECK (json_type(result) = 'object'), created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
    ) STRICT""",
)
