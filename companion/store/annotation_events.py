"""What people did on the labeling screen: append-only events, and the labels that come of them in the same transaction.

Use a "labels" connection for `record`: what was answered to the screen as stored survives a power cut.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from companion.store import assignments, clock, labels, rows
from companion.store.labels import LabelEvent

Action = Literal["submit", "skip", "undo"]
QUARTER = 15 * clock.MINUTE
"""All time zones begin their days at one of these."""

ANSWERS = ("grade", "signal", "sentiment", "quality")


class RefusedEventError(ValueError):
    """The event cannot be stored; the message says why, for the person at the screen."""


@dataclass(frozen=True)
class Event:
    """One act. `uuid` is made by the screen, so that sending it twice stores it once; `at` is when it was done (ms UTC)."""

    uuid: str
    assignment: int
    action: Action
    at: int
    undoes: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    note: str = ""
    contradiction: bool = False
    suggestion_shown: bool = False
    spent_ms: int | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of an event.

    Attributes:
        new: whether it was stored now; False for one that was stored before.
        item_id: what it is about; `task_id` and the two that follow are of its task.
        replaced: an answer of the same person stood there already.
    """

    new: bool
    item_id: int
    task_id: str
    practice: bool
    until_agreed: bool
    replaced: bool = False


@dataclass(frozen=True)
class Past:
    """A stored event as the history shows it."""

    uuid: str
    assignment: int
    task_id: str
    item: int
    action: Action
    answers: dict[str, Any]
    flags: tuple[str, ...]
    note: str
    text: str
    lang: str
    undone: bool
    at: int


_ABOUT = """SELECT a.id, a.annotator_id, a.item_id, a.nth, a.state, a.suggestion, a.blind, i.platform, i.target_id, i.video_id, i.text,
    i.context, t.kind, t.id AS task_id, t.practice, t.until_agreed, t.guideline_version FROM assignment a
    JOIN label_item i ON i.id = a.item_id JOIN label_task t ON t.id = i.task_id WHERE a.id = ?"""

_STANDS = "NOT EXISTS (SELECT 1 FROM annotation_event u WHERE u.undoes = e.uuid)"


def record(connection: sqlite3.Connection, annotator_id: str, event: Event, now: int, text_hash: str) -> Recorded:
    """Store an event with the label that it makes or takes back.

    Args:
        connection: inside a transaction.
        annotator_id: who did it.
        event: what was done.
        now: when it arrived (ms UTC).
        text_hash: digest of the item's normalised text, as `LabelEvent` has it (`text_of` gives the text).

    Raises:
        RefusedEventError: nothing of it was stored.
    """
    about = connection.execute(_ABOUT, [event.assignment]).fetchone()
    if about is None:
        raise RefusedEventError("this comment is not here any more: its writer asked to be forgotten, or the task was deleted")
    if about["annotator_id"] != annotator_id:
        raise RefusedEventError("this comment was given to somebody else")
    known = connection.execute("SELECT assignment_id, action, answers FROM annotation_event WHERE uuid = ?", [event.uuid]).fetchone()
    if known is not None:
        if (known["assignment_id"], known["action"], json.loads(known["answers"])) != (event.assignment, event.action, event.answers):
            raise RefusedEventError(f"the number {event.uuid} of this answer was used for another one")
        return _recorded(about, new=False)
    replaced = event.action == "submit" and about["state"] == "done"
    label = _label(connection, about, event, now, text_hash)
    if label is not None:
        try:
            labels.append(connection, label)
        except labels.LabelConflictError as error:
            raise RefusedEventError(str(error)) from error
    _insert(connection, event, label.uuid if label else None, about["guideline_version"], now)
    assignments.move(connection, event.assignment, _state(connection, event.assignment), now)
    return _recorded(about, new=True, replaced=replaced)


def text_of(connection: sqlite3.Connection, assignment_id: int) -> str:
    """The text that an assignment is about, "" where it is gone."""
    sql = "SELECT i.text FROM assignment a JOIN label_item i ON i.id = a.item_id WHERE a.id = ?"
    row = connection.execute(sql, [assignment_id]).fetchone()
    return str(row[0]) if row else ""


def history(connection: sqlite3.Connection, annotator_id: str, task_id: str = "", limit: int = 50) -> list[Past]:
    """A person's last submits and skips, of one task or of all, latest first."""
    sql = f"""SELECT e.uuid, e.assignment_id AS assignment, i.task_id, i.id AS item, e.action, e.answers, e.flags, e.note, i.text, i.lang,
        NOT ({_STANDS}) AS undone, e.created_at AS at FROM annotation_event e JOIN assignment a ON a.id = e.assignment_id
        JOIN label_item i ON i.id = a.item_id
        WHERE a.annotator_id = ? AND (? = '' OR i.task_id = ?) AND e.action <> 'undo' ORDER BY e.received_at DESC, e.rowid DESC LIMIT ?"""
    return [
        rows.build(Past, row, answers=json.loads(row["answers"]), flags=rows.texts(row["flags"]), undone=bool(row["undone"]))
        for row in connection.execute(sql, [annotator_id, task_id, task_id, limit])
    ]


def skips_that_stand(connection: sqlite3.Connection, annotator_id: str, task_id: str) -> list[tuple[str, int]]:
    """What a person skipped in a task and can still answer, in the task's order: (uuid of the skip, assignment).

    Where others have given every answer that is asked of a comment meanwhile, it is not among them.
    """
    sql = f"""SELECT e.uuid, a.id FROM assignment a JOIN label_item i ON i.id = a.item_id
        JOIN annotation_event e ON e.assignment_id = a.id AND e.action = 'skip' AND {_STANDS}
        WHERE a.annotator_id = ? AND a.task_id = ? AND a.state = 'skipped' AND (i.taken < i.votes OR a.nth > 0)
        ORDER BY i.place, e.rowid"""
    return [(str(row[0]), int(row[1])) for row in connection.execute(sql, [annotator_id, task_id])]


def grades_of(connection: sqlite3.Connection, item_id: int) -> dict[str, int]:
    """The grades that stand on an item, by person; the last of each."""
    sql = f"""SELECT a.annotator_id, json_extract(e.answers, '$.grade') AS grade FROM annotation_event e
        JOIN assignment a ON a.id = e.assignment_id WHERE a.item_id = ? AND a.nth = 0 AND e.action = 'submit' AND {_STANDS}
        ORDER BY e.received_at, e.rowid"""
    return {row["annotator_id"]: int(row["grade"]) for row in connection.execute(sql, [item_id]) if row["grade"] is not None}


def practised(connection: sqlite3.Connection, annotator_id: str, task_id: str) -> bool:
    """Whether a person has answered or skipped every item of a task."""
    sql = """SELECT NOT EXISTS (SELECT 1 FROM label_item i WHERE i.task_id = ? AND NOT EXISTS (
        SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.annotator_id = ? AND a.state IN ('done', 'skipped')))"""
    return bool(connection.execute(sql, [task_id, annotator_id]).fetchone()[0])


def by_quarter_hour(connection: sqlite3.Connection, since: int) -> list[tuple[int, bool, int]]:
    """Submits that stand since a time, practice left out.

    Each: (when a quarter of an hour began, ms UTC; whether the grade is 7 or more; how many).
    """
    sql = f"""SELECT created_at / {QUARTER} * {QUARTER} AS at, coalesce(json_extract(answers, '$.grade'), 0) >= 7 AS high, count(*) AS n
        FROM annotation_event e WHERE received_at >= ? AND action = 'submit' AND {_STANDS} AND assignment_id NOT IN (
            SELECT a.id FROM label_task t JOIN label_item i ON i.task_id = t.id JOIN assignment a ON a.item_id = i.id WHERE t.practice)
        GROUP BY 1, 2"""
    return [(int(row["at"]), bool(row["high"]), int(row["n"])) for row in connection.execute(sql, [since])]


def grade_counts(connection: sqlite3.Connection) -> dict[int, int]:
    """How often each grade stands in tasks that are no practice: all that were given, without those taken back."""
    grade = "json_extract(e.answers, '$.grade')"
    given = f"SELECT {grade} AS grade, count(*) AS n FROM annotation_event e WHERE action = 'submit' AND label_uuid IS NOT NULL GROUP BY 1"
    undone = f"""SELECT {grade} AS grade, count(*) AS n FROM annotation_event u CROSS JOIN annotation_event e ON e.uuid = u.undoes
        WHERE u.undoes IS NOT NULL AND e.action = 'submit' AND e.label_uuid IS NOT NULL GROUP BY 1"""
    taken = {row["grade"]: int(row["n"]) for row in connection.execute(undone)}
    return {int(row["grade"]): row["n"] - taken.get(row["grade"], 0) for row in connection.execute(given) if row["grade"] is not None}


def _recorded(about: sqlite3.Row, *, new: bool, replaced: bool = False) -> Recorded:
    return Recorded(new, about["item_id"], about["task_id"], bool(about["practice"]), bool(about["until_agreed"]), replaced)


def _label(connection: sqlite3.Connection, about: sqlite3.Row, event: Event, now: int, text_hash: str) -> LabelEvent | None:
    """The label that a submit makes or an undo takes back; None where there is none: no answer about a comment, or practice."""
    answers: dict[str, Any] = {}
    undoes = None
    if event.action == "undo":
        undone = _undone(connection, event)
        if undone["label_uuid"] is None:
            return None
        undoes = undone["label_uuid"]
    else:
        answers = {name: event.answers.get(name) for name in ("grade", "signal", "sentiment")}
        if event.action == "skip" or about["kind"] != "comment" or about["practice"] or all(said is None for said in answers.values()):
            return None
    suggestion = json.loads(about["suggestion"]) if about["suggestion"] else {}
    return LabelEvent(
        uuid=event.uuid,
        source="annotator",
        action="undo" if undoes else "set",
        undoes=undoes,
        platform=about["platform"],
        comment_id=about["target_id"],
        video_id=about["video_id"],
        text=about["text"],
        context=json.loads(about["context"]),
        text_hash=text_hash,
        guideline_version=about["guideline_version"],
        model=suggestion.get("model"),
        suggested_grade=suggestion.get("grade"),
        suggested_p_high=suggestion.get("p_high"),
        suggestion_shown=event.suggestion_shown and not about["blind"],
        client_id=about["annotator_id"],
        flags=event.flags,
        note=event.note,
        created_at=min(event.at, now),
        **answers,
    )


def _undone(connection: sqlite3.Connection, event: Event) -> sqlite3.Row:
    row = connection.execute("SELECT * FROM annotation_event WHERE uuid = ?", [event.undoes]).fetchone()
    if row is None or row["action"] == "undo" or row["assignment_id"] != event.assignment:
        raise RefusedEventError("there is no such answer to take back")
    if connection.execute("SELECT 1 FROM annotation_event WHERE undoes = ?", [event.undoes]).fetchone():
        raise RefusedEventError("this answer was taken back already, perhaps in another window")
    undone: sqlite3.Row = row
    return undone


def _insert(connection: sqlite3.Connection, event: Event, label_uuid: str | None, guideline: str, now: int) -> None:
    values: Sequence[Any] = [
        event.uuid,
        event.assignment,
        event.action,
        event.undoes,
        label_uuid,
        json.dumps(event.answers, ensure_ascii=False),
        rows.listed(event.flags),
        event.note,
        int(event.contradiction),
        int(event.suggestion_shown),
        event.spent_ms,
        guideline,
        min(event.at, now),
        now,
    ]
    connection.execute(
        """INSERT INTO annotation_event (uuid, assignment_id, action, undoes, label_uuid, answers, flags, note, contradiction,
            suggestion_shown, spent_ms, guideline_version, created_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        values,
    )


def _state(connection: sqlite3.Connection, assignment_id: int) -> str:
    """What the events that stand say: answered, else skipped, else to be answered."""
    sql = f"SELECT DISTINCT e.action FROM annotation_event e WHERE e.assignment_id = ? AND e.action <> 'undo' AND {_STANDS}"
    found = {row[0] for row in connection.execute(sql, [assignment_id])}
    return "done" if "submit" in found else "skipped" if "skip" in found else "leased"
