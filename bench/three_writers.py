"""Three programs write to one workspace for ten minutes: `python -m bench.three_writers [SECONDS]`. Exit status 1 on any lost write."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row, show
from tests.companion.three_writers import run

SECONDS = 600.0


def rows(seconds: float = SECONDS) -> Iterator[Row]:
    """What each wrote, and what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), seconds)
    collector, companion, labeller = (outcome.parts[name] for name in ("collector", "companion", "labeller"))
    for what, part in (("comments collected", collector), ("labels written", labeller), ("requests to /v1/score answered", companion)):
        figure = f"{part.written:,}, longest wait {part.worst * 1000:,.0f} ms"
        yield Row(f"{what}, three programs writing for {seconds:.0f} s", figure, "> 0", part.written > 0)
    yield Row("comments graded meanwhile", f"{companion.graded:,} (gave way {companion.gave_way} times)", "> 0", companion.graded > 0)
    for line in outcome.errors[:20]:
        print(line, file=sys.stderr)
    yield Row("errors of three programs writing at once", f"{len(outcome.errors)}", "0", not outcome.errors)
    unsound = "" if outcome.sound else "; the file is damaged, or counters of tasks differ from its rows"
    yield Row("writes lost", f"{len(outcome.lost)}{unsound}", "0", not outcome.lost and outcome.sound)


if __name__ == "__main__":
    measured = list(rows(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
    show(measured)
    sys.exit(0 if all(row.met for row in measured) else 1)
