"""The frontier of a run: each hashtag, creator or video to open, with what was found there and why it ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from companion.store import rows

Kind = Literal["tag", "creator", "video", "refresh"]
State = Literal["open", "doing", "done", "given up"]


@dataclass(frozen=True)
class Task:
    """One thing to open. `total` is what TikTok says that there is (comments with replies), `replies_said` the replies it promises.

    found: met in this run, each once; new: not stored before. `has_more` is the last answer's word.
    """

    id: int
    run_id: str
    kind: Kind
    key: str
    handle: str
    parent: str
    state: State
    reason: str
    attempts: int
    not_before: int
    opened_at: int | None
    ended_at: int | None
    total: int | None
    has_more: bool | None
    videos_found: int
    videos_new: int
    comments_found: int
    comments_new: int
    replies_found: int
    replies_new: int
    replies_said: int


@dataclass(frozen=True)
class Wanted:
    """A task to add: `handle` is the creator's where known, `parent` the task's key that led to it ("tag:unboxing")."""

    kind: Kind
    key: str
    handle: str = ""
    parent: str = ""


def add(connection: sqlite3.Connection, run_id: str, wanted: Iterable[Wanted]) -> int:
    """Add tasks that the run does not have; returns how many were new."""
    before = connection.total_changes
    connection.executemany(
        "INSERT INTO task (run_id, kind, key, handle, parent) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(run_id, task.kind, task.key, task.handle, task.parent) for task in wanted],
    )
    return connection.total_changes - before


def begin(connection: sqlite3.Connection, task_id: int, now: int) -> None:
    """Note that a task is being worked on."""
    connection.execute("UPDATE task SET state = 'doing', attempts = attempts + 1, opened_at = ? WHERE id = ?", [now, task_id])


def end(connection: sqlite3.Connection, task_id: int, state: State, reason: str, now: int) -> None:
    """Note how a task ended, or that it waits for another try (state "open")."""
    connection.execute("UPDATE task SET state = ?, reason = ?, ended_at = ? WHERE id = ?", [state, reason, now, task_id])


def reopen(connection: sqlite3.Connection, run_id: str) -> None:
    """Take up what was being worked on when the run was cut off."""
    connection.execute("UPDATE task SET state = 'open' WHERE run_id = ? AND state = 'doing'", [run_id])


def meet(connection: sqlite3.Connection, task_id: int, ids: Sequence[str]) -> set[str]:
    """Note what a task met; returns those that it meets for the first time."""
    fresh = set()
    for item in dict.fromkeys(ids):
        if connection.execute("INSERT INTO task_seen (task_id, item_id) VALUES (?, ?) ON CONFLICT DO NOTHING", [task_id, item]).rowcount:
            fresh.add(item)
    return fresh


def seen(connection: sqlite3.Connection, task_id: int) -> set[str]:
    """What a task has met."""
    return {str(row[0]) for row in connection.execute("SELECT item_id FROM task_seen WHERE task_id = ?", [task_id])}


def count(connection: sqlite3.Connection, task_id: int, **more: int) -> None:
    """Add to a task's counters, by column name."""
    changes = ", ".join(f"{name} = {name} + :{name}" for name in more)
    connection.execute(f"UPDATE task SET {changes} WHERE id = :task_id", {**more, "task_id": task_id})


def said(connection: sqlite3.Connection, task_id: int, total: int | None, has_more: bool | None) -> None:
    """Note TikTok's own total and whether it says that more follows; None leaves what was said before."""
    connection.execute(
        "UPDATE task SET total = coalesce(?, total), has_more = coalesce(?, has_more) WHERE id = ?", [total, has_more, task_id]
    )


def of_run(connection: sqlite3.Connection, run_id: str) -> list[Task]:
    """A run's tasks in the order in which they were added."""
    return [_task(row) for row in connection.execute(f"SELECT {rows.columns(Task)} FROM task WHERE run_id = ? ORDER BY id", [run_id])]


def find(connection: sqlite3.Connection, task_id: int) -> Task | None:
    """One task, or None."""
    row = connection.execute(f"SELECT {rows.columns(Task)} FROM task WHERE id = ?", [task_id]).fetchone()
    return _task(row) if row else None


def read_before(connection: sqlite3.Connection, video_id: str, but: str) -> bool:
    """Whether a run other than `but` read a video's comments to where the site said that no more follow."""
    sql = "SELECT EXISTS (SELECT 1 FROM task WHERE kind = 'video' AND key = ? AND run_id <> ? AND state = 'done' AND has_more = 0)"
    return bool(connection.execute(sql, [video_id, but]).fetchone()[0])


def opened_since(connection: sqlite3.Connection, since: int) -> int:
    """How many videos were opened since a moment (ms UTC), by any run: what a day's limit counts."""
    sql = "SELECT count(*) FROM task WHERE opened_at >= ? AND kind IN ('video', 'refresh')"
    return int(connection.execute(sql, [since]).fetchone()[0])


def forget(connection: sqlite3.Connection, videos: Sequence[str], handles: Iterable[str]) -> None:
    """Delete the tasks of these videos, and whatever names creators with these handles (small letters)."""
    connection.executemany("DELETE FROM task WHERE kind IN ('video', 'refresh') AND key = ?", [(video,) for video in videos])
    connection.execute("DELETE FROM task_seen WHERE item_id IN (SELECT value FROM json_each(?))", [rows.listed(videos)])
    for handle in handles:
        connection.execute("DELETE FROM task WHERE kind = 'creator' AND lower(key) = ?", [handle])
        connection.execute("UPDATE task SET handle = '' WHERE lower(handle) = ?", [handle])
        connection.execute("UPDATE task SET parent = '' WHERE lower(parent) = ?", [f"creator:{handle}"])


def _task(row: sqlite3.Row) -> Task:
    return rows.build(Task, row, **rows.flags(row, ["has_more"]))
