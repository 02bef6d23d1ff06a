"""A bounded door to the model: a few inside, a few waiting, the rest told to come back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from companion.config import Limits
from companion.security.problems import RefusalError


class InferenceGate:
    """Keeps slow inference from taking every worker thread."""

    def __init__(self, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._patience = limits.inference_patience_s
        self._slots = threading.BoundedSemaphore(limits.inference_slots)
        self._places = threading.BoundedSemaphore(limits.inference_slots + limits.inference_waiting)
        self._present = 0
        self._left = threading.Condition()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Hold a slot for the body.

        Raises:
            RefusalError: 503 when too many wait already, or no slot came free in time.
        """
        if not self._places.acquire(blocking=False):
            raise _busy()
        self._count(1)
        try:
            if not self._slots.acquire(timeout=self._patience):
                raise _busy()
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._count(-1)
            self._places.release()

    def quiet(self, patience_s: float) -> bool:
        """Wait until no request is inside or before a slot, at most `patience_s`; whether that came.

        Work that nobody waits for asks this before each small step. It takes no slot, so it never makes a request wait for one.
        """
        with self._left:
            return self._left.wait_for(lambda: self._present == 0, patience_s)

    def _count(self, change: int) -> None:
        with self._left:
            self._present += change
            self._left.notify_all()


def _busy() -> RefusalError:
    return RefusalError(503, "busy", "BuySignal is busy with other comments; try again in a moment.", retry_after=1)
