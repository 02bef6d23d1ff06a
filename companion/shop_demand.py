"""Product needs of what is stored: the comments of a video, a hashtag, a creator or all."""

from __future__ import annotations

import sqlite3

from companion.shop.demand import SIGNALS, AskedComment, AskedVideo, Linked
from companion.store import shop_asked
from companion.store.shop_asked import ShownRow
from companion.store.wanted import Wanted


def asked(connection: sqlite3.Connection, model: str, wishes: Wanted | None = None, most: int = shop_asked.MOST) -> list[AskedComment]:
    """Comments that say something about a thing, among the wanted ones (`Wanted(video="tiktok:7…")`, `hashtag=`, `creator=`, times…)."""
    found = list(shop_asked.asked(connection, model, SIGNALS, wishes, most))
    shown = shop_asked.shown(connection, {(row.platform, row.video_id) for row in found})
    videos = {place: _video(row) for place, row in shown.items()}
    return [
        AskedComment(
            id=row.id,
            video=videos[row.platform, row.video_id],
            text=row.text,
            signal=row.signal,
            high=row.high,
            writer=row.writer,
            likes=row.likes,
            at=row.at,
            lang=row.lang,
        )
        for row in found
    ]


def _video(row: ShownRow) -> AskedVideo:
    linked = tuple(Linked(one["id"] or "", one["title"] or "", one["price"], one["currency"] or "", one["url"] or "") for one in row.linked)
    return AskedVideo(
        row.platform, row.id, row.creator, row.caption, row.product, row.hashtags, linked, row.handle, row.commerce, row.plays
    )
