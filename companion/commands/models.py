"""`buysignal models`: the models of this workspace, which is in use, and going back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.registry import BadModelError, Entry, Registry, UnknownModelError
from companion.store import SchemaTooNewError, StoreError, open_store
from companion.store.workspace import WorkspaceError


@click.group("models", short_help="List models, choose one, go back.")
def models() -> None:
    """The shipped model and those trained in this workspace. A running companion takes a choice over within seconds."""


@models.command("list")
@json_option
@workspace_option
def list_models(as_json: bool, workspace: Path) -> None:
    """List all models; * marks the one in use."""
    entries = _registry(workspace).entries()
    if as_json:
        click.echo(json.dumps([_plain(entry) for entry in entries]))
        return
    table = Table("", "name", "model", "trained", "F1", "measured on", box=None)
    for entry in entries:
        measured, figures = _measured(entry)
        table.add_row("*" if entry.active else "", entry.name, entry.id, entry.trained, _figure(figures.get("f1_high")), measured)
    Console().print(table)


@models.command("show")
@click.argument("name", default="")
@json_option
@workspace_option
def show(name: str, as_json: bool, workspace: Path) -> None:
    """Show the card of the model NAME (of the one in use without a NAME)."""
    registry = _registry(workspace)
    entry = _find(registry, name or registry.active_name())
    if as_json:
        click.echo(json.dumps({**_plain(entry), "card": entry.card}))
        return
    card = entry.folder / "MODEL_CARD.md"
    click.echo(card.read_text(encoding="utf-8") if card.is_file() else f"{entry.id} brought no model card.")


@models.command("use")
@click.argument("name")
@json_option
@workspace_option
def use(name: str, as_json: bool, workspace: Path) -> None:
    """Put the model NAME into use; `shipped` and `multilingual` came with BuySignal."""
    _changed(_try(lambda: _registry(workspace).use(name)), as_json)


@models.command("rollback")
@json_option
@workspace_option
def rollback(as_json: bool, workspace: Path) -> None:
    """Go back to the model that was in use before."""
    _changed(_try(lambda: _registry(workspace).rollback()), as_json)


def _registry(workspace: Path) -> Registry:
    try:
        return Registry(open_store(workspace))
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error


def _find(registry: Registry, name: str) -> Entry:
    return _try(lambda: registry.find(name))


def _try(action: Any) -> Entry:
    try:
        entry: Entry = action()
    except (UnknownModelError, BadModelError) as error:
        raise BadInputError(str(error)) from error
    return entry


def _changed(entry: Entry, as_json: bool) -> None:
    click.echo(json.dumps({**_plain(entry), "active": True}) if as_json else f"{entry.id} ({entry.name}) is in use.")


def _plain(entry: Entry) -> dict[str, Any]:
    return {"name": entry.name, "id": entry.id, "active": entry.active, "trained": entry.trained, "folder": str(entry.folder)}


def _measured(entry: Entry) -> tuple[str, dict[str, Any]]:
    """What the card's leading figures were measured on, and the figures."""
    for title, key in (("real comments", "real_comments"), ("exam", "exam"), ("held-out seed", "held_out")):
        found = entry.card.get(key)
        if isinstance(found, dict):
            return title, found.get("all", found)
    return "", {}


def _figure(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, int | float) else "-"
