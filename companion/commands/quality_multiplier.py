"""`buysignal quality multiplier`: how each subject is to be weighed, and a budget split by it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.quality_stored import opened
from companion.commands.saying import say

if TYPE_CHECKING:
    from companion.budget import Part, Standing

_OUT = click.Path(path_type=Path, dir_okay=False)


@click.command("multiplier", short_help="Weigh subjects by what people find good, and split a budget by it.")
@click.option("--budget", type=click.FloatRange(min=0, min_open=True), help="Split this among creators with demand.")
@click.option("--currency", default="", help="What the budget is in, for the file.")
@click.option("--over-time", type=_OUT, help="Write the multiplier of each subject, week by week, here (CSV).")
@click.option("--out", type=_OUT, help="Write the split here (CSV); needs --budget.")
@json_option
@workspace_option
def multiplier_command(
    budget: float | None, currency: str, over_time: Path | None, out: Path | None, as_json: bool, workspace: Path
) -> None:
    """Say the multiplier of each subject, and split a budget by demand and multiplier.

    Which videos are good is taught by people who labelled videos 0 to 2 in the labeling tool; without enough such labels there is no
    multiplier, and what is missing is said. The split goes to the creators of the shortlist with demand, else to those with the most.
    """
    from companion import creator_demand
    from companion.budget import HOW, standing, suggest
    from companion.budget_tables import COURSE_HEADER, SPLIT_HEADER, course_cells, split_cells
    from companion.store import clock

    if out and budget is None:
        raise BadInputError("--out writes the split of a budget; add --budget AMOUNT")
    with opened(workspace, "", "creator") as (store, model), store.reading() as connection:
        found = standing(connection, clock.now_ms())
        counted = creator_demand.count(connection, model) if budget is not None and not found.reason else {}
        parts = suggest(connection, budget, counted, found.now) if budget is not None and not found.reason else []
    if not found.reason:
        if over_time:
            _write(over_time, COURSE_HEADER, course_cells(found))
        if out:
            _write(out, SPLIT_HEADER, split_cells(parts, currency, model))
    if as_json:
        click.echo(json.dumps(_summary(found, parts)))
    elif found.reason:
        say(f"No multiplier: {found.reason}. {HOW}")
    else:
        _show(found, parts, currency)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[list[object]]) -> None:
    from companion.csv_cells import lines

    try:
        path.write_text("".join(lines(header, rows)), encoding="utf-8", newline="")
    except OSError as error:
        raise BadInputError(f"{path} cannot be written ({error.strerror})") from error


def _summary(found: Standing, parts: list[Part]) -> dict[str, object]:
    now = {name: {"value": round(one.value, 4), "high": one.high, "total": one.total, "seed": one.seed} for name, one in found.now.items()}
    split = [{"platform": one.platform, "creator": one.creator_id, "amount": one.amount, "by_followers": one.by_followers} for one in parts]
    return {"multipliers": now, "reason": found.reason, "labelled": found.labelled, "good": found.good, "auc": found.auc, "split": split}


def _show(found: Standing, parts: list[Part], currency: str) -> None:
    for name, one in sorted(found.now.items(), key=lambda pair: -pair[1].value):
        say(f"{name or 'not clear':<24} {one.value:.2f}  {one.high:,} of {one.total:,} videos good")
    for part in parts:
        alone = "followers not known" if part.by_followers is None else f"by followers alone {part.by_followers:,.2f}"
        say(f"{part.name:<24} {part.amount:,.2f} {currency}  ({alone})")
