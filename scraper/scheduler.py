"""Starts runs when they are due: one after the other, each late slot once.

APScheduler counts the time. Missed slots of one schedule become one run (`coalesce`), however late (`misfire_grace_time`
None), and one worker thread means that no run starts before the last has ended. What is due stands in the workspace's
database, so schedules outlive a restart and other processes can change them.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from companion.store import Store, StoreError, clock, schedules
from companion.store.file_lock import AlreadyLockedError, exclusive
from companion.store.schedules import Schedule
from scraper import process, slots
from scraper.extra import SCRAPE
from scraper.order import KINDS, Order
from scraper.process import AlreadyCollectingError, NoScreenError

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

LOOK_SECONDS = 20.0
"""How often schedules are read anew. It also wakes the clock after the computer slept."""

AGAIN_SECONDS = 15.0
"""How often a due run looks whether the one under way has ended."""

NO_SCREEN = -1
"""Noted as the exit status of a run that found no screen for its window."""

_LOCK = "schedule.lock"
_log = logging.getLogger("buysignal")


class Scheduler:
    """Runs the workspace's schedules until it is closed. Of several (companion, terminal) one works, the others wait to take over."""

    def __init__(self, store: Store, look_seconds: float = LOOK_SECONDS) -> None:
        self._store = store
        self._look_seconds = look_seconds
        self._closing = threading.Event()
        self._executors: dict[str, Any] = {}
        self._held = ExitStack()
        self._holds = False
        self._clockwork: BackgroundScheduler | None = None

    @property
    def works(self) -> bool:
        """Whether this one starts the runs."""
        return self._holds

    def start(self) -> None:
        """Begin in threads of its own."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        self._executors = {"default": ThreadPoolExecutor(1), "look": ThreadPoolExecutor(1)}
        self._clockwork = BackgroundScheduler(
            executors=self._executors,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=slots.local_zone(),
        )
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a due run that waits for another is no warning
        self._look()
        self._clockwork.add_job(self._look, "interval", seconds=self._look_seconds, id="look", executor="look")
        self._clockwork.start()

    def close(self) -> None:
        """Stop starting runs; harmless the second time. A run under way goes on by itself."""
        self._closing.set()
        if self._clockwork is not None and self._clockwork.running:
            self._clockwork.shutdown(wait=False)  # waiting, it would keep a lock that a look under way needs to end
            for executor in self._executors.values():
                executor.shutdown(wait=True)
        self._held.close()
        self._holds = False

    def _look(self) -> None:
        """Bring the clockwork's jobs in line with the stored schedules."""
        if self._closing.is_set() or self._clockwork is None or not self._take_lock():
            return
        try:
            with self._store.reading() as connection:
                stored = {str(one.id): one for one in schedules.listed(connection)}
        except StoreError as error:
            _log.error("schedules cannot be read (%s)", error)
            return
        known = {job.id for job in self._clockwork.get_jobs()} - {"look"}
        for gone in known - stored.keys():
            self._clockwork.remove_job(gone)
        for ident in stored.keys() - known:
            one = stored[ident]
            first = datetime.fromtimestamp(one.next_at / clock.SECOND, UTC)  # in the past where a slot was missed
            self._clockwork.add_job(self._serve, slots.trigger(one.timetable), args=[one.id], id=ident, next_run_time=first)

    def _take_lock(self) -> bool:
        if not self._holds:
            try:
                self._held.enter_context(exclusive(self._store.workspace.root / _LOCK, wait=False, content=str(os.getpid())))
            except AlreadyLockedError:
                return False
            self._holds = True
        return True

    def _serve(self, schedule_id: int) -> None:
        """One due slot: waits for the run under way, then starts its own and follows it to the end."""
        while not self._closing.is_set():
            with self._store.reading() as connection:
                one = schedules.find(connection, schedule_id)
            if one is None or one.next_at > clock.now_ms():
                return  # removed meanwhile, or served by another scheduler
            try:
                started = self._start(one)
            except AlreadyCollectingError:
                self._closing.wait(AGAIN_SECONDS)
                continue
            self._follow(one, started)
            return

    def _start(self, one: Schedule) -> subprocess.Popen[bytes] | None:
        """Start the run and note that the slot is served; None where it cannot start at all."""
        kind = next((known for known in KINDS if known == one.kind), None)
        try:
            started = process.start(self._store.workspace, Order(kind, one.targets, one.headless)) if kind else None
        except NoScreenError:
            started = None
        now = clock.now_ms()
        with self._store.writing() as connection:
            schedules.take(connection, one.id, now, slots.next_at(one.timetable, now))
            if started is None:
                schedules.note_end(connection, one.id, NO_SCREEN)
        return started

    def _follow(self, one: Schedule, started: subprocess.Popen[bytes] | None) -> None:
        while started is not None and not self._closing.is_set():
            status = started.poll()
            if status is None:
                self._closing.wait(1)
                continue
            with self._store.writing() as connection:
                schedules.note_end(connection, one.id, status)
            return


def beside(store: Store) -> Scheduler | None:
    """For `buysignal serve`: a scheduler that runs beside it; None where the collecting tools are not installed."""
    if not SCRAPE.installed:
        return None
    scheduler = Scheduler(store)
    scheduler.start()
    return scheduler
