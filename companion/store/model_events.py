"""Which model was in use since when: an append-only history, so that going back is always possible."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from companion.store import clock, rows

Action = Literal["use", "promote", "rollback"]


@dataclass(frozen=True)
class ModelEvent:
    """At `at` (ms UTC) `model` came into use; "promote" after a training, "use" by hand, "rollback" back to what was before."""

    at: int
    action: Action
    model: str
    reason: str = ""


_COLUMNS = rows.columns(ModelEvent)


def record(connection: sqlite3.Connection, action: Action, model: str, reason: str = "") -> None:
    """Put `model` into use from now on."""
    connection.execute(f"INSERT INTO model_event ({_COLUMNS}) VALUES (?, ?, ?, ?)", [clock.now_ms(), action, model, reason])


def history(connection: sqlite3.Connection) -> list[ModelEvent]:
    """Every event, oldest first."""
    return [rows.build(ModelEvent, row) for row in connection.execute(f"SELECT {_COLUMNS} FROM model_event ORDER BY seq")]


def active(connection: sqlite3.Connection) -> str | None:
    """The model in use; None while it is the shipped one because nothing else was ever chosen."""
    row = connection.execute("SELECT model FROM model_event ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row["model"]) if row else None


def before(connection: sqlite3.Connection, first: str) -> str | None:
    """The model that a rollback goes to: the one in use before the present one; None where there is none.

    `first` is the model that was in use before the first event.
    """
    stack = [first]
    for event in history(connection):
        if event.action == "rollback":
            stack.pop()
        if stack[-1:] != [event.model]:
            stack.append(event.model)
    return stack[-2] if len(stack) > 1 else None
