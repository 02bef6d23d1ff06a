"""What filters offer to choose from: the latest videos and creators, the hashtags with the most videos."""

from __future__ import annotations

import sqlite3

from companion.store import creators as creator_rows
from companion.store import videos as video_rows
from companion.store.creators import Creator
from companion.store.videos import Video

OFFERED = 200
"""Entries of a choice; more are reached by search, or by a link from their own page."""


def videos(connection: sqlite3.Connection, chosen: str = "") -> list[Video]:
    """The most recently seen videos, and the chosen one ("platform:id")."""
    found = video_rows.listed(connection, OFFERED)
    platform, _, ident = chosen.partition(":")
    extra = video_rows.find(connection, platform, ident) if chosen else None
    return found if extra is None or extra in found else [extra, *found]


def creators(connection: sqlite3.Connection, chosen: str = "") -> list[Creator]:
    """The most recently seen creators with a known handle, and the chosen one ("platform:id")."""
    found = [creator for creator in creator_rows.listed(connection, OFFERED) if creator.handle]
    platform, _, ident = chosen.partition(":")
    extra = creator_rows.find(connection, platform, ident) if chosen else None
    return found if extra is None or extra in found else [extra, *found]


def hashtags(connection: sqlite3.Connection) -> list[str]:
    """Hashtags, those of the most videos first."""
    sql = "SELECT hashtag FROM video_hashtag GROUP BY hashtag ORDER BY count(*) DESC, hashtag LIMIT ?"
    return [str(row["hashtag"]) for row in connection.execute(sql, [OFFERED])]
