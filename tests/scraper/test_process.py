"""A run as a process of its own: one at a time, stopped by SIGINT, told apart from one that never began."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from companion.store import Store, runs
from companion.store.file_lock import exclusive
from scraper import process
from scraper.order import Order
from scraper.process import AlreadyCollectingError, NoScreenError
from tests.scraper.conftest import Script

ORDER = Order("tag", ("unboxing",))


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def states(store: Store) -> list[str]:
    with store.reading() as connection:
        return [run.state for run in runs.listed(connection)]


def told_at(store: Store) -> int:
    with store.reading() as connection:
        return max((run.updated_at for run in runs.listed(connection)), default=0)


def test_a_run_starts_lives_on_its_own_and_ends(store: Store, script: Script) -> None:
    assert not process.standing(store.workspace).busy
    process.start(store.workspace, Order("tag", ("unboxing", "amazonfinds"), videos=5))
    until(lambda: states(store) == ["finished"])
    until(lambda: not process.standing(store.workspace, told_at(store)).busy)
    assert process.standing(store.workspace, told_at(store)).failure == ""
    asked = json.loads((store.workspace.root / "asked.json").read_text())
    assert asked[:2] == ["scrape", "tag"]
    assert asked[-5:] == ["--videos", "5", "--", "unboxing", "amazonfinds"]
    assert (process.logs(store.workspace) / process.OUTPUT).stat().st_mode & 0o777 == 0o600


def test_it_is_busy_before_there_is_a_run_and_told_by_its_lock_afterwards(store: Store, script: Script) -> None:
    script(quiet=1, lasts=30)
    started = process.start(store.workspace, ORDER)
    assert process.standing(store.workspace) == process.Standing(busy=True, pid=started.pid)
    until(lambda: process.standing(store.workspace).run_id.startswith("run-"))
    found = process.standing(store.workspace)
    assert found.pid == started.pid
    assert found.works_on(found.run_id)
    assert not found.works_on("another")
    assert process.stop(store.workspace)


def test_stop_lets_it_checkpoint_and_the_same_order_goes_on_with_it(store: Store, script: Script) -> None:
    script(lasts=30)
    started = process.start(store.workspace, ORDER)
    until(lambda: bool(process.standing(store.workspace).run_id))
    assert process.stop(store.workspace)
    assert started.wait(5) == 75
    assert states(store) == ["paused"]
    script()
    process.start(store.workspace, ORDER)
    until(lambda: states(store) == ["finished"])


def test_only_one_at_a_time_whoever_started_the_other(store: Store, script: Script) -> None:
    script(lasts=30)
    process.start(store.workspace, ORDER)
    with pytest.raises(AlreadyCollectingError):
        process.start(store.workspace, Order("tag", ("other",)))
    until(lambda: bool(process.standing(store.workspace).run_id))
    assert process.stop(store.workspace)
    until(lambda: not process.standing(store.workspace, told_at(store)).busy)
    with exclusive(process.lock_path(store.workspace), content="not ours"), pytest.raises(AlreadyCollectingError):
        process.start(store.workspace, ORDER)


def test_one_of_a_terminal_is_stopped_too(store: Store, script: Script) -> None:
    script(lasts=30)
    outside = subprocess.Popen([sys.executable, *process.COMMAND, "scrape", "tag", "--workspace", str(store.workspace.root), "--", "x"])
    until(lambda: process.standing(store.workspace).pid == outside.pid)
    threading.Thread(target=outside.wait).start()
    assert process.stop(store.workspace)
    until(lambda: states(store) == ["paused"])


def test_many_clicks_start_one(store: Store, script: Script) -> None:
    script(lasts=30)
    started = []

    def click() -> None:
        with suppress(AlreadyCollectingError):
            started.append(process.start(store.workspace, ORDER))

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(started) == 1
    until(lambda: bool(process.standing(store.workspace).run_id))
    assert process.stop(store.workspace)


def test_one_that_ends_before_it_has_a_run_has_failed_with_its_last_line(store: Store, script: Script) -> None:
    script(says="first\nError: no Chromium was found\n", status=2)
    process.start(store.workspace, ORDER).wait(10)
    until(lambda: not process.standing(store.workspace).busy)
    assert process.standing(store.workspace).failure == "Error: no Chromium was found"


def test_a_window_needs_a_screen(store: Store, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NoScreenError):
        process.start(store.workspace, ORDER)
    script(status=0)
    process.start(store.workspace, Order("tag", ("unboxing",), headless=True)).wait(10)
    assert "--headless" in json.loads((store.workspace.root / "asked.json").read_text())


@pytest.mark.parametrize("content", ["", "?", "[]", '{"pid": null}', '{"pid": 1}', '{"pid": 0}', '{"pid": -1}', '{"pid": "-7"}'])
def test_a_lock_that_names_no_process_is_busy_and_signals_nobody(store: Store, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    signalled: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *given: signalled.append(given))  # -1 would mean every process there is
    with exclusive(process.lock_path(store.workspace), content=content):
        found = process.standing(store.workspace)
        assert (found.busy, found.pid) == (True, None)
        assert not process.stop(store.workspace)
    assert signalled == []


def test_the_command_line_hears_ctrl_c_even_as_a_deaf_child(tmp_path: Path) -> None:
    deaf = "import signal, subprocess, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.exit(subprocess.call(sys.argv[1:]))"
    ready = tmp_path / "ready"
    probe = (
        "import runpy, sys, time, companion.cli, pathlib\n"
        f"companion.cli.main = lambda **_: (pathlib.Path({str(ready)!r}).touch(), time.sleep(30))\n"
        "runpy.run_module('scraper', run_name='__main__')\n"
    )
    child = subprocess.Popen([sys.executable, "-c", deaf, sys.executable, "-c", probe], start_new_session=True, stderr=subprocess.PIPE)
    until(ready.exists)
    os.killpg(child.pid, signal.SIGINT)
    assert b"KeyboardInterrupt" in child.communicate(timeout=10)[1]
