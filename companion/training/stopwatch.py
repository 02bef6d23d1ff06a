"""Keeps the progress of a training: where it is, how long it will take, and how it ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from companion import training_progress
from companion.store import clock
from companion.training_progress import DataSetCounts, Progress, Result

WRITE_SECONDS = 1.0
"""Time between two writes within a stage."""

BEAT_SECONDS = 20.0
"""A sign of life at least so often: stages without steps may take minutes."""

AFTERWARDS_SECONDS = 60.0
"""What comes after the fine-tuning: lexical leg, export and comparison."""


class Stopwatch:
    """A context: a body that ends by an exception leaves a progress that says so."""

    def __init__(self, folder: Path, show: Callable[[Progress], None]) -> None:
        now = clock.now_ms()
        self._folder, self._show = folder, show
        self._progress = Progress("", os.getpid(), "running", "cleaning", 0, 0, None, now, now)
        self._written = 0.0
        self._first: tuple[float, int] | None = None
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="stopwatch", daemon=True)

    def __enter__(self) -> Stopwatch:
        self._heart.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        self._ended.set()
        self._heart.join()
        if kind is None:
            return
        stopped = issubclass(kind, KeyboardInterrupt | SystemExit)
        self._change(state="stopped" if stopped else "failed", message="" if stopped else str(error), seconds_left=None)

    def data(self, run: str, counts: DataSetCounts) -> None:
        """Name the run and what it learns from."""
        self._change(run=run, dataset=counts)

    def stage(self, name: str, steps: int = 0) -> None:
        """Begin a stage of so many steps (0 where it has none)."""
        self._first = None
        self._change(stage=name, step=0, steps=steps, seconds_left=None)

    def at(self, step: int) -> None:
        """The stage has come so far; the time left is told from the speed since its first report."""
        now = time.monotonic()
        if self._first is None:
            self._first = (now, step)
        if now - self._written < WRITE_SECONDS and step < self._progress.steps:
            return
        begun, first = self._first
        left = (now - begun) / (step - first) * (self._progress.steps - step) + AFTERWARDS_SECONDS if step > first else None
        self._change(step=step, seconds_left=left)

    def finish(self, result: Result) -> None:
        """It ended well."""
        self._change(state="done", seconds_left=0.0, result=result)

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            self._change()

    def _change(self, **changes: object) -> None:
        with self._lock:
            self._progress = replace(self._progress, **changes, updated_at=clock.now_ms())  # type: ignore[arg-type]
            self._written = time.monotonic()
            training_progress.write(self._folder, self._progress)
            self._show(self._progress)
