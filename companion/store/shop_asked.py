"""Comments that ask for something, with their videos, read from the shelf."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.store import rows, shelf, wanted
from companion.store.shelving import BAND
from companion.store.wanted import Wanted

MOST = 20_000
"""Comments of one signal that are read, those closest to buying first."""

_ROWS = """SELECT s.id, s.text, s.signal, s.rank >= {high} AS high, s.likes, s.at, s.lang, sv.platform, sv.video_id,
    coalesce(nullif(c.author, ''), c.author_alias) AS writer
    FROM (SELECT s.* FROM shelf s INDEXED BY shelf_by_signal WHERE s.model = ? AND s.signal = ? AND s.by_creator = 0{wished}
          ORDER BY s.rank DESC, s.at DESC LIMIT ?) s
    JOIN shelf_video sv ON sv.no = s.video JOIN comment c ON c.platform = s.platform AND c.id = s.id"""

_VIDEOS = """SELECT v.platform, v.id, coalesce(v.creator_id, '') AS creator, v.caption, v.product, v.hashtags, v.commerce,
    coalesce(c.handle, '') AS handle, (
        SELECT plays FROM video_metric m WHERE m.platform = v.platform AND m.video_id = v.id ORDER BY at DESC LIMIT 1) AS plays, (
        SELECT json_group_array(json_object('id', p.product_id, 'title', p.title, 'price', p.price, 'currency', p.currency, 'url', p.url))
        FROM video_product p WHERE p.platform = v.platform AND p.video_id = v.id) AS linked
    FROM video v LEFT JOIN creator c ON c.platform = v.platform AND c.id = v.creator_id
    WHERE (v.platform, v.id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"""


@dataclass(frozen=True)
class AskedRow:
    """A comment by the audience. `high` is whether it is close to buying, `writer` a pseudonym, `at` ms UTC."""

    id: str
    text: str
    signal: str
    high: bool
    likes: int
    at: int
    lang: str
    platform: str
    video_id: str
    writer: str


@dataclass(frozen=True)
class ShownRow:
    """A video and what is linked below it, one mapping a product: id, title, price, currency, url."""

    platform: str
    id: str
    creator: str
    caption: str
    product: str
    hashtags: tuple[str, ...]
    commerce: str
    handle: str
    plays: int | None
    linked: tuple[dict[str, str | None], ...]


def asked(
    connection: sqlite3.Connection, model: str, signals: Iterable[str], wishes: Wanted | None = None, most: int = MOST
) -> Iterator[AskedRow]:
    """Comments with these signals among the wanted ones, by the grades of `model` and the user's own, `most` of each signal.

    `model` is on the shelf (`grading.show_grades`); nothing is found while it is not.
    """
    number = shelf.number(connection, model)
    if number is None:
        return
    conditions = wanted.conditions(connection, model, wishes or Wanted())
    wished = "".join(f" AND {condition.sql}" for condition in conditions)
    values = [value for condition in conditions for value in condition.values]
    sql = _ROWS.format(high=3 * BAND, wished=wished)
    for signal in signals:
        for row in connection.execute(sql, [number, signal, *values, most]):
            yield rows.build(AskedRow, row, high=bool(row["high"]), writer=row["writer"] or "")


def shown(connection: sqlite3.Connection, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ShownRow]:
    """Videos by (platform, id)."""
    found = connection.execute(_VIDEOS, [json.dumps([list(place) for place in places])])
    return {
        (row["platform"], row["id"]): rows.build(
            ShownRow, row, hashtags=rows.texts(row["hashtags"]), linked=tuple(json.loads(row["linked"]))
        )
        for row in found
    }
