"""TikTok Shop products seen under collected videos, as rows of a feed."""

from __future__ import annotations

from collections.abc import Iterator

from companion.shop.catalogue import Row
from companion.shop.catalogue.columns import MEANINGS
from companion.shop.catalogue.reading import RowError, product_of
from companion.shop.catalogue.records import Record
from companion.store import Store, rows

KIND = "TikTok Shop products seen under videos"

_COLUMNS = {name: (name,) for name in MEANINGS}
_SQL = """SELECT product_id AS id, title, price, currency, url AS link, categories, max(last_seen) AS last_seen
    FROM video_product GROUP BY product_id ORDER BY min(first_seen), product_id"""


def rows_of(store: Store) -> Iterator[Row]:
    """Each product once, as it was seen last; `line` counts them."""
    with store.reading() as connection:
        for line, found in enumerate(connection.execute(_SQL), 1):
            values = {name: str(found[name] or "") for name in ("id", "title", "price", "currency", "link")}
            record = Record(line, {**values, "category": " > ".join(rows.texts(found["categories"])), "source": "tiktok"})
            try:
                product, notes = product_of(record, _COLUMNS)
            except RowError as error:
                yield Row(line, error=str(error), id=str(found["id"]))
            else:
                yield Row(line, product, notes=tuple(notes), id=product.id)
