"""Who labels: annotators, adjudicators and admins. Alone on one machine that is one person, `LOCAL`."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Literal, get_args

from companion.store import clock, rows

LOCAL = "local"
"""Id of whoever has the dashboard's session."""

Role = Literal["annotator", "adjudicator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""


@dataclass(frozen=True)
class Annotator:
    """A person. `languages` are ISO 639-1 codes, empty for "all"; `keys` are remapped keys; times are ms UTC; `password` is its hash."""

    id: str
    name: str
    role: Role
    languages: tuple[str, ...]
    keys: dict[str, str]
    created_at: int
    practised_at: int | None = None
    disabled_at: int | None = None
    password: str = field(default="", repr=False)

    @property
    def can_log_in(self) -> bool:
        """Whether there is a password and nobody disabled it."""
        return bool(self.password) and self.disabled_at is None


class NameTakenError(ValueError):
    """Somebody has this name already; the message says so."""


_COLUMNS = rows.columns(Annotator)


def ensure_local(connection: sqlite3.Connection) -> None:
    """Make sure that the local person has a row, which answers refer to."""
    sql = "INSERT INTO annotator (id, name, role, created_at) VALUES (?, ?, 'admin', ?) ON CONFLICT DO NOTHING"
    if connection.execute("SELECT 1 FROM annotator WHERE id = ?", [LOCAL]).fetchone() is None:
        connection.execute(sql, [LOCAL, "You", clock.now_ms()])


def by_id(connection: sqlite3.Connection, annotator_id: str) -> Annotator | None:
    """One person, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM annotator WHERE id = ?", [annotator_id]).fetchone()
    return of_row(row) if row else None


def by_name(connection: sqlite3.Connection, name: str) -> Annotator | None:
    """One person by name, in capitals or small letters, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM annotator WHERE name = ?", [name]).fetchone()
    return of_row(row) if row else None


def who_can_log_in(connection: sqlite3.Connection) -> int:
    """How many people have a password and are not disabled."""
    sql = "SELECT count(*) FROM annotator WHERE password <> '' AND disabled_at IS NULL"
    return int(connection.execute(sql).fetchone()[0])


def listed(connection: sqlite3.Connection) -> list[Annotator]:
    """Everybody, by name; disabled ones last."""
    sql = f"SELECT {_COLUMNS} FROM annotator ORDER BY disabled_at IS NOT NULL, name COLLATE NOCASE, id"
    return [of_row(row) for row in connection.execute(sql)]


def add(connection: sqlite3.Connection, name: str, role: Role, password_hash: str, languages: tuple[str, ...] = ()) -> Annotator:
    """A new account.

    Raises:
        NameTakenError: somebody has the name, in whatever letters.
    """
    if by_name(connection, name) is not None:
        raise NameTakenError(f'somebody is named "{name}" already; choose another name')
    person = Annotator(secrets.token_hex(8), name, role, languages, {}, clock.now_ms(), password=password_hash)
    connection.execute(
        "INSERT INTO annotator (id, name, password, role, languages, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        [person.id, name, password_hash, role, rows.listed(languages), person.created_at],
    )
    return person


def set_password(connection: sqlite3.Connection, annotator_id: str, password_hash: str) -> None:
    """Another password."""
    connection.execute("UPDATE annotator SET password = ? WHERE id = ?", [password_hash, annotator_id])


def set_role(connection: sqlite3.Connection, annotator_id: str, role: Role) -> None:
    """Another role."""
    connection.execute("UPDATE annotator SET role = ? WHERE id = ?", [role, annotator_id])


def disable(connection: sqlite3.Connection, annotator_id: str) -> None:
    """Keep a person out; the first time stays."""
    sql = "UPDATE annotator SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL"
    connection.execute(sql, [clock.now_ms(), annotator_id])


def enable(connection: sqlite3.Connection, annotator_id: str) -> None:
    """Let a person in again."""
    connection.execute("UPDATE annotator SET disabled_at = NULL WHERE id = ?", [annotator_id])


def other_admins(connection: sqlite3.Connection, annotator_id: str) -> int:
    """How many admins besides this person can log in."""
    sql = "SELECT count(*) FROM annotator WHERE role = 'admin' AND password <> '' AND disabled_at IS NULL AND id <> ?"
    return int(connection.execute(sql, [annotator_id]).fetchone()[0])


def set_languages(connection: sqlite3.Connection, annotator_id: str, languages: tuple[str, ...]) -> None:
    """What a person reads; empty for "all"."""
    connection.execute("UPDATE annotator SET languages = ? WHERE id = ?", [rows.listed(languages), annotator_id])


def set_keys(connection: sqlite3.Connection, annotator_id: str, keys: dict[str, str]) -> None:
    """A person's own keys on the labeling screen."""
    connection.execute("UPDATE annotator SET keys = ? WHERE id = ?", [json.dumps(keys, ensure_ascii=False), annotator_id])


def note_practised(connection: sqlite3.Connection, annotator_id: str, now: int) -> None:
    """Note that a person has finished a practice round; the first time stays."""
    connection.execute("UPDATE annotator SET practised_at = ? WHERE id = ? AND practised_at IS NULL", [now, annotator_id])


def of_row(row: sqlite3.Row) -> Annotator:
    """A person from a row of the table."""
    return rows.build(Annotator, row, languages=rows.texts(row["languages"]), keys=json.loads(row["keys"]))
