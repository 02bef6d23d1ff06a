"""Comments and videos from files into the workspace: recognised and checked as a whole, then taken in, or not at all."""

from __future__ import annotations

import json
import sqlite3
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from companion.commands.options import BAD_INPUT, BadInputError
from companion.commands.saying import count_of, say
from companion.importing.pieces import Count
from companion.importing.recognising import WORDS, Kind
from companion.importing.taking import Checked, New, Plan, check, take_in
from companion.label_files import Problem
from companion.store import SchemaTooNewError, StoreError, open_store
from companion.store.workspace import WorkspaceError
from companion.table_files import BadFileError

_TROUBLE = (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error, BadFileError)


def import_collected(files: tuple[Path, ...], kind: Kind | None, workspace: Path, dry_run: bool, as_json: bool) -> None:
    """Read everything, say what was recognised, store.

    Raises:
        BadInputError: the workspace cannot be used, or could not be written to the end.
        SystemExit: status 2, after a report of the wrong lines.
    """
    plan = check(files, kind)
    if not as_json:
        _show(plan)
    new = None
    if not plan.wrong and not dry_run:
        new = _store(plan, workspace, quiet=as_json)
    if as_json:
        click.echo(json.dumps(_summary(plan, new, dry_run)))
    if plan.wrong:
        _report(plan)
        sys.exit(BAD_INPUT)
    if not as_json:
        say("Nothing was written (--dry-run)." if new is None else _news(new))


def _store(plan: Plan, workspace: Path, quiet: bool) -> New:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = _total(plan.count)
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as progress:
            task = progress.add_task("Taking in", total=total)
            return take_in(open_store(workspace), plan, lambda count: progress.advance(task, _total(count)))
    except _TROUBLE as error:
        raise BadInputError(
            f"not everything was imported: {error}; import the same files again to go on, what is there already stays"
        ) from error


def _show(plan: Plan) -> None:
    for file in plan.files:
        what = WORDS[file.kind] if file.kind else "not recognised"
        say(f"{file.file}: {what}{_holding(file)}")
        if file.columns:
            say(f"  columns: {', '.join(_column(meaning, column) for meaning, column in file.columns.items())}")
        if file.ignored:
            say(f"  not used: {', '.join(file.ignored)}")
    if not plan.wrong:
        say(f"Recognised: {_counts(plan.count)}")


def _holding(file: Checked) -> str:
    return f", {_counts(file.count)}" if _total(file.count) else ""


def _column(meaning: str, column: str) -> str:
    """A column with what it was taken for.

    >>> _column("likes", "likes"), _column("likes", "diggCount")
    ('likes', 'likes from "diggCount"')
    """
    return meaning if meaning == column else f'{meaning} from "{column}"'


def _counts(count: Count) -> str:
    parts = ((count.videos, "video", "videos"), (count.comments, "comment", "comments"), (count.replies, "reply", "replies"))
    return ", ".join(count_of(number, one, many) for number, one, many in parts if number) or "nothing"


def _news(new: New) -> str:
    return f"New: {_counts(new.count)}. What was there already is up to date." + (
        f" {count_of(new.lost, 'row')} had no id and could not be kept." if new.lost else ""
    )


def _summary(plan: Plan, new: New | None, dry_run: bool) -> dict[str, Any]:
    files = [
        {"file": file.file, "kind": file.kind, "columns": file.columns, "ignored": list(file.ignored), **asdict(file.count)}
        for file in plan.files
    ]
    return {
        "dry_run": dry_run,
        "files": files,
        **asdict(plan.count),
        "new": asdict(new.count) if new else None,
        "odd": new.odd if new else 0,
        "lost": new.lost if new else 0,
        "problems": [{**asdict(problem.place), "message": problem.message} for problem in plan.problems],
        "further_problems": plan.wrong - len(plan.problems),
    }


def _report(plan: Plan) -> None:
    problems: list[Problem] = plan.problems
    for problem in problems:
        say(str(problem), err=True)
    if plan.wrong > len(problems):
        say(f"and {plan.wrong - len(problems):,} more", err=True)
    say(f"{count_of(plan.wrong, 'wrong line')}; nothing was imported from any file. Mend them and import again.", err=True)


def _total(count: Count) -> int:
    return count.videos + count.comments + count.replies
