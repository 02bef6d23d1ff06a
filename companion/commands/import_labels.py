"""Labels from files into the workspace: recognised and checked as a whole, then stored in one transaction or not at all."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from companion.commands.options import BAD_INPUT, BadInputError
from companion.commands.saying import count_of, say
from companion.intent.language import language_of
from companion.intent.text import normalise
from companion.label_files import FoundLabels, Problem, read_label_files
from companion.label_formats import NOTHING_TOLD, Told
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, clock, labels, open_store
from companion.store.labels import LabelConflictError, LabelEvent
from companion.store.workspace import WorkspaceError

MAX_PROBLEMS = 50
"""Wrong lines that are shown; the others are counted."""

_TROUBLE = (StoreError, SchemaTooNewError, WorkspaceError, LabelConflictError, sqlite3.Error)


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    `kept` labels are stored already with another video or context, and stay as they are; `unanswered` lines hold marks alone, such as
    those of skipped comments, and make no label.
    """

    found: FoundLabels
    new: list[LabelEvent]
    stored: int
    kept: int
    problems: list[Problem]
    unanswered: int = 0


def import_labels(files: tuple[Path, ...], workspace: Path, dry_run: bool, as_json: bool, told: Told = NOTHING_TOLD) -> None:
    """Read, say what was recognised, store. `told` is about files of other tools.

    Raises:
        BadInputError: the workspace cannot be used, or took nothing.
        SystemExit: status 2, after a report of the wrong lines.
    """
    found = read_label_files(files, clock.now_ms(), told)
    try:
        plan = _plan(found, open_store(workspace) if Workspace(workspace).database.exists() else None)
        _show(plan, dry_run, as_json)
        if plan.problems:
            _report(plan.problems)
            sys.exit(BAD_INPUT)
        if not dry_run:
            _store(plan.new, workspace)
    except _TROUBLE as error:
        raise BadInputError(f"nothing was imported: {error}") from error
    if not as_json:
        click.echo("Nothing was written (--dry-run)." if dry_run else f"{count_of(len(plan.new), 'label')} imported.")


def _plan(found: FoundLabels, store: Store | None) -> Plan:
    """Compare with what is stored; a workspace that does not exist yet is not made for it."""
    answered = [(place, event) for place, event in found.labels if any((event.grade, event.signal, event.sentiment))]
    unanswered = len(found.labels) - len(answered)
    if store is None:
        return Plan(found, [event for _, event in answered], 0, 0, found.problems, unanswered)
    new, problems, stored, kept = [], list(found.problems), 0, 0
    with store.reading() as connection:
        for place, event in answered:
            before = labels.find(connection, event.uuid)
            if before is None:
                new.append(event)
            elif not labels.agree(before, event):
                problems.append(Problem(place, f'"uuid" {event.uuid} is stored already with another content; give this line a new one'))
            else:
                stored += 1
                kept += (before.video_id, before.context) != (event.video_id, event.context)
    return Plan(found, new, stored, kept, problems, unanswered)


def _store(events: list[LabelEvent], workspace: Path) -> None:
    with open_store(workspace).writing("labels") as connection:
        for event in events:
            labels.append(connection, event)


def _show(plan: Plan, dry_run: bool, as_json: bool) -> None:
    summary = _summary(plan)
    if as_json:
        click.echo(json.dumps({"kind": "labels", "dry_run": dry_run, **summary}))
        return
    for file in plan.found.files:
        counted = count_of(file.lines, "answer" if file.notes else "line")
        say(f"{file.file}: labels, {file.format or 'of no known format'}, {counted}")
        for note in file.notes or [f"columns: {', '.join(file.columns) or 'none that mean something here'}"]:
            say(f"  {note}")
        if file.ignored:
            say(f"  not used: {', '.join(file.ignored)}")
    parts = ", ".join(count_of(summary[f"{key}s"], key) for key in ("grade", "signal", "sentiment"))
    say(f"{count_of(summary['labels'], 'label')}: {parts}")
    say(f"Of {count_of(summary['comments'], 'comment')} from {count_of(summary['groups'], 'video or source', 'videos or sources')}")
    if summary["annotators"]:
        say(f"Annotators: {_counts(summary['annotators'])}")
    if summary["languages"]:
        say(f"Languages: {_counts(summary['languages'])}")
    kept = f" ({plan.kept:,} of them with another video or context, which stays as it was)" if plan.kept else ""
    say(f"New: {summary['new']:,}, already stored: {plan.stored:,}{kept}")
    if plan.unanswered:
        say(f"Left out: {count_of(plan.unanswered, 'line')} with marks but no answer, such as skipped comments")


def _summary(plan: Plan) -> dict[str, Any]:
    events = [event for _, event in plan.found.labels]
    return {
        "files": [asdict(file) for file in plan.found.files],
        "labels": len(events),
        "grades": sum(event.grade is not None for event in events),
        "signals": sum(event.signal is not None for event in events),
        "sentiments": sum(event.sentiment is not None for event in events),
        "comments": len({(event.platform, event.comment_id) for event in events}),
        "groups": len({(event.platform, event.video_id or event.comment_id) for event in events}),
        "annotators": _by_number(event.client_id for event in events if event.client_id),
        "languages": _by_number(language_of(normalise(event.text)) for event in events),
        "new": len(plan.new),
        "stored": plan.stored,
        "stored_otherwise": plan.kept,
        "unanswered": plan.unanswered,
        "problems": [{**asdict(problem.place), "message": problem.message} for problem in plan.problems[:MAX_PROBLEMS]],
        "further_problems": max(0, len(plan.problems) - MAX_PROBLEMS),
    }


def _report(problems: list[Problem]) -> None:
    for problem in problems[:MAX_PROBLEMS]:
        say(str(problem), err=True)
    if len(problems) > MAX_PROBLEMS:
        say(f"and {len(problems) - MAX_PROBLEMS:,} more", err=True)
    say(f"{count_of(len(problems), 'wrong line')}; nothing was imported from any file. Mend them and import again.", err=True)


def _by_number(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _counts(found: dict[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in found.items())
