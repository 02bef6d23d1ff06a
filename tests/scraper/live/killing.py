"""Killing a run again and again at random moments, and letting the same command go on."""

from __future__ import annotations

import random
import time

from tests.scraper.live.collector import Collector, Ended, kill


def run_killed(collector: Collector, times: int, seed: int, *arguments: str) -> tuple[Ended, int]:
    """Start, kill -9 the run with its browser within its first seconds, and so on; the last run ends by itself.

    Returns how it ended, and how many kills hit a run at work.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    hits = 0
    for _ in range(times):
        process = collector.start(*arguments)
        try:
            collector.until("SELECT state IN ('running', 'finished') FROM run ORDER BY started_at DESC LIMIT 1")
            time.sleep(chance.uniform(0.3, 2.5))
            hits += process.poll() is None
        finally:
            kill(process)
    return collector.run(*arguments), hits
