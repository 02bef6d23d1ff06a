"""`buysignal serve` and `buysignal scrape schedule run` as they stand on the command line: one of them serves the schedules."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from companion.store import Store, clock, schedules
from companion.store.file_lock import holder
from companion.store.schedules import Planned, Timetable
from tests.scraper.test_process import until


def begin(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "scraper", *arguments, "--workspace", str(workspace)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=30)
    return process.returncode, said, complained


def served_by(store: Store) -> str | None:
    return holder(store.workspace.root / "schedule.lock")


def test_the_companion_serves_schedules_and_lets_go_of_them_when_it_ends(store: Store) -> None:
    companion = begin(store.workspace.root, "serve", "--no-browser", "--port", "0")
    try:
        until(lambda: served_by(store) == str(companion.pid))
        other = begin(store.workspace.root, "scrape", "schedule", "run")
        assert other.stdout is not None
        assert "Another BuySignal serves them now" in other.stdout.readline()
        assert end(other)[0] == 0
    finally:
        code, said, complained = end(companion)
    assert (code, complained) == (0, "")
    assert "companion stopped" in said
    assert served_by(store) is None


def test_in_the_terminal_a_missed_slot_is_served_at_once(store: Store) -> None:
    now = clock.now_ms()
    with store.writing() as connection:
        ident = schedules.add(connection, Planned("tag", ("unboxing",), Timetable(0)), now - 3 * clock.DAY, now)
    terminal = begin(store.workspace.root, "scrape", "schedule", "run")

    def last_at() -> int | None:
        with store.reading() as connection:
            found = schedules.find(connection, ident)
        return found.last_at if found else None

    try:
        until(lambda: last_at() is not None)  # there is no screen here, which is noted instead of tried all day
        time.sleep(0.5)
    finally:
        code, said, _ = end(terminal)
    assert code == 0
    assert "1 schedule; press Ctrl+C to end." in said
    assert "The schedule rests." in said
