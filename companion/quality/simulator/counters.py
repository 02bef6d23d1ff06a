"""The counters as the platform shows them: with its glitches, and rounded."""

from __future__ import annotations

import numpy as np

from companion.quality.simulator.history import History
from companion.quality.simulator.labels import Event, Mode
from companion.quality.simulator.rules import Floats, Ints

PUBLIC = ("views", "likes", "comments", "shares", "saves")
CORRECTED = ("views", "likes")
"""What a glitch makes fall; the others are counted elsewhere."""


def shown_counters(history: History, glitches: list[Event]) -> tuple[dict[str, Ints], list[Event]]:
    """The public counters with the glitches in them, and those glitches that could be seen (the video was up)."""
    shown = {name: history.counters[name].copy() for name in PUBLIC}
    hours = len(history.modes)
    seen = []
    for glitch in sorted(glitches, key=lambda g: (g.kind == "frozen", g.cause != "correction", g.start)):
        v, start, end = glitch.video, glitch.start, min(glitch.end, hours)
        if start < 1 or start >= hours or history.modes[start, v] in (Mode.UNPOSTED, Mode.GONE):
            continue
        seen.append(Event(glitch.kind, v, start, end, glitch.cause, glitch.strength))
        back = glitch.end - 1
        for name in PUBLIC if glitch.kind == "frozen" else CORRECTED:
            counter = shown[name]
            if glitch.kind == "frozen":
                counter[start:back, v] = counter[start - 1, v]
            elif glitch.cause == "correction":
                counter[start:, v] -= int(glitch.strength * counter[start, v])
            else:
                counter[start:back, v] = (counter[start:back, v] * (1 - glitch.strength)).astype(np.int64)
    return shown, seen


def rounded(values: Ints | Floats) -> Ints:
    """As TikTok's pages round: exact below 10,000, then 12.3K, 402.5K, 1.6M, 1.1B (half up)."""
    value = np.asarray(values, np.float64)
    step = np.select([value < 10_000, value < 999_950, value < 999_950_000], [1.0, 100.0, 100_000.0], 100_000_000.0)
    return np.asarray(np.floor(value / step + 0.5) * step, np.int64)
