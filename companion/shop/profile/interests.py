"""Decayed interests: what was liked and what was passed over, for each value of each field, fading with time.

For each value two sums are kept: `liked` (actions) and `passed` (looks without one). Both halve every half-life. The interest in a value is

    ln((liked + r s) / (liked + passed + s)) - ln(r)

the logarithm of its shrunk click rate against the usual rate r: 0 for a value of which nothing is known, below 0 for one that is
passed over, s is how many looks the usual rate is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from companion.shop.profile.traits import Floats

USUAL_RATE = 0.05
"""Clicks a look, an assumption that only sets where 0 is."""
SHRINK = 4.0
"""Looks."""

MINUTE_MS = 60_000
SESSION_HALF_LIFE = 30 * MINUTE_MS
LONG_HALF_LIFE = 14 * 24 * 60 * MINUTE_MS


@dataclass
class Interests:
    """Interests in the values of one field, by number. Moments are ms UTC; an earlier moment than the last one counts as the last one."""

    size: int
    half_life: int
    liked: Floats = field(init=False)
    passed: Floats = field(init=False)
    at: int = 0

    def __post_init__(self) -> None:
        self.liked, self.passed = np.zeros(self.size), np.zeros(self.size)

    def fade(self, at: int) -> None:
        """Let time pass until `at`."""
        if at > self.at:
            factor = 0.5 ** ((at - self.at) / self.half_life)
            self.liked *= factor
            self.passed *= factor
            self.at = at

    def like(self, value: int, weight: float, at: int, look: float = 0.0) -> None:
        """Add an action; `look` is what its impression had counted as passed over."""
        self.fade(at)
        if value:
            self.liked[value] += weight
            self.passed[value] = max(0.0, self.passed[value] - look)

    def passes(self, value: int, weight: float, at: int) -> None:
        """Add looks without an action."""
        self.fade(at)
        if value:
            self.passed[value] += weight

    def logs(self, at: int) -> Floats:
        """(size,) the interest in each value as of `at`."""
        self.fade(at)
        rates = (self.liked + USUAL_RATE * SHRINK) / (self.liked + self.passed + SHRINK)
        return np.asarray(np.log(rates / USUAL_RATE), np.float64)
