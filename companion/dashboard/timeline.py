"""Comments of a video over time, in steps that fit the span."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from companion.dashboard import words
from companion.store.clock import DAY, MINUTE
from companion.store.shelf import Heard

HOUR = 60 * MINUTE
STEPS = ((HOUR, "hour"), (6 * HOUR, "6 hours"), (DAY, "day"), (7 * DAY, "week"), (30 * DAY, "30 days"))
MOST_STEPS = 60
"""Bars that still can be told apart at 360 px."""


@dataclass(frozen=True)
class Step:
    """Comments written in one step that begins at `start` (ms UTC)."""

    start: int
    high: int
    rest: int


@dataclass(frozen=True)
class Timeline:
    """Steps without gaps, oldest first, and what a step is called."""

    steps: list[Step]
    unit: str
    size: int
    """Of a step, ms."""

    @property
    def json(self) -> str:
        """The series as chart.js reads them: seconds, counts, counts."""
        return json.dumps(
            {
                "step": self.size // 1000,
                "starts": [s.start // 1000 for s in self.steps],
                "high": [s.high for s in self.steps],
                "rest": [s.rest for s in self.steps],
            }
        )

    @property
    def words(self) -> str:
        """The chart in one sentence, for those who do not see it."""
        high, rest = sum(s.high for s in self.steps), sum(s.rest for s in self.steps)
        most = max(self.steps, key=lambda s: s.high + s.rest)
        return (
            f"Comments per {self.unit}: {high} close to buying, {rest} others. "
            f"Most in the {self.unit} from {words.local_time(most.start)}: {most.high + most.rest}."
        )


def timeline_of(said: Sequence[Heard]) -> Timeline | None:
    """Counts per step of graded comments with a known time; None when fewer than two."""
    known = [(one.at, one.band == "high") for one in said if one.band and one.at is not None]
    if len(known) < 2:
        return None
    first, last = min(at for at, _ in known), max(at for at, _ in known)
    size, unit = next((step for step in STEPS if (last - first) // step[0] < MOST_STEPS), STEPS[-1])
    begin = first - first % size
    steps = [[0, 0] for _ in range((last - begin) // size + 1)]
    for at, high in known:
        steps[(at - begin) // size][0 if high else 1] += 1
    return Timeline([Step(begin + i * size, high, rest) for i, (high, rest) in enumerate(steps)], unit, size)
