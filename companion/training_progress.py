"""How a training stands: one small file that the trainer replaces and the dashboard reads. Needs no training tools."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from companion.store import clock

FILE = "progress.json"

STAGES = ("cleaning", "fine-tuning", "lexical leg", "exporting", "comparing")
"""In the order in which a training goes through them."""

SILENCE_MS = 2 * clock.MINUTE
"""A trainer that wrote nothing for so long is taken for dead; it writes every few seconds."""

State = Literal["running", "done", "failed", "stopped"]
Verdict = Literal["better", "not better", "cannot tell yet"]


@dataclass(frozen=True)
class DataSetCounts:
    """What the training learns from.

    Attributes:
        id: the data set version.
        lines: comments learned from, the user's among them.
        own: the user's among `lines`.
        blind: the user's labels kept aside to check.
        removed: comments left out by the cleaning, by reason.
    """

    id: str
    lines: int
    own: int
    blind: int
    removed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ModelName:
    """A model by its name in the registry and the id that it gives itself."""

    name: str
    id: str


@dataclass(frozen=True)
class Compared:
    """One measure of both models on one set of `n` comments; None where it is undefined there."""

    set: str
    n: int
    measure: str
    live: float | None
    candidate: float | None


@dataclass(frozen=True)
class Result:
    """How a finished training ended. `reason` is one plain sentence."""

    candidate: ModelName
    live: ModelName
    verdict: Verdict
    promoted: bool
    reason: str = ""
    rows: list[Compared] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """A training as its trainer last described it.

    Attributes:
        run: name of the run; the same after it was resumed.
        pid: the trainer's process.
        stage: one of STAGES.
        step, steps: how far this stage is; `steps` is 0 while that is not known.
        seconds_left: until the end of the training; None while not known.
        started_at, updated_at: ms UTC.
        message: why it failed.
    """

    run: str
    pid: int
    state: State
    stage: str
    step: int
    steps: int
    seconds_left: float | None
    started_at: int
    updated_at: int
    message: str = ""
    dataset: DataSetCounts | None = None
    result: Result | None = None


_FORM: TypeAdapter[Progress] = TypeAdapter(Progress)


def write(folder: Path, progress: Progress) -> None:
    """Replace the file below `folder` (made where it is missing) so that a reader sees the old or the new, never a part."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{FILE}.{os.getpid()}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(_FORM.dump_json(progress))
    draft.replace(folder / FILE)


def read(folder: Path) -> Progress | None:
    """What the trainer wrote last; None where there is nothing readable."""
    try:
        return _FORM.validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        return None


def standing(progress: Progress, now_ms: int) -> Progress:
    """The same, "stopped" where it says "running" but its process is gone or silent."""
    if progress.state != "running":
        return progress
    alive = is_alive(progress.pid) and now_ms - progress.updated_at <= SILENCE_MS
    return progress if alive else replace(progress, state="stopped", seconds_left=None)


def is_alive(pid: int) -> bool:
    """Whether a process of this id exists."""
    if pid <= 1:  # 0 and negative numbers mean groups of processes, 1 is never a trainer
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return False  # somebody else's: the id was given out again
    return True


def ended(pid: int, within_seconds: float) -> bool:
    """Wait for a process to end; whether it did in time."""
    until = time.monotonic() + within_seconds
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
