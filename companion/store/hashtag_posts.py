"""Posts as the hashtag graph needs them: tags, words, sound, products, and how many of their comments are close to buying."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from companion.store import rows, sample


@dataclass(frozen=True)
class StoredPost:
    """One video; counts None where not known. `graded` comments have a grade of the model in use or the user's own."""

    platform: str
    id: str
    creator_id: str | None
    hashtags: tuple[str, ...]
    caption: str
    music_id: str
    created_at: int | None
    products: tuple[str, ...]
    plays: int | None
    comments: int | None
    graded: int
    high: int


_POSTS = f"""SELECT v.platform, v.id, v.creator_id, v.hashtags, v.caption, v.product, v.music_id, v.created_at, m.plays, m.comments
    FROM video v LEFT JOIN video_metric m ON m.platform = v.platform AND m.video_id = v.id AND m.at = (
      SELECT max(at) FROM video_metric l WHERE l.platform = v.platform AND l.video_id = v.id)
    WHERE (v.platform = '{sample.PLATFORM}') = ? ORDER BY v.platform, v.id"""

# band 3 is "close to buying", 0 "not graded"; the shelf keeps both right for the model in use and the user's own grades
_INTENT = """SELECT sv.platform, sv.video_id, count(*) AS graded, sum(s.band = 3) AS high
    FROM shelf s JOIN shelf_video sv ON sv.no = s.video WHERE s.band > 0 AND s.by_creator = 0
      AND (s.yours = 1 OR s.model IN (SELECT no FROM shelf_model WHERE in_use = 1)) GROUP BY s.video"""

_PRODUCTS = "SELECT platform, video_id, title FROM video_product WHERE title <> '' ORDER BY first_seen, product_id"


def posts(connection: sqlite3.Connection, *, invented: bool = False) -> Iterator[StoredPost]:
    """All videos but the invented sample; with `invented` the sample alone."""
    intent = {(row["platform"], row["video_id"]): (row["graded"], row["high"]) for row in connection.execute(_INTENT)}
    products: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in connection.execute(_PRODUCTS):
        products[row["platform"], row["video_id"]].append(row["title"])
    for row in connection.execute(_POSTS, [invented]):
        key = (row["platform"], row["id"])
        graded, high = intent.get(key, (0, 0))
        titles = tuple(products.get(key, ())) or ((row["product"],) if row["product"] else ())
        yield StoredPost(
            platform=row["platform"],
            id=row["id"],
            creator_id=row["creator_id"],
            hashtags=rows.texts(row["hashtags"]),
            caption=row["caption"],
            music_id=row["music_id"],
            created_at=row["created_at"],
            products=titles,
            plays=row["plays"],
            comments=row["comments"],
            graded=int(graded),
            high=int(high),
        )


def any_stored(connection: sqlite3.Connection, *, invented: bool = False) -> bool:
    """Whether there is a video that is not of the sample, or with `invented` one that is; at once, however many there are."""
    sql = "SELECT 1 FROM video WHERE (platform = ?) = ? LIMIT 1"  # the sample has few, so the other kind is met soon
    return connection.execute(sql, [sample.PLATFORM, invented]).fetchone() is not None


def stamp(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Changes when videos or grades do: videos, their last sighting, graded comments. Says when a graph is out of date."""
    videos, seen = connection.execute("SELECT count(*), coalesce(max(last_seen), 0) FROM video").fetchone()
    graded = connection.execute("SELECT count(*) FROM shelf WHERE band > 0").fetchone()[0]
    return int(videos), int(seen), int(graded)
