"""`buysignal scrape schedule`: runs that come by themselves."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.dashboard.words import count, local_time
from companion.store import SchemaTooNewError, Store, StoreError, clock, open_store, schedules
from companion.store.schedules import Schedule
from companion.store.workspace import WorkspaceError
from scraper import plan, slots
from scraper.commands import need_tools
from scraper.order import KINDS, BadOrderError, order_of
from scraper.slots import BadTimeError


@click.group("schedule", short_help="Runs that come by themselves.")
def schedule() -> None:
    """Runs that come by themselves while `buysignal serve` or `buysignal scrape schedule run` is at work.

    One account, one window: they come one after the other. A slot that was missed comes once at the next start.
    """


@schedule.command("add", short_help="Add one.")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("targets", nargs=-1, metavar="NAME...")
@click.option("--every", type=click.Choice(("day", "week")), default="day", show_default=True, help="How often.")
@click.option("--on", "weekday", default="", metavar="WEEKDAY", help="The day of a weekly one; today's without it.")
@click.option("--at", "time", required=True, metavar="HH:MM", help="Time of day on this computer's clock.")
@click.option("--headless", is_flag=True, help="Without a window; meant for a replica.")
@json_option
@workspace_option
def add(kind: str, targets: tuple[str, ...], every: str, weekday: str, time: str, headless: bool, as_json: bool, workspace: Path) -> None:
    """Add a run of hashtags, creators, videos or `refresh`, for example: add tag unboxing --every day --at 10:00."""
    need_tools()
    try:
        order = order_of(kind, " ".join(targets), headless=headless)
        when = plan.timetable_of(every, time, weekday)
    except (BadOrderError, BadTimeError) as error:
        raise BadInputError(str(error)) from error
    store = _opened(workspace)
    one = _find(store, plan.add(store, order, when))
    if as_json:
        click.echo(json.dumps(_as_json(one)))
    else:
        click.echo(f"{one.id}: {order} comes {slots.in_words(when)}, next on {local_time(one.next_at)}.")
        click.echo("It comes while `buysignal serve` runs, or `buysignal scrape schedule run`.", err=True)


@schedule.command("list", short_help="List them.")
@json_option
@workspace_option
def list_all(as_json: bool, workspace: Path) -> None:
    """What comes when, the next one first. Times are this computer's; in JSON they are UTC."""
    with _opened(workspace).reading() as connection:
        found = schedules.listed(connection)
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found]))
        return
    if not found:
        click.echo("There is none. Add one: buysignal scrape schedule add tag unboxing --every day --at 10:00")
        return
    table = Table("id", "what", "when", "next", "last", "ended with", box=None)
    for one in found:
        what = " ".join((one.kind, *one.targets))
        ended = "" if one.last_at is None else "-" if one.last_status is None else str(one.last_status)
        table.add_row(str(one.id), what, slots.in_words(one.timetable), local_time(one.next_at), _moment(one.last_at), ended)
    Console(width=140, highlight=False).print(table)


@schedule.command("remove", short_help="Remove one.")
@click.argument("ident", metavar="ID", type=int)
@workspace_option
def remove(ident: int, workspace: Path) -> None:
    """Remove a schedule by its id. What it collected stays."""
    with _opened(workspace).writing() as connection:
        gone = schedules.remove(connection, ident)
    if not gone:
        raise BadInputError(f"there is no schedule {ident}; see `buysignal scrape schedule list`")
    click.echo(f"Schedule {ident} comes no more.")


@schedule.command("run", short_help="Start due runs until Ctrl+C.")
@workspace_option
def run(workspace: Path) -> None:
    """Start runs when they are due, without the dashboard. While `buysignal serve` does so already, this one waits to take over."""
    need_tools()
    from scraper.scheduler import Scheduler

    store = _opened(workspace)
    scheduler = Scheduler(store)
    scheduler.start()
    with store.reading() as connection:
        found = schedules.listed(connection)
    waits = "" if scheduler.works else " Another BuySignal serves them now; this one takes over when that ends."
    try:
        click.echo(f"{count(len(found), 'schedule')}; press Ctrl+C to end.{waits}")
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        scheduler.close()
    click.echo("The schedule rests. A run under way goes on by itself.")


def _opened(workspace: Path) -> Store:
    try:
        return open_store(workspace)
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error


def _find(store: Store, ident: int) -> Schedule:
    with store.reading() as connection:
        found = schedules.find(connection, ident)
    if found is None:
        raise BadInputError(f"schedule {ident} was removed meanwhile")
    return found


def _moment(ms: int | None) -> str:
    return "" if ms is None else local_time(ms)


def _as_json(one: Schedule) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "targets": list(one.targets),
        "every": "day" if one.weekday is None else "week",
        "on": None if one.weekday is None else slots.WEEKDAYS[one.weekday],
        "at": f"{one.minute // 60:02d}:{one.minute % 60:02d}",
        "next_at": clock.iso(one.next_at),
        "last_at": None if one.last_at is None else clock.iso(one.last_at),
        "last_status": one.last_status,
    }
