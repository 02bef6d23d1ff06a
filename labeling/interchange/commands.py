"""`buysignal label export`: what people said about comments, as a file for other labeling tools."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError
from labeling.interchange.annotation import Annotation, from_row

NAMES = ("csv", "jsonl", "parquet", "label-studio", "label-studio-min", "doccano", "prodigy")
_WITH_CONFIG = "label-studio"


@click.command("export", short_help="Write labels to a file, also for other labeling tools.")
@click.argument("kind", metavar="FORMAT", type=click.Choice(NAMES))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to write.")
@click.option("--bom", is_flag=True, help="Begin the CSV with a byte order mark, without which Excel misreads letters beyond ASCII.")
@click.option("--names", is_flag=True, help="Annotators by the names they have here, instead of pseudonyms.")
@json_option
@workspace_option
def export(kind: str, out: Path, bom: bool, names: bool, as_json: bool, workspace: Path) -> None:
    """Write the last word of everybody who labelled a comment, one answer each, always in the same order.

    \b
    csv, jsonl, parquet  our own columns
    label-studio         tasks with annotations, to import there; the file beside
                         it that ends in .config.xml is the labeling interface
    label-studio-min     one answer a record, as JSON_MIN is exported there
    doccano              labels such as "signal:price", for text classification
    prodigy              accepted choices, for `prodigy db-in`

    `buysignal import` takes each of them in again: answers that nobody changed are the same labels, changed ones are new.
    Annotators go by pseudonyms that only this workspace can make. Invented sample data is left out.
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    if bom and kind != "csv":
        raise BadInputError(f"--bom is for csv; {kind} is read right without it")
    config = out.with_name(f"{out.stem}.config.xml") if kind == _WITH_CONFIG else None
    try:
        if not Workspace(workspace).database.exists():
            raise BadInputError(f"workspace {workspace} holds nothing yet")
        count = _write(open_store(workspace), kind, out, bom, names)
        if config is not None:
            _write_config(config)
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error, OSError) as error:
        raise BadInputError(f"nothing was written: {error}") from error
    if as_json:
        click.echo(json.dumps({"format": kind, "labels": count, "file": str(out), "config": config and str(config)}))
        return
    click.echo(f"{out}: {count_of(count, 'label')}")
    if config is not None:
        click.echo(f"{config}: paste it into Label Studio under Settings, Labeling interface, before you import the tasks")


def _write(store: Store, kind: str, out: Path, bom: bool, names: bool) -> int:
    from companion.exporting.files import whole_file
    from companion.store import exported
    from labeling.interchange.formats import FORMATS
    from labeling.interchange.writing import table

    write = partial(table.write, "csv", bom=True) if bom else FORMATS[kind]
    with whole_file(out) as stream, store.reading() as connection, exported.snapshot(connection):
        return write(stream, _annotations(store, connection, names))


def _annotations(store: Store, connection: sqlite3.Connection, names: bool) -> Iterator[Annotation]:
    from companion.store import exported

    known: dict[str, str] = {}

    def called(annotator: str) -> str:
        if annotator not in known:
            known[annotator] = annotator if names else pseudonym(store.workspace, annotator)
        return known[annotator]

    for row in exported.label_votes(connection):
        yield from_row(row, called)


def pseudonym(workspace: Workspace, annotator: str) -> str:
    """Stands in for an annotator outside of this workspace."""
    return f"annotator-{workspace.pseudonym(f'annotator {annotator}')[:8]}"


def _write_config(path: Path) -> None:
    from companion.exporting.files import whole_file
    from labeling.interchange.writing.label_studio_config import config

    with whole_file(path) as stream:
        stream.write(config().encode())
