"""Products that want looking after: those that no feed has held for long, and those that stand there twice."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.shop.product import Product
from companion.store import catalogue

EXAMPLES = 20


@dataclass(frozen=True)
class Twins:
    """Products that share a title; `ids` are the first few of `count`."""

    title: str
    count: int
    ids: tuple[str, ...]


def stale(connection: sqlite3.Connection, before: int) -> int:
    """How many products that are not withdrawn were last held by a feed before a moment (ms UTC)."""
    sql = "SELECT count(*) FROM shop_product WHERE withdrawn_at IS NULL AND last_seen < ?"
    return int(connection.execute(sql, [before]).fetchone()[0])


def stalest(connection: sqlite3.Connection, before: int, most: int = EXAMPLES) -> list[Product]:
    """The first of them, those not seen for longest first."""
    sql = "SELECT id FROM shop_product WHERE withdrawn_at IS NULL AND last_seen < ? ORDER BY last_seen, seq LIMIT ?"
    found = (catalogue.product(connection, str(row["id"])) for row in connection.execute(sql, [before, most]).fetchall())
    return [product for product in found if product]


def twins(connection: sqlite3.Connection, most: int = EXAMPLES) -> list[Twins]:
    """Titles that several products share, those of most products first."""
    sql = """SELECT min(title) AS title, count(*) AS count, group_concat(id, char(10)) AS ids FROM shop_product
        WHERE withdrawn_at IS NULL GROUP BY lower(title) HAVING count(*) > 1 ORDER BY count(*) DESC, min(seq) LIMIT ?"""
    found = connection.execute(sql, [most])
    return [Twins(str(row["title"]), int(row["count"]), tuple(str(row["ids"]).split("\n")[:3])) for row in found]
