"""`buysignal shop encoders`: the encoders that the shop may search with, which is in use, and going back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.opened import opened_store
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.progress_bar import progress_bar
from companion.commands.saying import printable

if TYPE_CHECKING:
    from companion.shop_encoders import Encoders, Entry


@click.group("encoders", short_help="List the search's encoders, choose one, go back.")
def encoders() -> None:
    """The shipped encoder and those tuned in this workspace. A running companion takes a choice over on its next search."""


@encoders.command("list")
@json_option
@workspace_option
def list_encoders(as_json: bool, workspace: Path) -> None:
    """List all encoders; * marks the one in use."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    entries = _encoders(workspace).entries()
    if as_json:
        click.echo(json.dumps([_plain(entry) for entry in entries]))
        return
    table = Table("", "name", "tuned", "questions", "verdict", box=None)
    for entry in entries:
        said, questions = entry.manifest, entry.manifest.get("questions")
        learned = questions.get("lessons", "") if isinstance(questions, dict) else ""
        cells = (entry.name, said.get("trained", ""), learned, said.get("verdict", ""))
        table.add_row("*" if entry.active else "", *(Text(printable(str(cell))) for cell in cells))
    Console().print(table)


@encoders.command("use")
@click.argument("name")
@json_option
@workspace_option
def use(name: str, as_json: bool, workspace: Path) -> None:
    """Put the encoder NAME into use and read the catalogue with it; `shipped` came with BuySignal."""
    _changed(workspace, lambda known: known.use(name), as_json)


@encoders.command("rollback")
@json_option
@workspace_option
def rollback(as_json: bool, workspace: Path) -> None:
    """Go back to the encoder that was in use before."""
    _changed(workspace, lambda known: known.rollback(), as_json)


def _encoders(workspace: Path) -> Encoders:
    from companion.shop_encoders import Encoders

    return Encoders(opened_store(workspace))


def _changed(workspace: Path, action: Callable[[Encoders], Entry], as_json: bool) -> None:
    """Change it and bring the index up to date, so that no search waits for that."""
    from companion.shop_encoders import BadEncoderError, UnknownEncoderError
    from companion.shop_index import open_shop

    known = _encoders(workspace)
    try:
        entry = action(known)
        encoder = known.load(entry.name)
    except (UnknownEncoderError, BadEncoderError) as error:
        raise BadInputError(str(error)) from error
    with progress_bar("Reading product texts", as_json) as moved:
        open_shop(opened_store(workspace), encoder, moved)
    encoder.close()
    click.echo(json.dumps({**_plain(entry), "active": True}) if as_json else f"{entry.name} is in use.")


def _plain(entry: Entry) -> dict[str, Any]:
    return {**entry.manifest, "name": entry.name, "active": entry.active, "folder": str(entry.folder)}
