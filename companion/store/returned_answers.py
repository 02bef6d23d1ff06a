"""What an adjudicator decided otherwise, as whoever had answered sees it: without the adjudicator's name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.store import clock, rows


@dataclass(frozen=True)
class Returned:
    """One answer that came back. Times are ms UTC.

    Attributes:
        task: the task in which the comment was decided about.
        mine: what the person had answered about the comment before the decision, in that task or in another, by question; empty where
            that was taken back since.
        decided: the decision, by question.
        seen_at: None where not read yet.
    """

    adjudication_uuid: str
    task: str
    text: str
    lang: str
    mine: Mapping[str, Any]
    decided: Mapping[str, Any]
    reason: str
    note: str
    created_at: int
    seen_at: int | None


_SQL = """
SELECT r.adjudication_uuid, t.name AS task, i.text, i.lang, d.reason, d.note, d.created_at, r.seen_at,
    coalesce((SELECT e.answers FROM annotation_event e JOIN assignment s ON s.id = e.assignment_id
        JOIN label_item o ON o.id = s.item_id
        WHERE o.platform = i.platform AND o.target_id = i.target_id AND s.annotator_id = r.annotator_id AND e.action = 'submit'
        AND e.received_at <= d.created_at AND NOT EXISTS (SELECT 1 FROM annotation_event u WHERE u.undoes = e.uuid)
        ORDER BY e.rowid DESC LIMIT 1), '{}') AS mine,
    json_object('grade', l.grade, 'signal', l.signal, 'sentiment', l.sentiment) AS decided
FROM returned_answer r
JOIN adjudication d ON d.uuid = r.adjudication_uuid
JOIN label_item i ON i.id = d.item_id
JOIN label_task t ON t.id = i.task_id
LEFT JOIN label_event l ON l.uuid = d.label_uuid
WHERE r.annotator_id = ?
ORDER BY r.seen_at IS NOT NULL, d.created_at DESC LIMIT ?
"""


def listed(connection: sqlite3.Connection, annotator_id: str, limit: int = 100) -> list[Returned]:
    """A person's returned answers, unread ones first, newest first."""
    found = []
    for row in connection.execute(_SQL, [annotator_id, limit]):
        answers = {name: {key: value for key, value in json.loads(row[name]).items() if value is not None} for name in ("mine", "decided")}
        found.append(rows.build(Returned, row, **answers))
    return found


def unread(connection: sqlite3.Connection, annotator_id: str) -> int:
    """How many a person has not read."""
    sql = "SELECT count(*) FROM returned_answer WHERE annotator_id = ? AND seen_at IS NULL"
    return int(connection.execute(sql, [annotator_id]).fetchone()[0])


def mark_seen(connection: sqlite3.Connection, annotator_id: str, adjudication_uuid: str) -> bool:
    """Note that a person read one; False where it is not theirs, or was read before."""
    sql = "UPDATE returned_answer SET seen_at = ? WHERE annotator_id = ? AND adjudication_uuid = ? AND seen_at IS NULL"
    return connection.execute(sql, [clock.now_ms(), annotator_id, adjudication_uuid]).rowcount == 1
