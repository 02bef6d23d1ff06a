"""How fast recorded answers of TikTok become stored comments, in one process, and what part of the time each step takes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.comments_page import build
from bench.table import Row
from companion.intake import Captured, Origin, pack, take
from companion.store import Store, open_store
from companion.tiktok import read, scrub
from tests.companion.recorded import visit
from tests.replica.world import World

T = TypeVar("T")

NEEDED_PER_SECOND = 400
MOST_SLOWDOWN = 0.30
"""How much slower it may be beside STORED comments."""

STORED = 500_000
VIDEOS, COMMENTS = 12, 150
ORIGIN = Origin("scrape", "run1")


@dataclass(frozen=True)
class Timed:
    """Seconds of each step over all pages, and what came of them."""

    comments: int
    parse: float
    scrub: float
    read: float
    pack: float
    write: float

    @property
    def per_second(self) -> float:
        """Comments and replies a second, all steps together."""
        return self.comments / (self.parse + self.scrub + self.read + self.pack + self.write)

    @property
    def shares(self) -> str:
        """The steps in percent."""
        whole = self.comments / self.per_second
        return ", ".join(f"{name} {getattr(self, name) / whole:.0%}" for name in ("parse", "scrub", "read", "pack", "write"))


def rows() -> Iterator[Row]:
    """Into an empty workspace, then beside half a million comments."""
    with tempfile.TemporaryDirectory() as folder:
        alone = measure(open_store(Path(folder) / "empty"), seed=1)
        yield Row(
            "recorded answers into an empty workspace",
            f"{alone.per_second:,.0f} comments/s ({alone.shares})",
            f">= {NEEDED_PER_SECOND} / s",
            alone.per_second >= NEEDED_PER_SECOND,
        )
        store = open_store(Path(folder) / "full")
        build(store, "some-model", STORED)
        beside = measure(store, seed=2)
        slower = alone.per_second / beside.per_second - 1
        yield Row(
            f"the same beside {STORED:,} comments",
            f"{beside.per_second:,.0f} comments/s, {slower:+.0%} time ({beside.shares})",
            f"<= {MOST_SLOWDOWN:+.0%} time",
            slower <= MOST_SLOWDOWN,
        )


def measure(store: Store, seed: int) -> Timed:
    """Take a made-up world in, page by page as a visit loads it."""
    recorded = [page for video in World(VIDEOS, COMMENTS, seed).build() for page in visit(video)]
    parse, pages = _timed(lambda: [page.captured() for page in recorded])
    scrubbing, scrubbed = _timed(lambda: [scrub(page.asked, page.body, store.workspace.pseudonym) for page in pages])
    reading, _ = _timed(lambda: [read(page.asked, body) for page, body in zip(pages, scrubbed, strict=True)])
    packing, _ = _timed(lambda: [pack(body) for body in scrubbed])
    whole, comments = _timed(lambda: _take_all(store, pages))
    store.close()
    return Timed(comments, parse, scrubbing, reading, packing, whole - scrubbing - reading - packing)


def _take_all(store: Store, pages: Sequence[Captured]) -> int:
    taken = [take(store, [page], ORIGIN) for page in pages]
    return sum(page.comments_new + page.replies_new for page in taken)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
