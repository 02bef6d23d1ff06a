"""The thread that grades stored comments in the background: new ones, and all of them after another model came into use."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from companion import grading
from companion.api.gate import InferenceGate
from companion.intent import IntentModel
from companion.live_model import LiveModel
from companion.store import Store, StoreError, predictions, unread
from companion.store.unread import Place, Unread

LOOK_SECONDS = 2.0
"""How soon a new comment is noticed."""

SWEEP_SECONDS = 600.0
"""All comments are looked through again after so long, in case something slipped by: 0.2 s at 100,000."""

YIELD_SECONDS = 1.0
"""One comment is read after so long even while requests keep coming, so that the work ends some day."""

BUSY_TIMEOUT_MS = 100
"""Nobody waits for this work, so it gives way to other writers soon and stops promptly."""

ORPHANS = 1_000
"""Predictions of vanished comments deleted in one write."""

_log = logging.getLogger("buysignal")


@dataclass
class _Sweep:
    """One look through all comments for one model: where it has come to, and when it was through."""

    model: str = ""
    below: Place | None = None
    begun: bool = False
    read: bool = False
    through_at: float | None = None

    def over(self, model: str) -> bool:
        """Whether a new sweep is due."""
        late = self.through_at is not None and time.monotonic() - self.through_at > SWEEP_SECONDS
        return self.model != model or late


class BackgroundGrader:
    """Grades what the model in use has not read, one comment at a time and only while no request is inside the gate."""

    def __init__(self, store: Store, live: LiveModel, gate: InferenceGate) -> None:
        self._store, self._live, self._gate = replace(store, busy_timeout_ms=BUSY_TIMEOUT_MS), live, gate
        self._stop, self._woken = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._sweep = _Sweep()
        self._failed: defaultdict[str, dict[Place, Unread]] = defaultdict(dict)
        self._in_trouble = False

    def start(self) -> None:
        """Begin, until `close`."""
        self._thread = threading.Thread(target=self._work, name="background-grader", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at once: another model came into use, or comments were stored."""
        self._woken.set()

    def close(self) -> None:
        """Stop within a second; what was read so far is stored. To be closed before the model."""
        self._stop.set()
        self._woken.set()
        if self._thread:
            self._thread.join()
        self._store.close()

    def given_up(self, model: str) -> int:
        """How many comments `model` failed to read since the companion started; they are not tried again."""
        return len(self._failed[model])

    def _work(self) -> None:
        while not self._stop.is_set():
            self._woken.clear()
            if not self._tried():
                self._woken.wait(LOOK_SECONDS)

    def _tried(self) -> bool:
        """One step; False when there is nothing to do, or no use in trying again at once."""
        try:
            more = self._step(self._live.current)
        except (StoreError, sqlite3.Error) as error:
            self._report(str(error))
        except Exception as error:  # a thread that dies would leave comments without grades in silence
            self._report(type(error).__name__)  # never its message, which may hold a comment
        else:
            self._in_trouble = False
            return more
        return False

    def _report(self, what: str) -> None:
        self._sweep = _Sweep()  # what was under way may be unread still
        if not self._in_trouble:
            _log.warning("comments wait for their grades (%s); trying again every %g seconds", what, LOOK_SECONDS)
        self._in_trouble = True

    def _step(self, model: IntentModel) -> bool:
        """Grade one batch, comments without keys first; False when everything is read."""
        if self._sweep.over(model.id):
            self._sweep = _Sweep(model.id)
        if not self._sweep.begun:
            grading.drop_outdated_keys(self._store)
            self._sweep.begun = True
        if grading.show_grades(self._store, model.id):
            return True
        if fresh := grading.add_keys(self._store):
            with self._store.reading() as connection:
                waiting = unread.among(connection, model.id, fresh)
            self._grade(model, waiting)
            return True
        return self._sweep.through_at is None and self._sweep_on(model)

    def _sweep_on(self, model: IntentModel) -> bool:
        sweep = self._sweep
        if not sweep.read:
            with self._store.reading() as connection:
                waiting = unread.below(connection, model.id, sweep.below, grading.BATCH)
            self._grade(model, waiting)
            sweep.below = waiting[-1].place if waiting else sweep.below
            sweep.read = len(waiting) < grading.BATCH
            return True
        if self._forget_orphans():
            return True
        sweep.through_at = time.monotonic()
        return False

    def _grade(self, model: IntentModel, waiting: Sequence[Unread]) -> None:
        failed = self._failed[model.id]
        said = grading.ask(model, [comment for comment in waiting if failed.get(comment.place) != comment], self._go)
        failed.update({comment.place: comment for comment in said.failed})
        grading.keep(self._store, said)

    def _forget_orphans(self) -> bool:
        """Delete some predictions of comments that are stored no longer; whether there were any."""
        with self._store.reading() as connection:
            found = predictions.orphans(connection, ORPHANS)
        if found:
            with self._store.writing() as connection:
                predictions.forget(connection, found)
        return bool(found)

    def _go(self) -> bool:
        """Let requests go first, though not for ever; False when it is time to stop."""
        patience = time.monotonic() + YIELD_SECONDS
        while not self._stop.is_set() and time.monotonic() < patience:
            if self._gate.quiet(0.1):
                break
        return not self._stop.is_set()
