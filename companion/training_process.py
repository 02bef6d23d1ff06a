"""Starting and stopping a training as a process of its own: one at a time, living on when the companion stops."""

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

from companion import training_progress
from companion.store import clock
from companion.store.workspace import Workspace
from companion.training_progress import SILENCE_MS, Progress

COMMAND = ("-m", "companion", "train", "--from-labels")
"""What Python runs; `--workspace` is added."""

STARTING = "starting"
"""The stage before the trainer's first word: loading its libraries takes some seconds."""

LOG = "train.log"
_LOCK = "page.lock"  # trainings started here; the trainer has a lock of its own
_BEGUN = "begun.json"

_GRACE_SECONDS = 3.0
"""A trainer told to stop ends at once or after the step under way."""

_LAST_BYTES = 4096


class AlreadyTrainingError(RuntimeError):
    """A training of this workspace is under way."""


@dataclass(frozen=True)
class _Begun:
    """The process that was started here last, and when (ms UTC)."""

    pid: int
    at: int


def start(workspace: Workspace) -> None:
    """Start a training, or go on with one that was stopped. Its output goes to `trainings/train.log`.

    Raises:
        AlreadyTrainingError: one is running.
    """
    folder = workspace.trainings
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        known = current(workspace)
        if known and known.state == "running":
            raise AlreadyTrainingError
        at = clock.now_ms()
        process = _spawn(workspace, lock)
        _write_private(folder / _BEGUN, json.dumps({"pid": process.pid, "at": at}).encode())
    except BlockingIOError as error:
        raise AlreadyTrainingError from error
    finally:
        os.close(lock)  # the trainer inherited it: the kernel frees it when the trainer ends, however it ends
    threading.Thread(target=process.wait, name="training", daemon=True).start()  # so that it leaves no zombie


def stop(workspace: Workspace) -> bool:
    """Ask the running training to end; whether it has. What it did so far is kept, and `start` goes on from there."""
    known = current(workspace)
    if known is None or known.state != "running" or known.pid == os.getpid():
        return True
    try:
        os.kill(known.pid, signal.SIGTERM)
    except ProcessLookupError:
        return True
    gone = training_progress.ended(known.pid, _GRACE_SECONDS)
    if gone and known.stage == STARTING:
        (workspace.trainings / _BEGUN).unlink(missing_ok=True)  # it did nothing yet, so there is nothing to tell
    return gone


def current(workspace: Workspace) -> Progress | None:
    """The latest training as it stands now; None where none was ever started."""
    now = clock.now_ms()
    told, begun = training_progress.read(workspace.trainings), _begun(workspace.trainings)
    if told and (begun is None or told.updated_at >= begun.at):
        return training_progress.standing(told, now)
    if begun is None:
        return None
    young = training_progress.is_alive(begun.pid) and now - begun.at <= SILENCE_MS
    return Progress(
        run="",
        pid=begun.pid,
        state="running" if young else "failed",
        stage=STARTING,
        step=0,
        steps=0,
        seconds_left=None,
        started_at=begun.at,
        updated_at=begun.at,
        message="" if young else _last_line(workspace.trainings / LOG),
    )


def _spawn(workspace: Workspace, lock: int) -> subprocess.Popen[bytes]:
    log = os.open(workspace.trainings / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, *COMMAND, "--workspace", str(workspace.root.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C in the companion's terminal is not meant for it
            pass_fds=(lock,),
        )
    finally:
        os.close(log)


def _begun(folder: Path) -> _Begun | None:
    try:
        return _Begun(**json.loads((folder / _BEGUN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _last_line(log: Path) -> str:
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - _LAST_BYTES))
            lines = stream.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _write_private(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    draft.replace(path)
