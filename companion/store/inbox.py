"""What an inbox remembers: answered, put off or ignored comments, groups of creators, reply templates, the last visit."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from companion.store import clock, rows, settings

State = Literal["answered", "later", "ignored"]
Group = Literal["mine", "partner", "competitor"]
STATES: tuple[State, ...] = get_args(State)
GROUPS: tuple[Group, ...] = get_args(Group)

VISIT = "inbox.visit"
"""Setting: [start of the last visit, latest look], ms UTC."""

PAUSE_MS = 30 * clock.MINUTE
"""Looks further apart than this are two visits."""


@dataclass(frozen=True)
class Template:
    """A reply to copy. `text` may hold {product} and {link}."""

    id: int
    name: str
    text: str


@dataclass(frozen=True)
class GroupedCreator:
    """A creator with comments, and the group it is in (None: none)."""

    platform: str
    id: str
    handle: str
    videos: int
    group: Group | None


def mark(connection: sqlite3.Connection, platform: str, comment_id: str, state: State | None) -> None:
    """Put a comment into a state; None takes it back into the open ones. A comment that is not stored is left alone."""
    connection.execute("DELETE FROM inbox_mark WHERE platform = ? AND comment_id = ?", [platform, comment_id])
    if state is not None:
        sql = """INSERT INTO inbox_mark (platform, comment_id, state, at) SELECT platform, id, ?, ? FROM comment
            WHERE platform = ? AND id = ?"""
        connection.execute(sql, [state, clock.now_ms(), platform, comment_id])


def put_group(connection: sqlite3.Connection, platform: str, creator_id: str, group: Group | None) -> None:
    """Put a creator into a group, or out of all. A creator that is not stored is left alone."""
    connection.execute("DELETE FROM creator_group WHERE platform = ? AND creator_id = ?", [platform, creator_id])
    if group is not None:
        sql = "INSERT INTO creator_group (platform, creator_id, name) SELECT platform, id, ? FROM creator WHERE platform = ? AND id = ?"
        connection.execute(sql, [group, platform, creator_id])


def grouped(connection: sqlite3.Connection, limit: int) -> list[GroupedCreator]:
    """Creators, those in a group first, then those with the most stored videos."""
    sql = """SELECT c.platform, c.id, c.handle, count(v.id) AS videos, g.name AS "group" FROM creator c
        LEFT JOIN creator_group g ON g.platform = c.platform AND g.creator_id = c.id
        LEFT JOIN video v ON v.platform = c.platform AND v.creator_id = c.id
        GROUP BY c.platform, c.id ORDER BY g.name IS NULL, g.name, videos DESC, c.handle LIMIT ?"""
    return [rows.build(GroupedCreator, row) for row in connection.execute(sql, [limit])]


def templates(connection: sqlite3.Connection) -> list[Template]:
    """Every reply template, by name."""
    return [rows.build(Template, row) for row in connection.execute("SELECT id, name, text FROM reply_template ORDER BY name, id")]


def put_template(connection: sqlite3.Connection, template_id: int | None, name: str, text: str) -> None:
    """Store a new template (None) or change one."""
    if template_id is None:
        connection.execute("INSERT INTO reply_template (name, text, changed_at) VALUES (?, ?, ?)", [name, text, clock.now_ms()])
    else:
        sql = "UPDATE reply_template SET name = ?, text = ?, changed_at = ? WHERE id = ?"
        connection.execute(sql, [name, text, clock.now_ms(), template_id])


def remove_template(connection: sqlite3.Connection, template_id: int) -> None:
    """Delete a template; harmless when it is gone."""
    connection.execute("DELETE FROM reply_template WHERE id = ?", [template_id])


def last_visit(connection: sqlite3.Connection) -> int | None:
    """When the visit before this one was last active, ms UTC; None before the second visit."""
    before, _ = settings.get(connection, VISIT, [None, None])
    return before if isinstance(before, int) else None


def visit_is_new(connection: sqlite3.Connection, now: int) -> bool:
    """Whether a look at `now` has to be noted: it begins a visit, or some minutes went by."""
    _, latest = settings.get(connection, VISIT, [None, None])
    return not isinstance(latest, int) or now - latest > clock.MINUTE


def note_visit(connection: sqlite3.Connection, now: int) -> None:
    """Note a look at `now`; after a pause the earlier look becomes the last visit."""
    before, latest = settings.get(connection, VISIT, [None, None])
    if isinstance(latest, int) and now - latest > PAUSE_MS:
        before = latest
    settings.put(connection, VISIT, [before, now])
