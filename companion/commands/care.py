"""`buysignal doctor`, `backup` and `restore`: care of the data."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from companion.commands.options import BAD_INPUT, BadInputError, json_option, workspace_option
from companion.commands.saying import count_of
from companion.store import SchemaTooNewError, StoreError, Workspace, open_store
from companion.store import backup as copies
from companion.store.doctor import Finding, examine
from companion.store.workspace import WorkspaceError

_MARKS = {"ok": ("ok", "green"), "warn": ("look", "yellow"), "fail": ("broken", "red")}


@click.command("doctor", short_help="Check the workspace and the model.")
@json_option
@workspace_option
def doctor(as_json: bool, workspace: Path) -> None:
    """Check database, disk, backups and model; each line says what mends it. Status 2 when something is broken."""
    findings = list(examine(Workspace(workspace), _load_model))
    if as_json:
        click.echo(json.dumps({"checks": [asdict(finding) for finding in findings]}))
    else:
        _show(findings)
    if any(finding.status == "fail" for finding in findings):
        sys.exit(BAD_INPUT)


@click.command("backup", short_help="Copy the database to a safe file.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder for the copy [default: backups/ in the workspace]."
)
@click.option("--keep", type=click.IntRange(1), default=copies.KEEP, show_default=True, help="Copies to keep; older ones are deleted.")
@json_option
@workspace_option
def backup(folder: Path | None, keep: int, as_json: bool, workspace: Path) -> None:
    """Copy the database while it may be in use, open the copy and check it. The workspace key is not in it."""
    try:
        target = copies.backup(open_store(workspace).workspace, folder, keep)
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error
    size = target.stat().st_size
    click.echo(json.dumps({"file": str(target), "bytes": size}) if as_json else f"{target} ({size / 1024 / 1024:.1f} MB, checked)")


@click.command("restore", short_help="Bring back a backup.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@workspace_option
def restore(file: Path, as_json: bool, workspace: Path) -> None:
    """Make FILE the database again. The companion must be stopped; what stands there now is kept beside it.

    Browsers that were disconnected since stay so, accounts keep their present password and role, and people who asked to be left
    out stay out.
    """
    from companion.forget import forget_again
    from companion.serve import CannotServeError, offline

    folder = Workspace(workspace)
    try:
        folder.prepare()
        with offline(workspace):
            aside = copies.restore(folder, file)
            gone = forget_again(open_store(workspace))
    except (StoreError, SchemaTooNewError, WorkspaceError, CannotServeError) as error:
        raise BadInputError(str(error)) from error
    left_out = {"comments": gone.comments, "videos": gone.videos}
    if as_json:
        click.echo(json.dumps({"restored": str(file), "kept": str(aside) if aside else None, "left_out": left_out}))
        return
    click.echo(f"{file} is in use again" + (f"; the database before it is kept as {aside}" if aside else ""))
    if any(left_out.values()):
        told = f"{count_of(gone.comments, 'comment')} and {count_of(gone.videos, 'video')}"
        click.echo(f"Left out again, as their makers asked since: {told}. The backup itself may hold them still.")


def _load_model() -> str:
    from companion.intent import load_model

    model = load_model()
    model.close()
    return model.id


def _show(findings: list[Finding]) -> None:
    table = Table(box=None, show_header=False)
    for finding in findings:
        word, colour = _MARKS[finding.status]
        table.add_row(Text(word, style=colour), Text(finding.name), Text(finding.detail + (f"\n→ {finding.mend}" if finding.mend else "")))
    Console().print(table)
