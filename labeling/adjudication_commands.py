"""`buysignal label adjudicate`: what waits for a decision."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError

CUT = 100
"""Characters of a comment on a line."""


@click.group(short_help="What people answered differently.")
def adjudicate() -> None:
    """Comments that people answered differently. Deciding is done in the dashboard, under Label, Disagreements."""


@adjudicate.command("list")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many to list.")
@json_option
@workspace_option
def list_waiting(most: int, as_json: bool, workspace: Path) -> None:
    """What waits for a decision, the most urgent first, without names."""
    try:
        if not Workspace(workspace).database.exists():
            raise BadInputError(f"workspace {workspace} holds nothing yet")
        waiting = _waiting(open_store(workspace))
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error) as error:
        raise BadInputError(str(error)) from error
    if as_json:
        click.echo(json.dumps({"waiting": len(waiting), "comments": waiting[:most]}, ensure_ascii=False))
        return
    say(f"{count_of(len(waiting), 'comment')} waiting")
    for one in waiting[:most]:
        text = " ".join(one["text"].split())
        say(f"  {'/'.join('-' if grade is None else str(grade) for grade in one['grades'])}  {text[:CUT]}  ({', '.join(one['reasons'])})")


def _waiting(store: Store) -> list[dict[str, Any]]:
    from companion.registry import Registry
    from companion.store import label_answers
    from labeling import adjudication

    entries = Registry(store).entries()
    model = next((entry.id for entry in entries if entry.active), entries[0].id)
    with store.reading() as connection:
        found = adjudication.queue(connection, label_answers.given(connection, shared=True), model)
    return [
        {
            "id": one.item,
            "text": one.answers[0].text,
            "grades": sorted((answer.grade for answer in one.answers), key=lambda grade: grade or 0),
            "reasons": list(one.reasons),
            "priority": round(one.priority, 3),
        }
        for one in found
    ]
