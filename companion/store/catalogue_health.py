"""What the catalogue lacks: counts for its health page, and examples to mend."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from companion.shop.product import OUT_OF_STOCK, Product
from companion.store import catalogue

EXAMPLES = 20

_LACKS = {
    "price": "price IS NULL",
    "currency": "price IS NOT NULL AND currency = ''",
    "category": "category = '[]'",
    "description": "description = ''",
    "brand": "brand = ''",
    "image": "image = ''",
    "link": "link = ''",
    "rating": "rating IS NULL",
}


@dataclass(frozen=True)
class Health:
    """`lacking` counts products without a field; `same_title` those that share their title with another."""

    products: int
    withdrawn: int
    lacking: dict[str, int]
    same_title: int
    out_of_stock: int
    currencies: dict[str, int]


def health(connection: sqlite3.Connection) -> Health:
    """Counts over the products that are not withdrawn."""
    parts = ", ".join(f"total({test}) AS lacks_{name}" for name, test in _LACKS.items())
    sql = f"""SELECT count(*) AS products, {parts},
        total(json_extract(attributes, '$.availability') = '{OUT_OF_STOCK}') AS gone
        FROM shop_product WHERE withdrawn_at IS NULL"""
    row = connection.execute(sql).fetchone()
    withdrawn = connection.execute("SELECT count(*) FROM shop_product WHERE withdrawn_at IS NOT NULL").fetchone()[0]
    twins = """SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM shop_product WHERE withdrawn_at IS NULL
        GROUP BY lower(title) HAVING count(*) > 1)"""
    money = """SELECT currency, count(*) AS n FROM shop_product WHERE withdrawn_at IS NULL AND price IS NOT NULL AND currency <> ''
        GROUP BY currency ORDER BY n DESC, currency"""
    return Health(
        products=int(row["products"]),
        withdrawn=int(withdrawn),
        lacking={name: int(row[f"lacks_{name}"]) for name in _LACKS},
        same_title=int(connection.execute(twins).fetchone()[0]),
        out_of_stock=int(row["gone"]),
        currencies={str(found["currency"]): int(found["n"]) for found in connection.execute(money)},
    )


def lacking(connection: sqlite3.Connection, field: str, most: int = EXAMPLES) -> list[Product]:
    """The first products without a field.

    Raises:
        KeyError: it is none of those that `health` counts.
    """
    sql = f"SELECT id FROM shop_product WHERE withdrawn_at IS NULL AND {_LACKS[field]} ORDER BY seq LIMIT ?"
    found = (catalogue.product(connection, str(row["id"])) for row in connection.execute(sql, [most]).fetchall())
    return [product for product in found if product]
