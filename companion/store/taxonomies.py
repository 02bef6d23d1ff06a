"""Category trees that were imported."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.store import rows


@dataclass(frozen=True)
class StoredTaxonomy:
    """A tree as it lies in the store. `source` says whose format it came in; `imported_at` is ms UTC."""

    name: str
    source: str
    imported_at: int
    categories: int = 0
    levels: int = 0


@dataclass(frozen=True)
class StoredCategory:
    """One category, in the order of its file, parents first."""

    id: str
    path: tuple[str, ...]
    parent_id: str | None
    children: tuple[str, ...]


def replace(connection: sqlite3.Connection, name: str, source: str, categories: list[StoredCategory], now: int) -> None:
    """Store a tree; one of the same name gives way to it. The caller holds the transaction."""
    connection.execute("DELETE FROM taxonomy WHERE name = ?", [name])
    connection.execute("INSERT INTO taxonomy (name, source, imported_at) VALUES (?, ?, ?)", [name, source, now])
    connection.executemany(
        "INSERT INTO category (taxonomy, id, place, path, parent_id, children) VALUES (?, ?, ?, ?, ?, ?)",
        [(name, c.id, place, rows.listed(c.path), c.parent_id, rows.listed(c.children)) for place, c in enumerate(categories)],
    )


def listed(connection: sqlite3.Connection) -> list[StoredTaxonomy]:
    """All trees, the last one imported first."""
    sql = """SELECT t.name, t.source, t.imported_at, count(c.id) AS categories, coalesce(max(json_array_length(c.path)), 0) AS levels
        FROM taxonomy t LEFT JOIN category c ON c.taxonomy = t.name GROUP BY t.name ORDER BY t.imported_at DESC, t.name"""
    return [rows.build(StoredTaxonomy, row) for row in connection.execute(sql)]


def categories(connection: sqlite3.Connection, name: str) -> list[StoredCategory]:
    """A tree's categories in order; [] where there is no such tree."""
    sql = "SELECT id, path, parent_id, children FROM category WHERE taxonomy = ? ORDER BY place"
    found = connection.execute(sql, [name])
    return [rows.build(StoredCategory, row, path=rows.texts(row["path"]), children=rows.texts(row["children"])) for row in found]


def find(connection: sqlite3.Connection, name: str) -> StoredTaxonomy | None:
    """One tree, or None."""
    return next((taxonomy for taxonomy in listed(connection) if taxonomy.name == name), None)


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Delete a tree; harmless when it is not there."""
    connection.execute("DELETE FROM taxonomy WHERE name = ?", [name])
