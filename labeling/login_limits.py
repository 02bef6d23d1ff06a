"""How often somebody may try to log in: by name and place, by place, and by name from everywhere."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """`burst` tries at once, then one every `seconds`."""

    burst: int
    seconds: float


HERE = Allowance(5, 30.0)
"""One name from one place: somebody who mistypes; 120 guesses an hour at most."""

PLACE = Allowance(20, 5.0)
"""One place, whatever the names: a small office behind one address in the morning."""

NAME = Allowance(50, 10.0)
"""One name from everywhere: slows guessing from many places, and lets its owner in between."""

MOST = 4096
"""Tries remembered; the oldest give way, so that a flood of invented names fills no memory."""


class LoginLimits:
    """Counts failed tries. Names count the same whether anybody has them, so that nothing can be learnt from waiting.

    Args:
        now: monotonic seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._levels: OrderedDict[tuple[str, ...], tuple[float, float]] = OrderedDict()

    def take(self, name: str, place: str) -> int:
        """Take one try; 0 when granted, else the whole seconds after which one is there."""
        asked = self._asked(name, place)
        with self._lock:
            levels = {key: self._level(key, allowance) for key, allowance in asked.items()}
            waits = [(1 - levels[key]) * allowance.seconds for key, allowance in asked.items() if levels[key] < 1]
            if waits:
                return max(1, math.ceil(max(waits)))
            for key, level in levels.items():
                self._store(key, level - 1)
        return 0

    def succeeded(self, name: str, place: str) -> None:
        """Give the try back: it was the person."""
        with self._lock:
            for key, allowance in self._asked(name, place).items():
                full = len(key) == 3
                self._store(key, float(allowance.burst) if full else min(float(allowance.burst), self._level(key, allowance) + 1))

    def _asked(self, name: str, place: str) -> dict[tuple[str, ...], Allowance]:
        folded = name.casefold()[:100]
        return {("here", folded, place): HERE, ("place", place): PLACE, ("name", folded): NAME}

    def _level(self, key: tuple[str, ...], allowance: Allowance) -> float:
        level, since = self._levels.get(key, (float(allowance.burst), self._now()))
        return min(float(allowance.burst), level + (self._now() - since) / allowance.seconds)

    def _store(self, key: tuple[str, ...], level: float) -> None:
        self._levels[key] = (level, self._now())
        self._levels.move_to_end(key)
        while len(self._levels) > MOST:
            self._levels.popitem(last=False)
