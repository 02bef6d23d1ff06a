"""What the user did with shop suggestions and says of their own taste: it never leaves the machine, and all of it can be deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from companion.shop.profile.events import Event
from companion.store import clock, rows, settings

SEARCHES_KEPT = "shop_searches_kept"
"""Setting: whether searches on TikTok are kept; off until the user turns it on."""

LEARNING = "shop_learning"
"""Setting: whether anything is learned from what the user does; on until the user turns it off."""
ASKED_FOR = frozenset(("save", "hide"))
"""Deeds that are orders, and not only watched: kept on their lists whatever the setting."""

_NAMES = rows.names(Event)
_ADD = f"INSERT INTO shop_event ({', '.join(_NAMES)}) VALUES ({', '.join(f':{name}' for name in _NAMES)})"


@dataclass(frozen=True)
class Leaning:
    """What the user says of a value of a field (companion/shop/profile/traits.py): from -1 (never) to 1 (more)."""

    field: str
    value: str
    leaning: float


@dataclass(frozen=True)
class Searched:
    """Words searched for, how often, and when last (ms UTC)."""

    words: str
    count: int
    last: int


def add(connection: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Store events; how many were kept.

    While learning is off only what the user saves and hides is. Searches on TikTok are dropped unless the user keeps them; those in the
    dashboard stay.
    """
    learning, kept = learns(connection), searches_kept(connection)
    wanted = [event for event in events if learning or event.kind in ASKED_FOR]
    wanted = [event for event in wanted if kept or event.kind != "search" or event.page == "dashboard"]
    connection.executemany(_ADD, [asdict(event) for event in wanted])
    return len(wanted)


def listed(connection: sqlite3.Connection, since: int = 0) -> list[Event]:
    """Events from the moment `since` (ms UTC) on, in the order in which they happened."""
    sql = f"SELECT {', '.join(_NAMES)} FROM shop_event WHERE at >= ? ORDER BY at, seq"
    return [rows.build(Event, row) for row in connection.execute(sql, [since])]


def searches(connection: sqlite3.Connection) -> list[Searched]:
    """What was searched for, the latest first."""
    sql = "SELECT words, count(*) AS count, max(at) AS last FROM shop_event WHERE kind = 'search' GROUP BY words ORDER BY last DESC, words"
    return [rows.build(Searched, row) for row in connection.execute(sql)]


def saved(connection: sqlite3.Connection) -> list[str]:
    """Ids of the products that were saved, the latest first."""
    return _products(connection, "save")


def hidden(connection: sqlite3.Connection) -> list[str]:
    """Ids of the products that are never shown, the latest first."""
    return _products(connection, "hide")


def _products(connection: sqlite3.Connection, kind: str) -> list[str]:
    sql = "SELECT product FROM shop_event WHERE kind = ? GROUP BY product ORDER BY max(seq) DESC"
    return [row["product"] for row in connection.execute(sql, [kind])]


def take_back(connection: sqlite3.Connection, kind: str, product: str) -> int:
    """Delete every event of that kind with that product, to show it again or to unsave it; how many there were."""
    return connection.execute("DELETE FROM shop_event WHERE kind = ? AND product = ?", [kind, product]).rowcount


def forget_search(connection: sqlite3.Connection, words: str) -> int:
    """Delete a search; how many times it was made."""
    return connection.execute("DELETE FROM shop_event WHERE kind = 'search' AND words = ?", [words]).rowcount


def forget_all(connection: sqlite3.Connection) -> int:
    """Delete the whole profile: events, hides and leanings; how many events there were."""
    connection.execute("DELETE FROM shop_leaning")
    return connection.execute("DELETE FROM shop_event").rowcount


def lean(connection: sqlite3.Connection, leaning: Leaning) -> None:
    """Store what the user says of a value; 0 takes it back.

    Raises:
        ValueError: outside -1 to 1.
    """
    if not -1 <= leaning.leaning <= 1:
        raise ValueError(f"leaning is {leaning.leaning:g}; write a number from -1 (never) to 1 (more)")
    if leaning.leaning == 0:
        connection.execute("DELETE FROM shop_leaning WHERE field = ? AND value = ?", [leaning.field, leaning.value])
        return
    sql = """INSERT INTO shop_leaning (field, value, leaning, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (field, value) DO UPDATE SET leaning = excluded.leaning, at = excluded.at"""
    connection.execute(sql, [leaning.field, leaning.value, leaning.leaning, clock.now_ms()])


def leanings(connection: sqlite3.Connection) -> list[Leaning]:
    """What the user said, by field and value."""
    return [rows.build(Leaning, row) for row in connection.execute("SELECT field, value, leaning FROM shop_leaning ORDER BY field, value")]


def searches_kept(connection: sqlite3.Connection) -> bool:
    """Whether searches on TikTok are kept."""
    return bool(settings.get(connection, SEARCHES_KEPT, default=False))


def keep_searches(connection: sqlite3.Connection, *, kept: bool) -> None:
    """Keep searches on TikTok from now on, or no longer; turning it off deletes those that were kept."""
    settings.put(connection, SEARCHES_KEPT, kept)
    if not kept:
        connection.execute("DELETE FROM shop_event WHERE kind = 'search' AND page <> 'dashboard'")


def learns(connection: sqlite3.Connection) -> bool:
    """Whether searches, looks and clicks are stored at all, wherever they happen."""
    return bool(settings.get(connection, LEARNING, default=True))


def learn_from_now(connection: sqlite3.Connection, *, on: bool) -> None:
    """Store what the user does from now on, or nothing of it; what was stored before stays until it is deleted."""
    settings.put(connection, LEARNING, on)
