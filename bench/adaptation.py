"""What the user's own labels change: 150 labels of one video, judged on its other comments and on all other sources.

Reads graded comments that are no part of the product and works in a scratch workspace; nothing of it ships. `make bench
ARGS="adaptation"` with BUYSIGNAL_GRADED=FILE.jsonl; without such a file there is nothing to measure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.table import Row

SOURCE = "moment_app"
LABELS = 150
GAIN, LOSS, MINUTES = 0.08, 0.02, 12.0


def graded_file() -> Path | None:
    """Graded comments with a `source` each, where there are some."""
    default = Path(__file__).parents[2] / "shared" / "data" / "intent-dev.jsonl"
    path = Path(os.environ.get("BUYSIGNAL_GRADED", default))
    return path if path.is_file() else None


def rows() -> list[Row]:
    """Gain on the source, change elsewhere, time."""
    graded = graded_file()
    if graded is None:
        return []
    comments = [json.loads(line) for line in graded.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        own = [x for x in comments if x["source"] == SOURCE]
        chosen = set(np.random.default_rng(0).permutation(len(own))[:LABELS].tolist())
        parts = {
            "labels": [x for i, x in enumerate(own) if i in chosen],
            "same": [x for i, x in enumerate(own) if i not in chosen],
            "others": [x for x in comments if x["source"] != SOURCE],
        }
        for name, part in parts.items():
            (scratch / f"{name}.jsonl").write_text("".join(json.dumps(x) + "\n" for x in part), encoding="utf-8")
        before = {name: _f1(scratch, name) for name in ("same", "others")}
        _buysignal(scratch, "import", "--kind", "labels", str(scratch / "labels.jsonl"))
        started = time.monotonic()
        _buysignal(scratch, "train", "--from-labels", "--promote", "--json")
        minutes = (time.monotonic() - started) / 60
        after = {name: _f1(scratch, name) for name in ("same", "others")}
    gain, loss = after["same"] - before["same"], before["others"] - after["others"]
    told = {name: f"{after[name] - before[name]:+.3f} ({before[name]:.3f} -> {after[name]:.3f})" for name in before}
    return [
        Row(f"F1 on {len(parts['same'])} other comments after {LABELS} labels of their video", told["same"], f">= +{GAIN}", gain >= GAIN),
        Row(f"... on {len(parts['others'])} comments of other sources", told["others"], f">= -{LOSS}", loss <= LOSS),
        Row("... time of `buysignal train --from-labels`", f"{minutes:.1f} min", f"<= {MINUTES:.0f} min", minutes <= MINUTES),
    ]


def _f1(scratch: Path, name: str) -> float:
    said = _buysignal(scratch, "evaluate", str(scratch / f"{name}.jsonl"), "--json")
    return float(said["parts"]["all"]["f1_high"])


def _buysignal(scratch: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "companion", *arguments, "--workspace", str(scratch / "workspace")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout) if "--json" in arguments else None
