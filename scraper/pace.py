"""When the next action may come: a token bucket, pauses with jitter, and never faster after trouble."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from scraper.config import Pace


@dataclass
class Pacer:
    """Says how long to wait; the caller waits. Times are seconds of one steady clock."""

    pace: Pace
    chance: random.Random = field(default_factory=random.Random)
    slowness: float = 1.0
    _tokens: float = -1.0
    _filled_at: float = 0.0
    _next_video: float = 0.0

    def step(self, now: float) -> float:
        """Seconds to wait before the next scroll or click."""
        return self._between(self.pace.step) + self._bucket(now)

    def video(self, now: float) -> float:
        """Seconds to wait before the next video may be opened; counts as opening it then."""
        wait = max(0.0, self._next_video - now)
        self._next_video = now + wait + self._between(self.pace.video)
        return wait

    def _between(self, bounds: tuple[float, float]) -> float:
        return self.chance.uniform(*bounds) * self.slowness

    def _bucket(self, now: float) -> float:
        """Take one token; the wait until it is there."""
        rate = self.pace.actions_per_minute / 60 / self.slowness
        if self._tokens < 0:
            self._tokens, self._filled_at = float(self.pace.burst), now
        self._tokens = min(self.pace.burst, self._tokens + max(0.0, now - self._filled_at) * rate)
        self._filled_at = max(self._filled_at, now)
        self._tokens -= 1
        return max(0.0, -self._tokens / rate)
