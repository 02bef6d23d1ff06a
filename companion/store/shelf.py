"""The shelf's upkeep: which model's grades stand in it, and bringing them over after a change of model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.store.shelving import EMPTY, REFRESH
from companion.store.unread import Place

BATCH = 1_000
"""Rows brought over in one write: about 50 ms."""


def number(connection: sqlite3.Connection, model: str) -> int | None:
    """The number under which `model`'s grades stand on the shelf; None while they do not."""
    row = connection.execute("SELECT no FROM shelf_model WHERE id = ? AND in_use = 1", [model]).fetchone()
    return int(row["no"]) if row else None


def behind(connection: sqlite3.Connection, model: str) -> bool:
    """Whether the shelf shows another model's grades, or not yet all that `model` gave."""
    row = connection.execute("SELECT refilled_to FROM shelf_model WHERE id = ? AND in_use = 1", [model]).fetchone()
    return row is None or row["refilled_to"] is not None


def use(connection: sqlite3.Connection, model: str) -> None:
    """Show `model`'s grades from now on. The user's own stay; all others appear as `refill` reaches them."""
    if number(connection, model) is not None:
        return
    connection.execute("UPDATE shelf_model SET in_use = 0, refilled_to = NULL WHERE in_use = 1")
    connection.execute(
        "INSERT INTO shelf_model (id, in_use, refilled_to) VALUES (?, 1, 0) ON CONFLICT (id) DO UPDATE SET in_use = 1, refilled_to = 0",
        [model],
    )
    connection.execute(f"{REFRESH} yours = 1")


def refill(connection: sqlite3.Connection, limit: int = BATCH) -> bool:
    """Bring the next rows over to the model in use; False when none is left."""
    row = connection.execute("SELECT no, refilled_to FROM shelf_model WHERE in_use = 1 AND refilled_to IS NOT NULL").fetchone()
    if row is None:
        return False
    begin = "SELECT max(seq) AS last FROM (SELECT seq FROM shelf WHERE seq > ? ORDER BY seq LIMIT ?)"
    last = connection.execute(begin, [row["refilled_to"], limit]).fetchone()["last"]
    if last is not None:
        connection.execute(f"{REFRESH} seq > ? AND seq <= ? AND model <> ?", [row["refilled_to"], last, row["no"]])
    connection.execute("UPDATE shelf_model SET refilled_to = ? WHERE no = ?", [last, row["no"]])
    return last is not None


def ungraded(connection: sqlite3.Connection, model: str) -> int:
    """How many comments stand without a grade while `model` is in use."""
    found = connection.execute("SELECT count(*) FROM shelf WHERE model <> ?", [number(connection, model) or -1]).fetchone()
    return int(found[0])


def clear(connection: sqlite3.Connection) -> None:
    """Empty the shelf, before every comment is deleted."""
    for statement in EMPTY:
        connection.execute(statement)


@dataclass(frozen=True)
class Standing:
    """What the shelf alone knows of a comment: when it was stored first (ms UTC), its state in the inbox, whether its creator answered."""

    seen: int
    state: str
    answered: bool


@dataclass(frozen=True)
class Heard:
    """A comment of a video for its summary; `band` is "" without a grade, `at` None where nobody knows when it was written (ms UTC)."""

    band: str
    signal: str
    likes: int
    at: int | None
    text: str


_BANDS = ("", "low", "some", "high")


def standings(connection: sqlite3.Connection, places: Iterable[Place]) -> dict[Place, Standing]:
    """By place, of those that are stored."""
    sql = "SELECT seen, state, answered FROM shelf WHERE platform = ? AND id = ?"
    found = ((place, connection.execute(sql, place).fetchone()) for place in places)
    return {place: Standing(row["seen"], row["state"], bool(row["answered"])) for place, row in found if row}


def heard(connection: sqlite3.Connection, model: str, platform: str, video_id: str) -> list[Heard]:
    """What others than its creator say under a video, with the grades of `model` or the user."""
    sql = """SELECT model, band, signal, likes, at, seen, text FROM shelf INDEXED BY shelf_by_video
        WHERE video = (SELECT no FROM shelf_video WHERE platform = ? AND video_id = ?) AND by_creator = 0"""
    shown = number(connection, model)
    return [
        Heard(
            _BANDS[row["band"]] if row["model"] == shown else "",
            row["signal"],
            row["likes"],
            None if row["at"] == row["seen"] else row["at"],
            row["text"],
        )
        for row in connection.execute(sql, [platform, video_id])
    ]


def languages(connection: sqlite3.Connection) -> list[str]:
    """Every language that some comment is in, found by steps through the index."""
    sql = """WITH RECURSIVE step (lang) AS (SELECT min(lang) FROM shelf UNION ALL
        SELECT (SELECT min(lang) FROM shelf WHERE lang > step.lang) FROM step WHERE step.lang IS NOT NULL)
        SELECT lang FROM step WHERE lang <> ''"""
    return [str(row["lang"]) for row in connection.execute(sql)]
