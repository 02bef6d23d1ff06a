"""Labels: an append-only record of what people said about comments.

Text and context are frozen with each event, because pages change. An undo is an event too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from companion.store import also, clock, label_items, rows

Action = Literal["set", "undo"]
Source = Literal["badge", "annotator", "import", "adjudication"]

GUIDELINE = "1"
"""Version of the labeling guide (docs/labeling-guide.md) by which grades are asked for today."""

PERSONAL: tuple[Source, ...] = ("badge", "annotator")
"""Sources in which the user of this workspace spoke; their grade replaces the model's on screen."""


class LabelConflictError(ValueError):
    """The event contradicts what is stored; the message says how."""


@dataclass(frozen=True)
class LabelEvent:
    """One event. `uuid` is made by whoever labels, so that sending it twice stores it once.

    `video_id` keeps comments together that were seen together; imports that name no video have "source:" and where they
    are from. `client_id` is who labelled: the paired browser, or an annotator. `flags` are of "spam", "creator", "unsure", "skip".
    """

    uuid: str
    source: Source
    platform: str
    comment_id: str
    text: str
    text_hash: str
    guideline_version: str
    created_at: int
    action: Action = "set"
    undoes: str | None = None
    video_id: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    grade: int | None = None
    signal: str | None = None
    sentiment: str | None = None
    model: str | None = None
    suggested_grade: float | None = None
    suggested_p_high: float | None = None
    suggestion_shown: bool = False
    client_id: str = ""
    flags: tuple[str, ...] = ()
    note: str = ""


_COLUMNS = rows.columns(LabelEvent)
_INSERT = f"INSERT INTO label_event ({_COLUMNS}) VALUES ({', '.join(f':{name}' for name in rows.names(LabelEvent))})"


def append(connection: sqlite3.Connection, event: LabelEvent) -> bool:
    """Store an event; False when this uuid was stored before and says the same. Use a "labels" connection.

    Raises:
        LabelConflictError: the uuid was used for something else, or the undo names no label of this comment.
    """
    stored = find(connection, event.uuid)
    if stored is not None:
        if not agree(stored, event):
            raise LabelConflictError(f"uuid {event.uuid} is stored already with another content; use a new one")
        return False
    if event.undoes is not None:
        undone = find(connection, event.undoes)
        if undone is None or undone.action != "set" or not _same_comment(connection, undone, event):
            raise LabelConflictError(f"{event.undoes} is no correction of this comment, so it cannot be undone")
    coded = {"context": json.dumps(event.context, ensure_ascii=False, sort_keys=True), "flags": rows.listed(event.flags)}
    connection.execute(_INSERT, {**asdict(event), **coded})
    return True


def agree(one: LabelEvent, other: LabelEvent) -> bool:
    """Whether two events say the same of the same comment, whoever says it and when."""
    return _meaning(one) == _meaning(other)


def find(connection: sqlite3.Connection, uuid: str) -> LabelEvent | None:
    """One event, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM label_event WHERE uuid = ?", [uuid]).fetchone()
    return _event(row) if row else None


def current(
    connection: sqlite3.Connection, platform: str, comment_ids: Sequence[str], sources: Sequence[Source] = PERSONAL
) -> dict[str, LabelEvent]:
    """The latest label not undone of each comment that has one, by the id asked for: any id by which the comment goes."""
    ids = also.present(connection, platform, comment_ids)
    sql = f"""SELECT seq, {_COLUMNS} FROM label_standing
        WHERE platform = ? AND comment_id IN (SELECT value FROM json_each(?)) AND source IN (SELECT value FROM json_each(?))"""
    found = connection.execute(sql, [platform, json.dumps(list(ids.values())), json.dumps(list(sources))]).fetchall()
    latest = {row["comment_id"]: _event(row) for row in sorted(found, key=lambda row: int(row["seq"]))}  # sorted here, to search by index
    return {asked: latest[present] for asked, present in ids.items() if present in latest}


def listed(connection: sqlite3.Connection, limit: int = 100, offset: int = 0) -> list[LabelEvent]:
    """Current labels (latest not undone, one a comment), newest first."""
    sql = f"SELECT seq, {_COLUMNS} FROM label_current ORDER BY seq DESC LIMIT ? OFFSET ?"
    return [_event(row) for row in connection.execute(sql, [limit, offset])]


def votes(connection: sqlite3.Connection) -> list[LabelEvent]:
    """The last word of everybody who labelled a comment: one event for each comment, source and client, oldest first."""
    sql = f"""SELECT seq, {_COLUMNS} FROM label_standing s WHERE NOT EXISTS (
        SELECT 1 FROM label_standing n WHERE n.platform = s.platform AND n.comment_id = s.comment_id
          AND n.source = s.source AND n.client_id = s.client_id AND n.seq > s.seq) ORDER BY seq"""
    return [_event(row) for row in connection.execute(sql)]


def count(connection: sqlite3.Connection) -> int:
    """How many comments have a current label."""
    return int(connection.execute("SELECT count(*) FROM label_current").fetchone()[0])


def forget(connection: sqlite3.Connection, platform: str, comment_ids: Iterable[str]) -> int:
    """Delete every event of these comments for good, under all their ids: the documented exception to append-only, for people who ask.

    They leave labeling tasks too. Returns the number of events deleted. The caller holds the transaction, so that the pass never
    stays open.
    """
    ids = list(comment_ids)
    ids += also.others(connection, platform, ids)
    connection.execute("INSERT INTO forget_pass (one, opened_at) VALUES (1, ?)", [clock.now_ms()])
    gone = connection.execute(
        "DELETE FROM label_event WHERE platform = ? AND comment_id IN (SELECT value FROM json_each(?))",
        [platform, json.dumps(ids)],
    ).rowcount
    label_items.forget(connection, platform, ids)
    connection.execute("DELETE FROM forget_pass")
    also.forget(connection, platform, ids)
    return gone


def forget_video(connection: sqlite3.Connection, platform: str, video_id: str) -> None:
    """Delete every event of comments under a video for good, also of comments that were labelled and never stored."""
    sql = "SELECT DISTINCT comment_id FROM label_event WHERE platform = ? AND video_id = ?"
    labelled = [str(row[0]) for row in connection.execute(sql, [platform, video_id])]
    forget(connection, platform, {*labelled, *label_items.targets_of_video(connection, platform, video_id)})


def forget_quoting(connection: sqlite3.Connection, platform: str, comment_ids: Iterable[str]) -> None:
    """Delete for good the events of these answers that hold the words which they answer."""
    ids = list(comment_ids)
    ids += also.others(connection, platform, ids)
    sql = """SELECT DISTINCT comment_id FROM label_event WHERE platform = ? AND comment_id IN (SELECT value FROM json_each(?))
        AND coalesce(json_extract(context, '$.parent'), '') <> ''"""
    quoting = {str(row[0]) for row in connection.execute(sql, [platform, json.dumps(ids)])}
    forget(connection, platform, quoting | label_items.quoting(connection, platform, ids))


def nameless(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """(platform, video id, comment id, text) of every labelled comment, and every one to label, that goes by an id of ours."""
    sql = "SELECT DISTINCT platform, video_id, comment_id, text FROM label_event WHERE comment_id GLOB 'dom:*'"
    return [*((row[0], row[1], row[2], row[3]) for row in connection.execute(sql)), *label_items.nameless(connection)]


def _same_comment(connection: sqlite3.Connection, one: LabelEvent, other: LabelEvent) -> bool:
    present = also.present(connection, one.platform, [one.comment_id, other.comment_id])
    return one.platform == other.platform and present[one.comment_id] == present[other.comment_id]


def _meaning(event: LabelEvent) -> tuple[object, ...]:
    return (event.action, event.undoes, event.platform, event.comment_id, event.text, event.grade, event.signal, event.sentiment)


def _event(row: sqlite3.Row) -> LabelEvent:
    decoded = {"context": json.loads(row["context"]), "flags": rows.texts(row["flags"])}
    return rows.build(LabelEvent, row, suggestion_shown=bool(row["suggestion_shown"]), **decoded)
