"""`/v1/score` while the companion grades stored comments in the background: the page must not wait for that work."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.companion import companion
from bench.pipeline import seconds
from bench.scoring import CONTEXT
from bench.table import Row
from companion.store import open_store
from companion.training.seed import load_seed

REQUESTS, COMMENTS = 40, 20
FIRST = 7_000_000_000_000_000_000
"""Ids are as long as TikTok's."""


def rows() -> list[Row]:
    """Every line of the seed is stored and waits for its grade; other texts are asked about meanwhile."""
    lines = list({x.text: x for x in load_seed()}.values())
    np.random.default_rng(2).shuffle(lines)  # type: ignore[arg-type]
    asked, stored = lines[: REQUESTS * COMMENTS], lines[REQUESTS * COMMENTS :]
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(scratch) / "workspace"
        file = Path(scratch) / "comments.jsonl"
        file.write_text(
            "".join(json.dumps({"id": f"{FIRST + n}", "video": f"{FIRST}", "text": x.text}) + "\n" for n, x in enumerate(stored))
        )
        command = [sys.executable, "-m", "companion", "import", "--kind", "comments", str(file), "--workspace", str(workspace)]
        subprocess.run(command, check=True, capture_output=True)
        with companion(workspace) as running:
            before = _graded(workspace)
            times = []
            for n in range(REQUESTS):
                part = asked[n * COMMENTS : (n + 1) * COMMENTS]
                comments = [{"id": f"{n}.{i}", "text": x.text} for i, x in enumerate(part)]
                times.append(seconds(lambda comments=comments: running.post("/v1/score", {"context": CONTEXT, "comments": comments})))
            meanwhile, left = _graded(workspace) - before, len(stored) - _graded(workspace)
    p95 = float(np.quantile(times, 0.95)) * 1000
    what = (
        f"the same while {len(stored):,} stored comments wait for grades ({meanwhile:,} got theirs meanwhile, {max(0, left):,} waited on)"
    )
    return [Row(what, f"{p95:.0f} ms", "<= 120 ms", p95 <= 120 and left > 0)]


def _graded(workspace: Path) -> int:
    with open_store(workspace).reading() as connection:
        [count] = connection.execute("SELECT count(*) FROM prediction").fetchone()
    return int(count)
