"""Starting and stopping a run as a process of its own: one at a time, living on when the companion stops."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from companion import own_process, training_progress
from companion.store import clock
from companion.store.file_lock import holder
from companion.store.workspace import Workspace
from scraper.order import Order

COMMAND = ("-m", "scraper")
"""What Python runs; the order's arguments and `--workspace` are added."""

LOCK = "scrape.lock"
"""Held by a run while it is at work, whoever started it."""

OTHER = "-"
"""In place of a run's id while something else holds the window, such as `buysignal scrape login`."""

OUTPUT = "scrape-output.log"
_PAGE_LOCK = "scrape-page.lock"  # runs started here: it closes the gap until the run holds the lock above
_BEGUN = "scrape-begun.json"

_GRACE_SECONDS = 3.0
"""A run that is told to stop ends after the step under way."""


class AlreadyCollectingError(RuntimeError):
    """A run of this workspace is under way."""


class NoScreenError(RuntimeError):
    """The browser window has nowhere to open."""


@dataclass(frozen=True)
class Standing:
    """The run process of a workspace.

    Attributes:
        busy: whether a run is under way.
        pid: its process, None where that is not known.
        run_id: its run, "" before it told, OTHER where it works on none.
        failure: the last line of a process that ended before it had a run, "" otherwise.
        failed_at: when that one was started (ms UTC).
    """

    busy: bool = False
    pid: int | None = None
    run_id: str = ""
    failure: str = ""
    failed_at: int = 0

    def works_on(self, run_id: str) -> bool:
        """Whether this process is at work on that run; one that told nothing may be on any."""
        return self.busy and self.run_id in ("", run_id)


def lock_path(workspace: Workspace) -> Path:
    """The lock file of runs."""
    return workspace.root / LOCK


def lock_content(run_id: str) -> str:
    """What a run writes into the lock file, so that others know whom to stop."""
    return json.dumps({"pid": os.getpid(), "run": run_id})


def logs(workspace: Workspace) -> Path:
    """The folder of logs."""
    return workspace.logs


def has_screen() -> bool:
    """Whether a window can open here."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(workspace: Workspace, order: Order) -> subprocess.Popen[bytes]:
    """Start a run, or go on with a paused one of the same kind and targets. Its output goes to `logs/scrape-output.log`.

    Raises:
        AlreadyCollectingError: one is under way.
        NoScreenError: it wants a window, and there is no screen.
    """
    if not (order.headless or has_screen()):
        raise NoScreenError
    folder = logs(workspace)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / _PAGE_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if holder(lock_path(workspace)) is not None:
            raise AlreadyCollectingError
        (folder / _BEGUN).unlink(missing_ok=True)  # its number may belong to another program by now
        at = clock.now_ms()
        kind, *rest = order.arguments()[1:]
        arguments = [*COMMAND, "scrape", kind, "--workspace", str(workspace.root.absolute()), *rest]
        process = own_process.spawn(arguments, folder / OUTPUT, lock)
        own_process.note_begun(folder / _BEGUN, own_process.Begun(process.pid, at))
    except BlockingIOError as error:
        raise AlreadyCollectingError from error
    finally:
        os.close(lock)  # the run inherited it: the kernel frees it when the run ends, however it ends
    threading.Thread(target=process.wait, name="scrape", daemon=True).start()  # so that it leaves no zombie
    return process


def stop(workspace: Workspace) -> bool:
    """Ask the run under way to checkpoint and end; whether it has. One whose process is not known is left alone."""
    found = standing(workspace)
    pid = found.pid
    if not found.busy:
        return True
    if pid is None or pid == os.getpid() or not training_progress.is_alive(pid):
        return False
    try:
        os.kill(pid, signal.SIGINT)
    except ProcessLookupError:
        return True
    return training_progress.ended(pid, _GRACE_SECONDS)


def standing(workspace: Workspace, told_at: int = 0) -> Standing:
    """What runs now. `told_at` is when any run was last heard of (ms UTC): a process that ended after that is no failure."""
    content, begun = holder(lock_path(workspace)), own_process.read_begun(logs(workspace) / _BEGUN)
    alive = begun is not None and training_progress.is_alive(begun.pid) and _held(logs(workspace) / _PAGE_LOCK)
    if content is not None:
        pid, run_id = _holder(content)
        return Standing(busy=True, pid=pid or (begun.pid if begun and alive else None), run_id=run_id)
    if begun is None:
        return Standing()
    if alive:
        return Standing(busy=True, pid=begun.pid)
    if told_at >= begun.at:
        return Standing()
    return Standing(failure=own_process.last_line(logs(workspace) / OUTPUT) or "it ended without a word", failed_at=begun.at)


def _holder(content: str) -> tuple[int | None, str]:
    """Process and run that a lock file names. Numbers up to 1 are no process of ours: to `kill` they mean groups, or all."""
    try:
        told = json.loads(content)
        pid = int(told["pid"])
        return pid if pid > 1 else None, str(told.get("run", "")) or OTHER
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, ""


def _held(path: Path) -> bool:
    return holder(path) is not None
