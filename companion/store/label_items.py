"""Items of labeling tasks: text and context as they were when the task was made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from companion.store import clock, rows

EVERYBODY = 1_000_000
"""Votes of an item that each person is asked: known answers, and practice."""


@dataclass(frozen=True)
class Item:
    """One comment or video of a task. `id` is 0 before it is stored.

    Attributes:
        context: as `companion.intent.Context` takes it.
        lang: ISO 639-1 code, "un" or "" where not known.
        cluster: of near-duplicates.
        stratum: the part of the task for which overlap has a rate of its own.
        sampler, score, probability: what chose it, how much it was wanted, with which chance.
        place: in the order of the task.
        votes: people who are to answer it.
        repeat: whether it is asked a second time, to see how steady a person is.
        gold: the known answer; None in the usual case.
    """

    platform: str
    target_id: str
    text: str
    sampler: str
    probability: float
    place: int
    id: int = 0
    task_id: str = ""
    video_id: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    lang: str = ""
    cluster: str = ""
    stratum: str = ""
    score: float | None = None
    votes: int = 1
    likes: int | None = None
    by_creator: bool = False
    repeat: bool = False
    gold: dict[str, Any] | None = None


_COLUMNS = rows.columns(Item)
_STORED = [name for name in rows.names(Item) if name != "id"]


def add(connection: sqlite3.Connection, task_id: str, items: Iterable[Item]) -> int:
    """Store the items of a task; one that it has already is left alone. Returns how many were stored."""
    values = ", ".join(f":{name}" for name in _STORED)
    sql = f"INSERT INTO label_item ({', '.join(_STORED)}) VALUES ({values}) ON CONFLICT DO NOTHING"
    before = connection.total_changes
    connection.executemany(sql, (_coded(item, task_id) for item in items))
    return connection.total_changes - before


def find(connection: sqlite3.Connection, item_id: int) -> Item | None:
    """One item, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM label_item WHERE id = ?", [item_id]).fetchone()
    return _item(row) if row else None


def of_task(connection: sqlite3.Connection, task_id: str) -> list[Item]:
    """All items of a task in its order."""
    return [_item(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM label_item WHERE task_id = ? ORDER BY place", [task_id])]


def among(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Item]:
    """Items by id."""
    sql = f"SELECT {_COLUMNS} FROM label_item WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"]: _item(row) for row in connection.execute(sql, [json.dumps(list(ids))])}


def ask_more(connection: sqlite3.Connection, item_id: int, votes: int) -> None:
    """Ask `votes` people at least."""
    connection.execute("UPDATE label_item SET votes = ? WHERE id = ? AND votes < ?", [votes, item_id, votes])


def forget(connection: sqlite3.Connection, platform: str, targets: Iterable[str]) -> None:
    """Delete the items of these comments, who held them and what they did, for good; `labels.forget` calls it while its pass is open."""
    sql = "SELECT id FROM label_item WHERE platform = ? AND target_id IN (SELECT value FROM json_each(?))"
    wanted = json.dumps([int(row[0]) for row in connection.execute(sql, [platform, rows.listed(targets)])])
    held = "SELECT id FROM assignment WHERE item_id IN (SELECT value FROM json_each(?))"
    connection.execute(f"DELETE FROM annotation_event WHERE assignment_id IN ({held})", [wanted])
    connection.execute("DELETE FROM label_item WHERE id IN (SELECT value FROM json_each(?))", [wanted])  # the rest goes with it


def drop(connection: sqlite3.Connection, platform: str, targets: Iterable[str]) -> None:
    """Delete the items of these comments as `forget` does, with a pass of its own."""
    asked = list(targets)
    sql = "SELECT EXISTS (SELECT 1 FROM label_item WHERE platform = ? AND target_id IN (SELECT value FROM json_each(?)))"
    if connection.execute(sql, [platform, rows.listed(asked)]).fetchone()[0]:
        connection.execute("INSERT INTO forget_pass (one, opened_at) VALUES (1, ?)", [clock.now_ms()])
        forget(connection, platform, asked)
        connection.execute("DELETE FROM forget_pass")


def quoting(connection: sqlite3.Connection, platform: str, targets: Iterable[str]) -> set[str]:
    """Which of these comments are items that hold the words which they answer."""
    sql = """SELECT target_id FROM label_item WHERE platform = ? AND target_id IN (SELECT value FROM json_each(?))
        AND coalesce(json_extract(context, '$.parent'), '') <> ''"""
    return {str(row[0]) for row in connection.execute(sql, [platform, rows.listed(targets)])}


def targets_of_video(connection: sqlite3.Connection, platform: str, video_id: str) -> list[str]:
    """Comments of a video, and the video itself, that are items of a task."""
    sql = "SELECT DISTINCT target_id FROM label_item WHERE platform = ? AND (video_id = ? OR target_id = ?)"
    return [str(row[0]) for row in connection.execute(sql, [platform, video_id, video_id])]


def nameless(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """(platform, video id, comment id, text) of every item that goes by an id of ours."""
    sql = "SELECT DISTINCT platform, video_id, target_id, text FROM label_item WHERE target_id GLOB 'dom:*'"
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(sql)]


def clear(connection: sqlite3.Connection) -> None:
    """Delete every item of every task, and what was done with them."""
    connection.execute("INSERT INTO forget_pass (one, opened_at) VALUES (1, ?)", [clock.now_ms()])
    connection.execute("DELETE FROM annotation_event")
    connection.execute("DELETE FROM forget_pass")
    connection.execute("DELETE FROM label_item")


def _coded(item: Item, task_id: str) -> dict[str, Any]:
    gold = None if item.gold is None else json.dumps(item.gold, ensure_ascii=False)
    return {**asdict(item), "task_id": task_id, "context": json.dumps(item.context, ensure_ascii=False), "gold": gold}


def _item(row: sqlite3.Row) -> Item:
    gold = None if row["gold"] is None else json.loads(row["gold"])
    return rows.build(Item, row, context=json.loads(row["context"]), gold=gold, **rows.flags(row, ["by_creator", "repeat"]))
