"""`buysignal scrape login`, `refresh`, `status` and `reparse`."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.store import StoreError, clock, raw_pages, refreshing, runs, tasks
from companion.store.tasks import Wanted
from scraper.commands import limits_of, need_tools, opened, run_options, scrape, start
from scraper.config import SITE, Limits, Settings
from scraper.order import Order
from scraper.process import standing
from scraper.refresh_plan import LATEST, due
from scraper.report import report_of
from scraper.report_text import as_json as report_json
from scraper.report_text import text_lines

_DRIFT_SHOWN = 10


@scrape.command("login", short_help="Log in to TikTok in the window that runs use.")
@workspace_option
def login(workspace: Path) -> None:
    """Open TikTok's login page in BuySignal's own browser profile, and wait until you close the window.

    Cookies stay in the folder browser-profile of your workspace, which only you can read. BuySignal never sees your password.
    """
    need_tools()
    from scraper import session
    from scraper.browser import BrowserMissingError, fresh_page, open_browser

    store = opened(workspace)
    session.ask_terms(store, Settings(), yes=False)

    async def wait() -> None:
        async with open_browser(store.workspace.root / "browser-profile", Settings()) as context:
            page = await fresh_page(context)
            await page.goto(f"{SITE}/login", wait_until="domcontentloaded")
            click.echo("Log in, then close the browser window.", err=True)
            await context.wait_for_event("close", timeout=0)

    with session.only_one(store):
        try:
            asyncio.run(wait())
        except BrowserMissingError as error:
            raise BadInputError(str(error)) from error
    click.echo("The profile is kept. Runs use it from now on.")


@scrape.command("refresh", short_help="Read the counters of stored videos again.")
@click.option("--videos", type=click.IntRange(1, 1000), default=Limits().day, show_default=True, help="Videos at most.")
@run_options
def refresh(videos: int, **options: Any) -> None:
    """Visit videos again 1 h, 6 h, 1 d, 3 d, 7 d and 30 d after they were first seen, to see how their counters grew.

    Only videos that are due are opened, those whose moment passes away soonest first.
    """
    now = clock.now_ms()
    with opened(options["workspace"]).reading() as connection:
        found = due(refreshing.watched(connection, "tiktok", now - LATEST, now), now)[:videos]
        unfinished = runs.resumable(connection, "refresh", ())
    if not found and (unfinished is None or options["fresh"]):
        click.echo(json.dumps({"due": 0}) if options["as_json"] else "No video is due.")
        return
    start(
        Order("refresh", (), options["headless"]),
        [Wanted("refresh", one.video_id, one.handle) for one in found],
        limits_of(options),
        options,
    )


@scrape.command("status", short_help="How runs stand.")
@click.argument("run", required=False)
@json_option
@workspace_option
def status(run: str | None, as_json: bool, workspace: Path) -> None:
    """Print the report of a run (the latest where none is named), and the list of runs."""
    store = opened(workspace)
    now_at_work = standing(store.workspace)
    with store.reading() as connection:
        known = runs.listed(connection)
        chosen = runs.find(connection, run) if run else (known[0] if known else None)
        if run and chosen is None:
            raise BadInputError(f"there is no run {run!r}; `buysignal scrape status` lists them")
        if chosen is None:
            click.echo(json.dumps({"runs": []}) if as_json else "No run yet. Begin with: buysignal scrape tag unboxing")
            return
        report = report_of(chosen, tasks.of_run(connection, chosen.id), clock.now_ms(), alive=now_at_work.works_on(chosen.id))
    if as_json:
        click.echo(json.dumps({**report_json(report), "runs": [one.id for one in known]}))
        return
    click.echo("\n".join(text_lines(report)))
    if not run and len(known) > 1:
        click.echo("\nEarlier runs (buysignal scrape status ID):")
        for one in known[1:10]:
            click.echo(f"  {one.id}  {one.state:<9} {one.kind} {' '.join(one.targets)[:60]}")


@scrape.command("reparse", short_help="Read the stored raw pages again.")
@json_option
@workspace_option
def reparse_pages(as_json: bool, workspace: Path) -> None:
    """Read every stored page again with today's readers. Nothing is asked of TikTok.

    Use it after an update of BuySignal when a run said that TikTok's pages seem to have changed.
    """
    from companion.reparse import reparse

    store = opened(workspace)
    try:
        with store.reading() as connection:
            total = raw_pages.count(connection)
        with Progress(console=Console(stderr=True), disable=as_json, transient=True) as bar:
            task = bar.add_task("Reading", total=total)
            done = reparse(store, lambda pages: bar.update(task, completed=pages))
    except (StoreError, sqlite3.Error) as error:
        raise BadInputError(f"{error}; what was read so far stays, run it again") from error
    if as_json:
        click.echo(json.dumps({"pages": done.pages, "rows": done.rows, "new": done.new, "lost": done.lost, "drift": dict(done.drift)}))
        return
    click.echo(f"{done.pages:,} pages, {done.rows:,} rows read again; {done.new:,} of them new, {done.lost:,} without an id.")
    for words, times in done.drift.most_common(_DRIFT_SHOWN):
        click.echo(f"  {times:,} x {words}")
