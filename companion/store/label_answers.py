"""What people answered in the labeling tool: the answers that stand, with the item and the moment of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from companion.store import rows, sample

_SHARED = """EXISTS (SELECT 1 FROM label_item j JOIN assignment b ON b.item_id = j.id
      WHERE j.platform = i.platform AND j.target_id = i.target_id AND b.annotator_id <> a.annotator_id)"""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer that stands: the last of its assignment that was not undone.

    Attributes:
        seq: grows with every event.
        skipped: nothing was judged.
        quality: 0-2, of a video.
        at: when it was given (ms UTC); spent_ms: from the item on screen to the answer.
        suggested: the model's grade when the item was handed out, shown or not.
        gold: the known grade of a test item, else None.
        again: how often this person had been given this item before.
    """

    seq: int
    uuid: str
    item_id: int
    task_id: str
    kind: str
    platform: str
    target_id: str
    text: str
    lang: str
    sampler: str
    annotator_id: str
    again: int
    skipped: bool
    grade: int | None
    signal: str | None
    sentiment: str | None
    quality: int | None
    flags: frozenset[str]
    note: str
    at: int
    spent_ms: int | None
    suggested: float | None
    suggestion_shown: bool
    blind: bool
    assisted: bool
    practice: bool
    gold: int | None
    guideline_version: str


@dataclass(frozen=True)
class Task:
    """A task by name; `kind` is what is judged: "comment" or "video"."""

    id: str
    name: str
    kind: str
    practice: bool


_UNDONE = "EXISTS (SELECT 1 FROM annotation_event u WHERE u.undoes = {0}.uuid)"
_STANDING = f"""SELECT e.rowid AS seq, e.uuid, i.id AS item_id, i.task_id, t.kind, i.platform, i.target_id, i.text, i.lang, i.sampler,
      a.annotator_id, a.nth AS again, e.action = 'skip' AS skipped, e.answers, e.flags, e.note, e.created_at AS at, e.spent_ms,
      json_extract(a.suggestion, '$.grade') AS suggested, e.suggestion_shown, a.blind, t.assisted, t.practice,
      json_extract(i.gold, '$.grade') AS gold, e.guideline_version
    FROM annotation_event e JOIN assignment a ON a.id = e.assignment_id JOIN label_item i ON i.id = a.item_id
    JOIN label_task t ON t.id = i.task_id
    WHERE e.action <> 'undo' AND NOT {_UNDONE.format("e")} AND NOT EXISTS (
      SELECT 1 FROM annotation_event n WHERE n.assignment_id = e.assignment_id AND n.action <> 'undo' AND n.rowid > e.rowid
        AND NOT {_UNDONE.format("n")})"""


def given(connection: sqlite3.Connection, task_id: str = "", *, shared: bool = False) -> list[GivenAnswer]:
    """The answers that stand, of one task or of all but practice rounds and the sample, in the order in which they were stored.

    `shared` leaves out comments that only one person was asked about.
    """
    where, values = ("AND i.task_id = ?", [task_id]) if task_id else ("AND t.practice = 0 AND i.platform <> ?", [sample.PLATFORM])
    where += f" AND {_SHARED}" if shared else ""
    return [_answer(row) for row in connection.execute(f"{_STANDING} {where} ORDER BY e.rowid", values)]


def of_target(connection: sqlite3.Connection, platform: str, target_id: str) -> list[GivenAnswer]:
    """The answers about one comment in any task but practice rounds, in the order in which they were stored."""
    where = "AND t.practice = 0 AND i.platform = ? AND i.target_id = ? ORDER BY e.rowid"
    return [_answer(row) for row in connection.execute(f"{_STANDING} {where}", [platform, target_id])]


def newest(connection: sqlite3.Connection) -> tuple[int, int]:
    """Changes with every event, and when somebody is forgotten: what was counted before holds while this stays the same."""
    row = connection.execute("SELECT coalesce(max(rowid), 0), count(*) FROM annotation_event").fetchone()
    return int(row[0]), int(row[1])


def newest_label(connection: sqlite3.Connection) -> tuple[int, int]:
    """The same for labels from anywhere."""
    row = connection.execute("SELECT coalesce(max(rowid), 0), count(*) FROM label_event").fetchone()
    return int(row[0]), int(row[1])


def still_there(connection: sqlite3.Connection, uuids: Iterable[str]) -> set[str]:
    """Which of these labels were neither undone nor forgotten."""
    sql = """SELECT uuid FROM label_event e WHERE uuid IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM label_event u WHERE u.action = 'undo' AND u.undoes = e.uuid)"""
    return {str(row[0]) for row in connection.execute(sql, [rows.listed(list(uuids))])}


def tasks(connection: sqlite3.Connection) -> list[Task]:
    """All tasks, newest first."""
    found = connection.execute("SELECT id, name, kind, practice FROM label_task ORDER BY created_at DESC, id")
    return [rows.build(Task, row, practice=bool(row["practice"])) for row in found]


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Annotators' names by id."""
    return {str(row[0]): str(row[1]) for row in connection.execute("SELECT id, name FROM annotator")}


def _answer(row: sqlite3.Row) -> GivenAnswer:
    said: dict[str, Any] = json.loads(row["answers"])
    return GivenAnswer(
        **{name: row[name] for name in _PLAIN},
        skipped=bool(row["skipped"]),
        grade=_whole(said.get("grade")),
        signal=said.get("signal"),
        sentiment=said.get("sentiment"),
        quality=_whole(said.get("quality")),
        flags=frozenset(json.loads(row["flags"])) if row["flags"] != "[]" else _NO_FLAGS,
        suggestion_shown=bool(row["suggestion_shown"]),
        blind=bool(row["blind"]),
        assisted=bool(row["assisted"]),
        practice=bool(row["practice"]),
        gold=_whole(row["gold"]),
    )


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) else None


_NO_FLAGS: frozenset[str] = frozenset()
_PLAIN = (
    "seq", "uuid", "item_id", "task_id", "kind", "platform", "target_id", "text", "lang", "sampler", "annotator_id", "again", "note",
    "at", "spent_ms", "suggested", "guideline_version",
)  # fmt: skip
