"""What one person answered in the labeling tool: the answers that stand, to be read again, saved and corrected."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from companion.store import rows, sample

Which = Literal["all", "high", "low", "unsure", "marked", "note", "skipped"]


@dataclass(frozen=True)
class OwnAnswer:
    """One answer that stands, or a skip.

    Attributes:
        uuid: of the event; assignment: what it answers.
        questions: what the task asks.
        context: what the comment stood under.
        flags: of "spam", "creator", "unsure".
        contradiction: the person doubts that the grade is on the right side of 7.
        at: when it was given (ms UTC).
        wanted: whether an answer in place of a skip is still asked for: others have not given all meanwhile.
    """

    uuid: str
    assignment: int
    task_id: str
    task: str
    kind: str
    questions: tuple[str, ...]
    practice: bool
    platform: str
    target_id: str
    video_id: str
    text: str
    lang: str
    context: dict[str, Any]
    skipped: bool
    answers: dict[str, Any]
    flags: tuple[str, ...]
    note: str
    contradiction: bool
    suggestion_shown: bool
    guideline_version: str
    at: int
    wanted: bool

    @property
    def is_sample(self) -> bool:
        """Whether it is about an invented comment."""
        return self.platform == sample.PLATFORM


_UNDONE = "EXISTS (SELECT 1 FROM annotation_event u WHERE u.undoes = {0}.uuid)"
_FROM = f"""FROM assignment a JOIN annotation_event e ON e.assignment_id = a.id JOIN label_item i ON i.id = a.item_id
    JOIN label_task t ON t.id = a.task_id
    WHERE a.annotator_id = :who AND a.state IN ('done', 'skipped') AND e.action <> 'undo' AND NOT {_UNDONE.format("e")}
      AND NOT EXISTS (SELECT 1 FROM annotation_event n WHERE n.assignment_id = a.id AND n.action <> 'undo' AND n.rowid > e.rowid
        AND NOT {_UNDONE.format("n")})"""
_SELECT = """SELECT e.uuid, a.id AS assignment, a.task_id, t.name AS task, t.kind, t.questions, t.practice, i.platform, i.target_id,
    i.video_id, i.text, i.lang, i.context, e.action = 'skip' AS skipped, e.answers, e.flags, e.note, e.contradiction, e.suggestion_shown,
    e.guideline_version, e.created_at AS at, i.taken < i.votes OR a.nth > 0 AS wanted"""

_GRADE = "json_extract(e.answers, '$.grade')"
_WHICH: dict[Which, str] = {
    "all": "",
    "high": f" AND {_GRADE} >= 7",
    "low": f" AND {_GRADE} < 7",
    "unsure": " AND e.flags LIKE '%\"unsure\"%'",
    "marked": " AND (e.flags LIKE '%\"spam\"%' OR e.flags LIKE '%\"creator\"%')",
    "note": " AND e.note <> ''",
    "skipped": " AND e.action = 'skip'",
}


@dataclass(frozen=True)
class Asked:
    """Which answers: of one task or, with "", of all but practice rounds."""

    task: str = ""
    which: Which = "all"


def listed(connection: sqlite3.Connection, annotator_id: str, asked: Asked, limit: int = -1, offset: int = 0) -> Iterator[OwnAnswer]:
    """The answers that stand, latest first; a `limit` of -1 is all."""
    sql = f"{_SELECT} {_FROM}{_narrowed(asked)} ORDER BY e.rowid DESC LIMIT :limit OFFSET :offset"
    for row in connection.execute(sql, {"who": annotator_id, "task": asked.task, "limit": limit, "offset": offset}):
        yield _answer(row)


def count(connection: sqlite3.Connection, annotator_id: str, asked: Asked) -> int:
    """How many there are."""
    return int(connection.execute(f"SELECT count(*) {_FROM}{_narrowed(asked)}", {"who": annotator_id, "task": asked.task}).fetchone()[0])


def find(connection: sqlite3.Connection, annotator_id: str, assignment: int) -> OwnAnswer | None:
    """The answer that stands in one assignment of this person, or None."""
    row = connection.execute(f"{_SELECT} {_FROM} AND a.id = :id", {"who": annotator_id, "id": assignment}).fetchone()
    return _answer(row) if row else None


def tasks(connection: sqlite3.Connection, annotator_id: str) -> list[tuple[str, str]]:
    """Tasks in which this person answered or skipped something, latest first: (id, name)."""
    sql = """SELECT id, name FROM label_task t WHERE EXISTS (SELECT 1 FROM assignment a WHERE a.annotator_id = ? AND a.task_id = t.id
        AND a.state IN ('done', 'skipped')) ORDER BY created_at DESC, id"""
    return [(str(row[0]), str(row[1])) for row in connection.execute(sql, [annotator_id])]


def on_sample(connection: sqlite3.Connection, annotator_id: str = "") -> int:
    """How many answers stand on invented comments, of one person or of all; practice rounds left out."""
    sql = """SELECT count(*) FROM label_item i JOIN assignment a ON a.item_id = i.id JOIN label_task t ON t.id = i.task_id
        WHERE i.platform = ? AND a.state = 'done' AND NOT t.practice AND ? IN ('', a.annotator_id)"""
    return int(connection.execute(sql, [sample.PLATFORM, annotator_id]).fetchone()[0])


def _narrowed(asked: Asked) -> str:
    return (" AND a.task_id = :task" if asked.task else " AND NOT t.practice") + _WHICH[asked.which]


def _answer(row: sqlite3.Row) -> OwnAnswer:
    decoded = {name: json.loads(row[name]) for name in ("context", "answers")}
    texts = {name: rows.texts(row[name]) for name in ("questions", "flags")}
    truths = {name: bool(row[name]) for name in ("practice", "skipped", "contradiction", "suggestion_shown", "wanted")}
    return rows.build(OwnAnswer, row, **decoded, **texts, **truths)
