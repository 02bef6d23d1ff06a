"""The scraper against the replica, without pauses: a large hashtag to its end, and 25 kills.

Takes about an hour with 200 videos of 300 comments; BENCH_WORLD=20x300 makes it smaller.
"""

from __future__ import annotations

import math
import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.table import Row
from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, held_ids
from tests.scraper.live.killing import run_killed

VIDEOS, COMMENTS = map(int, os.environ.get("BENCH_WORLD", "200x300").split("x"))
KILLS = 25
GROWTH_MB = 150
MB = 1024 * 1024
_SETTLED_AT = 5  # videos after which memory is measured as the base
_HOURS = 3 * 3600


def rows() -> list[Row]:
    """Every comment and reply once, memory that does not grow, and the rows of an undisturbed run after 25 kills."""
    return [*_large(), *_killed()]


def _large() -> list[Row]:
    with tempfile.TemporaryDirectory() as scratch, Replica() as replica:
        replica.add_world(World(VIDEOS, COMMENTS, tag="lamptok"))
        replica.configure(layout="g2")
        collector = Collector(replica, Path(scratch) / "workspace")
        began = time.monotonic()
        process = collector.start("tag", "lamptok", "--videos", str(VIDEOS), "--comments", str(COMMENTS), "--day", str(VIDEOS))
        memory = _Memory(process, collector)
        with memory:
            process.communicate(timeout=_HOURS)
        seconds = time.monotonic() - began
        stored, held = collector.stored(), held_ids(replica.holdings("lamptok"))
        wanted, found = sum(map(len, held.values())), sum(map(len, stored.values()))
        whole = stored == held and process.returncode == 0
    name = f"{VIDEOS} videos x {COMMENTS} comments with replies, from the browser"
    grown = memory.growth("scraper")
    return [
        Row(name, f"{found:,} of {wanted:,} rows, each once", "all", whole),
        Row("... rows a second, pauses off", f"{found / seconds:.0f}", "", True),
        Row(
            "... the scraper's memory grows by",
            f"{grown:.0f} MB",
            f"<= {GROWTH_MB} MB",
            grown <= GROWTH_MB,
        ),
        Row("... the browser's memory grows by", f"{memory.growth('browser'):.0f} MB", "", True),
    ]


def _killed() -> list[Row]:
    world = World(6, 40, tag="lamptok")
    with tempfile.TemporaryDirectory() as scratch, Replica() as replica:
        replica.add_world(world)
        collector = Collector(replica, Path(scratch) / "killed")
        ended, hits = run_killed(collector, KILLS, 11, "tag", "lamptok")
        undisturbed = Collector(replica, Path(scratch) / "undisturbed")
        undisturbed.workspace.mkdir(mode=0o700)
        (undisturbed.workspace / "workspace.key").write_bytes((collector.workspace / "workspace.key").read_bytes())
        undisturbed.run("tag", "lamptok")
        equal = ended.status == 0 and collector.rows() == undisturbed.rows()
    said = "the same rows" if equal else "other rows"
    return [Row(f"{hits} kills at random moments, gone on each time", said, "the same rows", equal)]


@dataclass
class _Memory:
    """Resident memory of the run's processes, looked at once a second."""

    process: subprocess.Popen[str]
    collector: Collector
    base: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)

    def __enter__(self) -> _Memory:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def growth(self, part: str) -> float:
        """MB above what it was after the first videos; endless if nobody looked."""
        return max(0.0, self.peak[part] - self.base[part]) if part in self.peak else math.inf

    def _watch(self) -> None:
        while not self._over.wait(1.0):
            now = self._look()
            if not self.base:
                if self._done() >= min(_SETTLED_AT, VIDEOS - 1):
                    self.base = now
                continue
            self.peak = {part: max(size, self.peak.get(part, 0.0)) for part, size in now.items()}

    def _done(self) -> int:
        try:
            return sum(int(row[0]) for row in self.collector.ask("SELECT count(*) FROM task WHERE kind = 'video' AND state = 'done'"))
        except sqlite3.OperationalError:  # no table yet
            return 0

    def _look(self) -> dict[str, float]:
        sizes = {"scraper": 0.0, "browser": 0.0}
        try:
            run = psutil.Process(self.process.pid)
            sizes["scraper"] = run.memory_info().rss / MB
            for child in run.children(recursive=True):
                if "chrom" in child.name():
                    sizes["browser"] += child.memory_info().rss / MB
        except psutil.Error:
            pass
        return sizes
