"""A token bucket a client: bursts are fine, a flood is answered 429."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable


class Buckets:
    """Buckets by client id; as many as there are paired clients, so nothing grows.

    Args:
        burst: requests at once.
        per_second: refill rate.
        now: monotonic seconds.
    """

    def __init__(self, burst: int, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._now = burst, per_second, now
        self._lock = threading.Lock()
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, client: str) -> int:
        """Take one request; 0 when granted, else the whole seconds after which one will be there."""
        with self._lock:
            now = self._now()
            level, since = self._levels.get(client, (float(self._burst), now))
            level = min(float(self._burst), level + (now - since) * self._rate)
            granted = level >= 1
            self._levels[client] = (level - 1 if granted else level, now)
        return 0 if granted else max(1, math.ceil((1 - level) / self._rate))
