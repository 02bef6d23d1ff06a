"""`buysignal evaluate`: how well the model grades comments that somebody else graded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from companion.commands.chosen_model import chosen_model, model_option
from companion.commands.lines import parse_line
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.intent import SENTIMENTS, SIGNALS, Item

if TYPE_CHECKING:
    from companion.intent.metrics import Metrics

Row = dict[str, Any]


@click.command("evaluate", short_help="Measure the model on graded comments.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@model_option
@workspace_option
@json_option
def evaluate(file: Path, model_name: str | None, workspace: Path, as_json: bool) -> None:
    """Compare the model with the grades in FILE.

    FILE holds one comment a line: {"id", "text", "grade": 1-10} and, where known, "context", "signal", "sentiment",
    "source", "lang". One wrong line stops the command before anything is measured.
    """
    from companion.intent.metrics import measure  # scikit-learn takes a second, which `--help` need not wait for

    rows, items = _read(file)
    model = chosen_model(workspace, model_name)
    predictions = model.read(items)
    model.close()
    tables: dict[str, Metrics] = {}
    for title, mask in _parts(rows):
        chosen = [i for i, row in enumerate(rows) if mask(row)]
        tables[title] = measure(
            [rows[i]["grade"] for i in chosen],
            [rows[i].get("signal", "") for i in chosen],
            [rows[i].get("sentiment", "") for i in chosen],
            [predictions[i] for i in chosen],
        )
    if as_json:
        click.echo(json.dumps({"model": model.id, "parts": tables}))
    else:
        _show(model.id, tables)


def _read(file: Path) -> tuple[list[Row], list[Item]]:
    rows: list[Row] = []
    items: list[Item] = []
    with file.open(encoding="utf-8", errors="replace") as stream:
        for number, text in enumerate(stream, 1):
            if not text.strip():
                continue
            line = parse_line(number, text)
            if line.item is None:
                raise BadInputError(f"{file.name} line {number}: {line.error}")
            row: Row = json.loads(text)
            _check(row, f"{file.name} line {number}")
            rows.append(row)
            items.append(line.item)
    if not rows:
        raise BadInputError(f"{file.name} holds no comment")
    return rows, items


def _check(row: Row, place: str) -> None:
    grade = row.get("grade")
    if isinstance(grade, bool) or grade not in range(1, 11):
        raise BadInputError(f'{place}: "grade" is {json.dumps(grade)}; it must be a whole number from 1 to 10')
    for key, allowed in (("signal", SIGNALS), ("sentiment", SENTIMENTS)):
        if row.get(key, "") not in ("", *allowed):
            raise BadInputError(f'{place}: "{key}" is {json.dumps(row[key])}; use one of {", ".join(allowed)}')


def _parts(rows: list[Row]) -> Iterator[tuple[str, Callable[[Row], bool]]]:
    yield "all", lambda _: True
    for key in ("source", "lang"):
        for value in sorted({str(row[key]) for row in rows if row.get(key)}):
            yield f"{key} {value}", lambda row, key=key, value=value: str(row.get(key)) == value  # type: ignore[misc]


def _show(model: str, tables: dict[str, Metrics]) -> None:
    names = list(next(iter(tables.values())))
    table = Table("", *names, title=f"Model {model}", title_justify="left", box=None)
    for title, metrics in tables.items():
        table.add_row(title, *("-" if metrics[name] is None else str(metrics[name]) for name in names))
    Console(width=220).print(table)
