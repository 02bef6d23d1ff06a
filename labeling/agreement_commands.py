"""`buysignal label agreement`: how far people agree, as a table or as JSON."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError

if TYPE_CHECKING:
    from labeling.agreement_report import Report


@click.command(short_help="How far people agree, and how everybody is doing.")
@click.option("--task", default="", help="Of one task, by id [default: all tasks about comments].")
@json_option
@workspace_option
def agreement(task: str, as_json: bool, workspace: Path) -> None:
    """How far people agree on the same comments, in several measures because one misleads, and how everybody is doing.

    The dashboard shows the same with charts and explanations under Label, Agreement.
    """
    try:
        if not Workspace(workspace).database.exists():
            raise BadInputError(f"workspace {workspace} holds nothing yet")
        report, names, invented = _counted(open_store(workspace), task)
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error) as error:
        raise BadInputError(str(error)) from error
    if as_json:
        from labeling.agreement_files import plain_of

        click.echo(json.dumps(plain_of(report, names, invented), ensure_ascii=False))
        return
    _tell(report, names)


def _counted(store: Store, task: str) -> tuple[Report, dict[str, str], int]:
    from companion.store import label_answers, own_answers
    from labeling.agreement_counting import counted

    with store.reading() as connection:
        known = {one.id for one in label_answers.tasks(connection)}
        names = label_answers.names(connection)
        invented = 0 if task else own_answers.on_sample(connection)
    if task and task not in known:
        raise BadInputError(f'there is no task "{task}"; `buysignal label task list` shows those there are')
    return counted(store, task), names, invented


def _tell(report: Report, names: dict[str, str]) -> None:
    from labeling.agreement_words import MEASURES, between, reasons, written

    thing = "comment" if report.kind == "comment" else "video"
    say(f"{count_of(report.answers, 'answer')}; {count_of(report.everything.shared, thing)} answered by two people or more")
    shown = [one for one in MEASURES if report.kind == "comment" or not one.of_sides]
    for measure in shown:
        found = measure.of(report.everything)
        told = " ".join(part for part in (written(found, measure.kind), f"({between(found, measure.kind)})") if part != "()")
        say(f"  {measure.name:<44} {told:<26} {measure.verdict(found)}")
    for why in reasons(measure.of(report.everything) for measure in shown):
        say(f"  – {why}")
    for one in report.people:
        parts = [count_of(one.answers, "answer")]
        if one.bias.value is not None:
            parts.append(f"leans {written(one.bias, 'signed')}")
        if one.right.within_one.value is not None:
            parts.append(f"{written(one.right.within_one, 'share')} right on known answers")
        if one.pace.median_seconds is not None:
            parts.append(f"{one.pace.median_seconds:.1f} s an answer")
        if one.pace.hurried:
            parts.append("too fast")
        say(f"  {names.get(one.id, one.id)}: {', '.join(parts)}")
        for change in (one.over_time.bias, one.over_time.accuracy):
            if change:
                say(f"    {change.says}")
    if report.assisted:
        say(f"  {report.led.says}")
