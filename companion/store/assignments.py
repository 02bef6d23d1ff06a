"""Who has which item: leases that end by themselves, and the state of each person's answer.

One row for an item and a person (a second, `nth` 1, where it is asked again). All functions that write need a transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from companion.store import clock, rows

LEASE_MS = 15 * clock.MINUTE
"""How long a lease holds: a phone call, not a lunch."""

AGAIN_AFTER = 20
"""Answers between the first and the second time that a person is asked the same."""

_PLAIN = "lower(replace(i.lang, '_', '-'))"
_BASE = f"substr({_PLAIN}, 1, instr({_PLAIN} || '-', '-') - 1)"
_READS = f"(:any OR i.lang IN ('', 'un') OR {_BASE} IN (SELECT value FROM json_each(:languages)))"
"""Whether a person reads a language: "pt" covers "pt-BR" and "PT", and a comment of no known language is for everybody."""


@dataclass(frozen=True)
class Assignment:
    """An item in a person's hands. `suggestion` is what the model said of it; it is not shown where `blind`."""

    id: int
    item_id: int
    task_id: str
    annotator_id: str
    nth: int
    state: str
    lease_until: int | None
    suggestion: dict[str, Any] | None
    blind: bool


@dataclass(frozen=True)
class Reader:
    """Whom a lease is for, and the languages they read (ISO 639-1); without any, everything."""

    id: str
    languages: tuple[str, ...] = ()


_COLUMNS = rows.columns(Assignment)


@dataclass(frozen=True)
class Wanted:
    """What a screen asks for: up to `want` items of a task; `have` are assignments that it has on hand."""

    task_id: str
    want: int
    have: tuple[int, ...] = ()


def lease(connection: sqlite3.Connection, reader: Reader, wanted: Wanted, now: int) -> list[Assignment]:
    """Items for a person: those that they hold already, then free ones, then some that are asked again.

    Nobody else gets them until the lease ends. What is on hand is renewed and not given again.
    """
    _lapse(connection, reader.id, now)
    values = {"task": wanted.task_id, "who": reader.id, "now": now, "until": now + LEASE_MS, "have": json.dumps(wanted.have)}
    connection.execute(
        """UPDATE assignment SET lease_until = :until WHERE annotator_id = :who AND state = 'leased'
            AND id IN (SELECT value FROM json_each(:have))""",
        values,
    )
    found = _own(connection, values, wanted.want)
    if len(found) < wanted.want:
        found += _free(connection, reader, values, wanted.want - len(found))
    if len(found) < wanted.want:
        found += _again(connection, values, wanted.want - len(found))
    return found


def find(connection: sqlite3.Connection, assignment_id: int) -> Assignment | None:
    """One assignment, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM assignment WHERE id = ?", [assignment_id]).fetchone()
    return _assignment(row) if row else None


def over(connection: sqlite3.Connection, annotator_id: str, ids: Iterable[int]) -> list[int]:
    """Which of these need no answer of this person any more: given in another window, or gone."""
    sql = """SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM assignment a
        WHERE a.id = value AND a.annotator_id = ? AND a.state IN ('leased', 'lapsed'))"""
    return [int(row[0]) for row in connection.execute(sql, [json.dumps(list(ids)), annotator_id])]


def suggest(connection: sqlite3.Connection, suggestions: Iterable[tuple[int, dict[str, Any], bool]]) -> None:
    """Note what a model says of the items of assignments that have no suggestion yet, and whether the person stays blind to it."""
    sql = "UPDATE assignment SET suggestion = ?, blind = ? WHERE id = ? AND suggestion IS NULL"
    connection.executemany(sql, [(json.dumps(said, ensure_ascii=False), int(blind), ident) for ident, said, blind in suggestions])


def move(connection: sqlite3.Connection, assignment_id: int, state: str, now: int) -> None:
    """Put an assignment into the state that its events say; one to be answered again is leased anew."""
    until = now + LEASE_MS if state == "leased" else None
    done_at = now if state in ("done", "skipped") else None
    connection.execute("UPDATE assignment SET state = ?, lease_until = ?, done_at = ? WHERE id = ?", [state, until, done_at, assignment_id])


def open_for(connection: sqlite3.Connection, reader: Reader, task_id: str) -> int:
    """How many items of a task this person can still answer: free ones and those that they hold."""
    sql = f"""SELECT count(*) FROM label_item i WHERE i.task_id = :task AND i.taken < i.votes AND {_READS}
        AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.annotator_id = :who)"""
    free = connection.execute(sql, {"task": task_id, "who": reader.id, **_languages(reader)}).fetchone()[0]
    held = "SELECT count(*) FROM assignment WHERE annotator_id = ? AND task_id = ? AND state = 'leased'"
    return int(free) + int(connection.execute(held, [reader.id, task_id]).fetchone()[0])


def done_by(connection: sqlite3.Connection, annotator_id: str, task_id: str) -> int:
    """How many answers a person has given in a task."""
    sql = "SELECT count(*) FROM assignment WHERE annotator_id = ? AND task_id = ? AND state = 'done'"
    return int(connection.execute(sql, [annotator_id, task_id]).fetchone()[0])


def last_task(connection: sqlite3.Connection, annotator_id: str) -> str:
    """The task in which a person answered last, "" before the first answer."""
    sql = "SELECT task_id FROM assignment WHERE annotator_id = ? AND state = 'done' ORDER BY done_at DESC, id DESC LIMIT 1"
    row = connection.execute(sql, [annotator_id]).fetchone()
    return str(row[0]) if row else ""


def done_since(connection: sqlite3.Connection, annotator_id: str, since: int) -> list[int]:
    """When a person answered, since a time (ms UTC), oldest first."""
    sql = "SELECT done_at FROM assignment WHERE annotator_id = ? AND state = 'done' AND done_at >= ? ORDER BY done_at"
    return [int(row[0]) for row in connection.execute(sql, [annotator_id, since])]


def _lapse(connection: sqlite3.Connection, annotator_id: str, now: int) -> None:
    """End others' leases whose time is over. One that ends later than any could is from before the clock was set back."""
    for overdue in ("lease_until <= :now", "lease_until > :latest"):
        connection.execute(
            f"UPDATE assignment SET state = 'lapsed' WHERE state = 'leased' AND annotator_id <> :who AND {overdue}",
            {"who": annotator_id, "now": now, "latest": now + LEASE_MS},
        )


def _own(connection: sqlite3.Connection, values: dict[str, Any], want: int) -> list[Assignment]:
    """What the person holds; also what lapsed meanwhile, where nobody else took it."""
    sql = f"""UPDATE assignment SET state = 'leased', lease_until = :until WHERE id IN (
        SELECT a.id FROM assignment a JOIN label_item i ON i.id = a.item_id
        WHERE a.annotator_id = :who AND a.task_id = :task AND a.id NOT IN (SELECT value FROM json_each(:have))
          AND (a.state = 'leased' OR a.state = 'lapsed' AND (i.taken < i.votes OR a.nth > 0)) ORDER BY i.place LIMIT :want)
        RETURNING {_COLUMNS}"""
    found = [_assignment(row) for row in connection.execute(sql, {**values, "want": want}).fetchall()]
    return sorted(found, key=lambda one: one.id)


def _free(connection: sqlite3.Connection, reader: Reader, values: dict[str, Any], want: int) -> list[Assignment]:
    sql = f"""INSERT INTO assignment (item_id, task_id, annotator_id, state, lease_until, created_at)
        SELECT i.id, i.task_id, :who, 'leased', :until, :now FROM label_item i INDEXED BY label_item_open
        WHERE i.task_id = :task AND i.taken < i.votes AND {_READS}
          AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.annotator_id = :who)
        ORDER BY i.place LIMIT :want RETURNING {_COLUMNS}"""
    found = connection.execute(sql, {**values, **_languages(reader), "want": want}).fetchall()
    return [_assignment(row) for row in found]


def _again(connection: sqlite3.Connection, values: dict[str, Any], want: int) -> list[Assignment]:
    sql = f"""INSERT INTO assignment (item_id, task_id, annotator_id, nth, state, lease_until, created_at)
        SELECT i.id, i.task_id, :who, 1, 'leased', :until, :now FROM assignment a JOIN label_item i ON i.id = a.item_id
        WHERE a.annotator_id = :who AND a.task_id = :task AND a.state = 'done' AND a.nth = 0 AND i.repeat = 1
          AND NOT EXISTS (SELECT 1 FROM assignment b WHERE b.item_id = i.id AND b.annotator_id = :who AND b.nth = 1)
          AND (SELECT count(*) FROM assignment l WHERE l.annotator_id = :who AND l.task_id = :task AND l.state = 'done'
               AND l.done_at > a.done_at) >= :after
        ORDER BY a.done_at LIMIT :want RETURNING {_COLUMNS}"""
    return [_assignment(row) for row in connection.execute(sql, {**values, "want": want, "after": AGAIN_AFTER}).fetchall()]


def _languages(reader: Reader) -> dict[str, Any]:
    bases = [lang.replace("_", "-").split("-")[0].strip().lower() for lang in reader.languages]
    return {"any": not bases, "languages": rows.listed(bases)}


def _assignment(row: sqlite3.Row) -> Assignment:
    said = None if row["suggestion"] is None else json.loads(row["suggestion"])
    return rows.build(Assignment, row, suggestion=said, blind=bool(row["blind"]))
