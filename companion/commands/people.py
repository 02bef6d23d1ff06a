"""`buysignal forget` and `buysignal retention`: leaving people out, and not keeping more than is needed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.retention import RAW_DAYS, expire
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError

_TROUBLE = (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error)


@click.command("forget", short_help="Delete a person's data for good.")
@click.option("--user", metavar="NAME", help="A commenter: handle or numeric id.")
@click.option(
    "--creator",
    metavar="NAME",
    help="A creator: handle, id, or name; with every video, what stands under it, and what they wrote elsewhere.",
)
@click.option("--copies", is_flag=True, help="Delete backups and data sets too that may hold it.")
@json_option
@workspace_option
def forget(user: str | None, creator: str | None, copies: bool, as_json: bool, workspace: Path) -> None:
    """Delete what is stored of a person, and drop what comes of them later.

    Comments go with their labels, their grades and their entries in raw pages, and so do labels of answers that quote them; the
    file is rebuilt so that nothing can be read from what is left. Backups and data sets are not touched without --copies; the
    answer names them.
    """
    if (user is None) == (creator is None):
        raise BadInputError("name one person: --user NAME or --creator NAME")
    from companion.forget import forget_commenter, forget_creator, is_creator, plain_name

    name = plain_name((user if user is not None else creator) or "")
    if not name:
        raise BadInputError("the name is empty; write a handle such as @mia.tests, or a numeric id")
    is_handle = not any(char.isspace() or char in "@/" for char in name)
    try:
        store = _opened(workspace)
        if not (is_handle or (user is None and is_creator(store, name))):
            raise BadInputError(f'"{name}" is no handle and no numeric id; write the handle such as @mia.tests, not the name that is shown')
        gone = (forget_commenter if user is not None else forget_creator)(store, name, remove_copies=copies)
        also_creator = user is not None and is_creator(store, name)
    except _TROUBLE as error:
        raise BadInputError(str(error)) from error
    if as_json:
        paths = [str(path) for path in gone.copies]
        click.echo(json.dumps({**vars(gone), "copies": paths, "copies_removed": copies, "is_creator_too": also_creator}))
        return
    click.echo(f"Deleted: {gone.comments:,} comments, {gone.videos:,} videos; {gone.pages:,} raw pages were cleaned.")
    click.echo("Whatever comes of this person later is dropped.")
    if also_creator:
        click.echo("A creator of this name is stored too; to delete the creator and the videos: buysignal forget --creator NAME")
    for path in gone.copies:
        click.echo(f"{'Deleted' if copies else 'May still hold it (delete with --copies)'}: {path}")


@click.command("retention", short_help="Delete what is past its time.")
@click.option("--raw-days", type=click.IntRange(0, 36500), default=RAW_DAYS, show_default=True, help="Days that raw pages are kept.")
@json_option
@workspace_option
def retention(raw_days: int, as_json: bool, workspace: Path) -> None:
    """Delete raw pages older than --raw-days, and comments and videos whose run set a time that is over (--keep-days).

    Comments that you labelled stay. Raw pages of a run are not kept longer than its comments. `buysignal serve` does this once a day.
    """
    try:
        gone = expire(_opened(workspace), raw_days)
    except _TROUBLE as error:
        raise BadInputError(str(error)) from error
    found = f"Deleted: {gone.comments:,} comments, {gone.videos:,} videos, {gone.raw_pages:,} raw pages."
    click.echo(json.dumps(asdict(gone)) if as_json else found)


def _opened(workspace: Path) -> Store:
    if not Workspace(workspace).database.exists():
        raise BadInputError(f"workspace {workspace} holds nothing yet; choose yours with --workspace")
    return open_store(workspace)
