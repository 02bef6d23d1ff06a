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

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Hold a slot for the body.

        Raises:
            RefusalError: 503 when too many wait already, or no slot came free in time.
        """
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._slots.acquire(timeout=self._patience):
                raise _busy()
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._places.release()


def _busy() -> RefusalError:
    return RefusalError(503, "busy", "BuySignal is busy with other comments; try again in a moment.", retry_after=1)
