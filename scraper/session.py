"""From an order to a finished run: checks, the lock, the log, the progress, and how it ended."""

from __future__ import annotations

import secrets
import signal
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

import click

from companion.commands.options import PAUSED, BadInputError
from companion.store import Store, StoreError, clock, runs, tasks
from companion.store.file_lock import AlreadyLockedError, exclusive
from companion.store.runs import Run, Standing
from companion.store.tasks import Task, Wanted
from scraper import night, terms
from scraper.browser import BrowserMissingError
from scraper.config import Settings
from scraper.cost import cost_of
from scraper.events import RunLog
from scraper.order import Order
from scraper.process import lock_content, lock_path, logs
from scraper.progress import Shown
from scraper.report import Report, report_of
from scraper.runner import LISTS, Runner, run_to_end


def ask_terms(store: Store, settings: Settings, yes: bool) -> None:
    """Show what TikTok's terms say, once; a replica has none.

    Raises:
        BadInputError: the answer was no, or nobody was there to ask.
    """
    if settings.replica or terms.accepted(store):
        return
    click.echo("\n".join(terms.TEXT), err=True)
    if not yes:
        if not sys.stdin.isatty():
            raise BadInputError("nothing was opened: read the lines above, then run this in a terminal and answer, or add --yes")
        if not click.confirm(terms.QUESTION, err=True):
            raise BadInputError("nothing was opened")
    terms.accept(store)


def plan(store: Store, order: Order, fresh: bool) -> tuple[str, bool]:
    """The id of the run to work on, and whether it is an unfinished one of the same kind and targets (`fresh`: never)."""
    with store.reading() as connection:
        old = None if fresh else runs.resumable(connection, order.kind, order.targets)
    return (old.id, True) if old else (f"{clock.stamp(clock.now_ms())}-{secrets.token_hex(2)}", False)


def begin(store: Store, run_id: str, order: Order, wanted: Sequence[Wanted], settings: Settings) -> Run:
    """Begin the run of this id, or take it up again. The caller holds `only_one`."""
    now = clock.now_ms()
    with store.writing() as connection:
        old = runs.find(connection, run_id)
        if old is not None:
            runs.note(connection, run_id, Standing("running"), now)
            tasks.add(connection, run_id, wanted)  # videos that became due meanwhile
            return old
        options = {"deep": settings.deep, "headless": settings.headless, **asdict(settings.limits)}
        run = Run(run_id, order.kind, order.targets, now, now, options, settings.keep_days)
        runs.start(connection, run)
        tasks.add(connection, run_id, wanted)
    return run


def work(store: Store, run: Run, settings: Settings, *, quiet: bool) -> Report:
    """Work on a run until it ends or pauses.

    Raises:
        BadInputError: no browser, or the database cannot be written; the run can be taken up again.
    """
    log = RunLog(logs(store.workspace) / f"scrape-{run.id}.jsonl")
    with Shown(quiet) as shown, _stopping() as stopped:
        shown.videos(*_progress(store, run))

        def tell(event: str, facts: dict[str, object]) -> None:
            if event != "page":
                log(event, facts)
            shown(event, facts)

        try:
            run_to_end(Runner(store, run, settings, tell, lambda: bool(stopped)))
        except (BrowserMissingError, StoreError, sqlite3.Error) as error:
            _pause(store, run, str(error))
            raise BadInputError(str(error)) from error
        except BaseException as error:
            _pause(store, run, f"it broke off ({type(error).__name__})")
            raise
    ended = report(store, run.id)
    night.tell(ended, clock.now_ms())
    return ended


@contextmanager
def only_one(store: Store, run_id: str = "") -> Iterator[None]:
    """Hold the lock: one account, one window.

    Raises:
        BadInputError: another run holds it.
    """
    try:
        with exclusive(lock_path(store.workspace), wait=False, content=lock_content(run_id)):
            yield
    except AlreadyLockedError:
        raise BadInputError("another run of this workspace is under way; wait for it, or stop it on the Collect page") from None


def report(store: Store, run_id: str) -> Report:
    """The report of a run that is not at work."""
    with store.reading() as connection:
        run = runs.find(connection, run_id)
        if run is None:
            raise BadInputError(f"there is no run {run_id!r}; see `buysignal scrape status`")
        return report_of(run, tasks.of_run(connection, run_id), clock.now_ms(), alive=False)


def say_cost(store: Store, run: Run, settings: Settings) -> None:
    """Print what the run costs, before it starts."""
    with store.reading() as connection:
        waiting = [task for task in tasks.of_run(connection, run.id) if task.state in {"open", "doing"}]
        opened = tasks.opened_since(connection, clock.midnight_ms())
    videos = sum(settings.limits.videos if task.kind in LISTS else 1 for task in waiting)
    click.echo(str(cost_of(settings, videos, opened)), err=True)


def leave(report: Report) -> None:
    """End the program with the status that the run's state asks for."""
    if report.run.state in {"paused", "running", "waiting"}:
        sys.exit(PAUSED)


def _progress(store: Store, run: Run) -> tuple[int, int]:
    with store.reading() as connection:
        found: list[Task] = [task for task in tasks.of_run(connection, run.id) if task.kind not in LISTS]
    return sum(task.state in {"done", "given up"} for task in found), len(found)


def _pause(store: Store, run: Run, reason: str) -> None:
    try:
        with store.writing() as connection:
            runs.note(connection, run.id, Standing("paused", "ok", reason), clock.now_ms())
    except (StoreError, sqlite3.Error):
        pass  # the store is what broke: the run is found "running" without a process, and taken up again all the same


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """Ctrl+C and SIGTERM ask the run to checkpoint and end; a second Ctrl+C ends it at once."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo("Stopping after the step under way; press Ctrl+C again to end at once.", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
