"""Where videos were posted: the country of each, by its two letters (ISO 3166), as far as a site or a file says it."""

from __future__ import annotations

import sqlite3

STATEMENTS: tuple[str, ...] = (
    # NULL is "not known", as everywhere
    "ALTER TABLE video ADD COLUMN region TEXT CHECK (region GLOB '[A-Z][A-Z]')",
    "CREATE INDEX video_by_region ON video (region) WHERE region IS NOT NULL",
)
"""Migration m0015."""


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many videos each country has, by its code; those of which nobody knows are left out."""
    return dict(connection.execute("SELECT region, count(*) FROM video WHERE region IS NOT NULL GROUP BY region").fetchall())


def of_all(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Every known country, by (platform, video id)."""
    found = connection.execute("SELECT platform, id, region FROM video WHERE region IS NOT NULL")
    return {(row[0], row[1]): row[2] for row in found}
