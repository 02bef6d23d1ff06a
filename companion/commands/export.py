"""`buysignal export`: what is stored as a file for other programs."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import IO

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError

WHAT = ("comments", "videos", "labels", "creators", "hashtags", "products", "leads")
FORMATS = ("csv", "jsonl", "parquet", "xlsx")
_BINARY = ("parquet", "xlsx")


@click.command("export", short_help="Write comments, videos, labels and more to a file.")
@click.argument("what", type=click.Choice(WHAT))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="csv", show_default=True, help="How the file is written.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the terminal.")
@click.option("--bom", is_flag=True, help="Begin the CSV with a byte order mark, without which Excel misreads letters beyond ASCII.")
@click.option("--model", "model_name", help="Use this model's grades (see `buysignal models list`) instead of those of the one in use.")
@json_option
@workspace_option
def export(what: str, kind: str, out: Path | None, bom: bool, model_name: str | None, as_json: bool, workspace: Path) -> None:
    """Write everything of one kind, one row each, always in the same order.

    \b
    comments  with grade, p_high, signal and sentiment of the model in use, and
              the latest grade that a person gave; writers as pseudonyms only
    videos    with their latest counters and whether they are organic
    labels    the last word of everybody who labelled a comment; `buysignal
              import` takes the file in again
    creators  public accounts behind the videos, with the share of comments
              close to buying: organic videos, the first 20 comments of each
    hashtags  with the videos and comments seen under them, and the share of
              comments close to buying, counted as for creators
    products  named or linked under organic videos, with the same share
    leads     comments close to buying, without their words; a link can
              identify the person who wrote the comment

    Times are UTC (2026-01-31T18:30:00.000Z), unknown values empty. A cell that a spreadsheet would run as a formula is made plain text.
    The file appears when it is whole. Invented sample data is left out.
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    if out is None and (kind in _BINARY or as_json):
        raise BadInputError(
            f"a {kind} file cannot be shown in the terminal; add --out FILE" if kind in _BINARY else "--json needs --out FILE"
        )
    if bom and kind != "csv":
        raise BadInputError(f"--bom is for csv; {kind} is read right without it")
    try:
        if not Workspace(workspace).database.exists():
            raise BadInputError(f"workspace {workspace} holds nothing yet")
        store = open_store(workspace)
        model = _model_id(store, model_name)
        if what == "leads":
            _show_grades(store, model)
        count = _write(store, what, kind, model, out, bom)
    except BrokenPipeError:
        raise  # whoever read the other end has enough
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error, OSError) as error:
        raise BadInputError(f"nothing was written: {error}") from error
    if not count and _only_sample(store):
        click.echo(f"0 {what}: the workspace holds only the invented sample, which is left out. Collect or import some first.", err=True)
    if as_json:
        click.echo(json.dumps({"what": what, "format": kind, "rows": count, "file": str(out), "model": model}))
    elif out is not None:
        click.echo(f"{out}: {count:,} {what}")
        if what == "leads":
            from companion.leads import WARNING

            click.echo(WARNING, err=True)


def _only_sample(store: Store) -> bool:
    from companion.store import sample

    with store.reading() as connection:
        return sample.present(connection) and not sample.others(connection)


def _model_id(store: Store, name: str | None) -> str:
    from companion.registry import Registry, UnknownModelError

    registry = Registry(store)
    try:
        return registry.find(name or registry.active_name()).id
    except UnknownModelError as error:
        raise BadInputError(str(error)) from error


def _show_grades(store: Store, model: str) -> None:
    """Have the lists that leads are taken from show the grades of the model in use."""
    from companion import grading

    if model != _model_id(store, None):
        raise BadInputError(f"leads are those of the model in use; put {model} into use with `buysignal models use` first")
    while grading.show_grades(store, model):
        pass


def _write(store: Store, what: str, kind: str, model: str, out: Path | None, bom: bool) -> int:
    from companion.exporting.files import whole_file

    if out is None:
        stream: IO[bytes] = sys.stdout.buffer
        return _rows_to(stream, store, what, kind, model, bom)
    with whole_file(out) as stream:
        return _rows_to(stream, store, what, kind, model, bom)


def _rows_to(stream: IO[bytes], store: Store, what: str, kind: str, model: str, bom: bool) -> int:
    from companion.exporting.tables import TABLES
    from companion.exporting.writers import WRITERS
    from companion.store import exported

    table = TABLES[what]
    with store.reading() as connection, exported.snapshot(connection):
        return WRITERS[kind](stream, table.columns, table.rows(connection, model), what, bom)
