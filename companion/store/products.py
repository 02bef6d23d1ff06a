"""Shop products seen under videos."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from companion.store import rows


@dataclass(frozen=True)
class VideoProduct:
    """A product linked under a video. `price` is the number as text, None where the page did not say."""

    platform: str
    video_id: str
    product_id: str
    title: str
    seller_id: str
    source: str
    price: str | None
    currency: str
    url: str
    categories: tuple[str, ...]


_NAMES = rows.names(VideoProduct)
_KEY = ("platform", "video_id", "product_id")
# a page that says less takes nothing away
_UPDATES = ", ".join(
    f"{name} = coalesce(nullif(excluded.{name}, {'NULL' if name == 'price' else repr('[]' if name == 'categories' else '')}), {name})"
    for name in _NAMES
    if name not in _KEY
)
_SAVE = f"""INSERT INTO video_product ({", ".join(_NAMES)}, first_seen, last_seen)
    VALUES ({", ".join(f":{name}" for name in _NAMES)}, :now, :now)
    ON CONFLICT ({", ".join(_KEY)}) DO UPDATE SET {_UPDATES}, last_seen = max(last_seen, :now)"""


def save(connection: sqlite3.Connection, products: Iterable[VideoProduct], now: int) -> None:
    """Insert or update products seen at `now`; their videos are stored before."""
    connection.executemany(_SAVE, [{**asdict(product), "categories": rows.listed(product.categories), "now": now} for product in products])


def of_video(connection: sqlite3.Connection, platform: str, video_id: str) -> list[VideoProduct]:
    """A video's products."""
    sql = f"SELECT {rows.columns(VideoProduct)} FROM video_product WHERE platform = ? AND video_id = ? ORDER BY first_seen, product_id"
    found = connection.execute(sql, [platform, video_id])
    return [rows.build(VideoProduct, row, categories=rows.texts(row["categories"])) for row in found]


def count(connection: sqlite3.Connection) -> int:
    """How many products were seen."""
    return int(connection.execute("SELECT count(DISTINCT product_id) FROM video_product").fetchone()[0])
