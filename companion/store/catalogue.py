"""The shop's own catalogue: products from feeds, their prices over time, what is withdrawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from companion.shop.product import Product
from companion.store import rows

_COLUMNS = rows.names(Product)
_LISTED = ", ".join(_COLUMNS)
_INSERT = f"""INSERT INTO shop_product ({_LISTED}, import_id, first_seen, last_seen, changed_at)
    VALUES ({", ".join(f":{name}" for name in _COLUMNS)}, :import_id, :now, :now, :now)"""
_UPDATE = f"""UPDATE shop_product SET {", ".join(f"{name} = :{name}" for name in _COLUMNS if name != "id")}, import_id = :import_id,
    last_seen = max(last_seen, :now), changed_at = max(changed_at + 1, :now), withdrawn_at = NULL WHERE id = :id"""
_SEEN = "UPDATE shop_product SET import_id = ?, last_seen = max(last_seen, ?) WHERE id = ?"
_REPRICED = """INSERT INTO shop_price (product, at, price, currency) SELECT seq, ?, ?, ? FROM shop_product WHERE id = ?
    ON CONFLICT (product, at) DO UPDATE SET price = excluded.price, currency = excluded.currency"""
_MOST_IDS = 500
"""Asked for in one statement."""

_MOVING = frozenset({"price", "currency", "rating", "ratings"})
"""What a shop changes from day to day: always taken from the newest feed."""


@dataclass(frozen=True)
class Saved:
    """What became of a batch. `kept` counts products whose words differ from the feed's and were left as they are."""

    new: int = 0
    changed: int = 0
    repriced: int = 0
    kept: int = 0

    def __add__(self, other: Saved) -> Saved:
        return Saved(self.new + other.new, self.changed + other.changed, self.repriced + other.repriced, self.kept + other.kept)


@dataclass(frozen=True)
class PricePoint:
    """A price from `at` (ms UTC) on."""

    at: int
    price: float
    currency: str


def save(connection: sqlite3.Connection, products: Sequence[Product], import_id: int, now: int, *, overwrite: bool = False) -> Saved:
    """Add products, or bring them up to date: prices and ratings always, empty fields filled in, other words only with `overwrite`.

    A price that moves is added to the history. Ids stand once in `products`.
    """
    known = {product.id: (product, gone) for product, gone in _known(connection, [product.id for product in products])}
    result = Saved()
    fresh, changed, same, prices = [], [], [], []
    for product in products:
        if product.id not in known:
            fresh.append(_row(product, import_id, now))
            prices += _priced(product, now)
            result += Saved(new=1)
            continue
        old, gone = known[product.id]
        merged, kept = _merged(old, product, overwrite)
        result += Saved(kept=int(kept))
        if (merged.price, merged.currency) != (old.price, old.currency):
            prices += _priced(merged, now)
            result += Saved(repriced=1)
        if merged != old or dict(merged.attributes) != dict(old.attributes) or gone:
            changed.append(_row(merged, import_id, now))
            result += Saved(changed=1)
        else:
            same.append((import_id, now, product.id))
    connection.executemany(_INSERT, fresh)
    connection.executemany(_UPDATE, changed)
    connection.executemany(_SEEN, same)
    connection.executemany(_REPRICED, prices)
    return result


def seen(connection: sqlite3.Connection, idents: Iterable[str], import_id: int, now: int) -> None:
    """Note that an import holds these products, though their rows could not be used."""
    connection.executemany(_SEEN, [(import_id, now, ident) for ident in idents])


def withdraw_missing(connection: sqlite3.Connection, import_id: int, now: int) -> int:
    """Withdraw every product that an import did not hold; nothing is deleted, and a later feed brings it back. Returns how many."""
    sql = """UPDATE shop_product SET withdrawn_at = ?, changed_at = max(changed_at + 1, ?)
        WHERE withdrawn_at IS NULL AND import_id IS NOT ?"""
    return connection.execute(sql, [now, now, import_id]).rowcount


def products(connection: sqlite3.Connection) -> list[Product]:
    """Every product that is not withdrawn, in the order in which they came."""
    return [_product(row) for row in connection.execute(f"SELECT {_LISTED} FROM shop_product WHERE withdrawn_at IS NULL ORDER BY seq")]


def product(connection: sqlite3.Connection, ident: str) -> Product | None:
    """A product by its id, withdrawn or not."""
    row = connection.execute(f"SELECT {_LISTED} FROM shop_product WHERE id = ?", [ident]).fetchone()
    return _product(row) if row else None


def count(connection: sqlite3.Connection) -> int:
    """How many products are not withdrawn."""
    return int(connection.execute("SELECT count(*) FROM shop_product WHERE withdrawn_at IS NULL").fetchone()[0])


def version(connection: sqlite3.Connection) -> str:
    """Changes whenever a product that is shown does."""
    sql = "SELECT count(*), coalesce(max(seq), 0), coalesce(max(changed_at), 0) FROM shop_product WHERE withdrawn_at IS NULL"
    return "-".join(str(number) for number in connection.execute(sql).fetchone())


def prices(connection: sqlite3.Connection, ident: str) -> list[PricePoint]:
    """A product's prices, oldest first."""
    sql = """SELECT p.at, p.price, p.currency FROM shop_price p JOIN shop_product s ON s.seq = p.product WHERE s.id = ? ORDER BY p.at"""
    return [rows.build(PricePoint, row) for row in connection.execute(sql, [ident])]


def main_currency(connection: sqlite3.Connection) -> str:
    """The currency of most prices; "" while no price has one."""
    sql = """SELECT currency FROM shop_product WHERE withdrawn_at IS NULL AND currency <> '' AND price IS NOT NULL
        GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1"""
    row = connection.execute(sql).fetchone()
    return str(row[0]) if row else ""


def _known(connection: sqlite3.Connection, idents: Sequence[str]) -> Iterable[tuple[Product, bool]]:
    for start in range(0, len(idents), _MOST_IDS):
        part = idents[start : start + _MOST_IDS]
        sql = f"SELECT {_LISTED}, withdrawn_at FROM shop_product WHERE id IN ({', '.join('?' * len(part))})"
        for row in connection.execute(sql, part):
            yield _product(row), row["withdrawn_at"] is not None


def _merged(old: Product, new: Product, overwrite: bool) -> tuple[Product, bool]:
    """The product to store, and whether words of the feed were left out. What a feed does not say takes nothing away."""
    values: dict[str, object] = {}
    kept = False
    for name in _COLUMNS[1:]:
        before, after = getattr(old, name), getattr(new, name)
        if name == "attributes":
            values[name], differs = _attributes(before, after, overwrite)
            kept = kept or differs
        elif after in ("", None, ()) or before == after:
            values[name] = before
        elif overwrite or name in _MOVING or before in ("", None, ()):
            values[name] = after
        else:
            values[name], kept = before, True
    if new.price is None:
        values["currency"] = old.currency
    return replace(old, **values), kept  # type: ignore[arg-type]


def _attributes(before: Mapping[str, str], after: Mapping[str, str], overwrite: bool) -> tuple[dict[str, str], bool]:
    """Availability moves like a price; the others are words."""
    moving = {name: text for name, text in after.items() if overwrite or name == "availability"}
    differs = any(before.get(name, text) != text for name, text in after.items() if name not in moving)
    return {**after, **before, **moving}, differs


def _priced(product: Product, now: int) -> list[tuple[int, float, str, str]]:
    return [] if product.price is None else [(now, product.price, product.currency, product.id)]


def _row(product: Product, import_id: int, now: int) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(product, name) for name in _COLUMNS}
    attributes = json.dumps(dict(product.attributes), ensure_ascii=False, sort_keys=True)
    return {**values, "category": rows.listed(product.category), "attributes": attributes, "import_id": import_id, "now": now}


def _product(row: sqlite3.Row) -> Product:
    return rows.build(Product, row, category=rows.texts(row["category"]), attributes=json.loads(row["attributes"]))
