"""Starting and stopping a training as a process of its own: one at a time, living on when the companion stops."""

from __future__ import annotations

import fcntl
import os
import signal
import threading

from companion import own_process, training_progress
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


class AlreadyTrainingError(RuntimeError):
    """A training of this workspace is under way."""


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
        process = own_process.spawn([*COMMAND, "--workspace", str(workspace.root.absolute())], folder / LOG, lock)
        own_process.note_begun(folder / _BEGUN, own_process.Begun(process.pid, at))
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
    told, begun = training_progress.read(workspace.trainings), own_process.read_begun(workspace.trainings / _BEGUN)
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
        message="" if young else own_process.last_line(workspace.trainings / LOG),
    )
