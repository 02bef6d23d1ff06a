"""A retrain on 5,000 labels: how long it takes, what it said would be left, and whether it goes on after being killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.table import Row
from companion import training_progress
from companion.training.examples import plain
from companion.training.seed import load_seed

LABELS = 5000
MINUTES = 45.0


def rows() -> list[Row]:
    """Killed halfway and started again; the time of both runs counts."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        labels = scratch / "labels.jsonl"
        chosen = [x for x in load_seed() if x.lang == "en"][:LABELS]
        lines = [{"id": str(i), "video": x.group, **{k: v for k, v in plain(x).items() if k in _KEPT}} for i, x in enumerate(chosen)]
        labels.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        workspace = scratch / "workspace"
        subprocess.run([*_COMMAND, "import", str(labels), "--workspace", str(workspace)], check=True, capture_output=True)
        train = [*_COMMAND, "train", "--from-labels", "--json", "--workspace", str(workspace)]
        started = time.monotonic()
        process = subprocess.Popen(train, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        halfway, left = _wait_half(workspace / "trainings", process)
        process.send_signal(signal.SIGKILL)
        process.wait()
        again = time.monotonic()
        subprocess.run(train, check=True, capture_output=True)
        ended = time.monotonic()
    minutes, second = (ended - started) / 60, ended - again
    promised = f"{left:.0f} s were said to be left; it took {second:.0f} s"
    return [
        Row(
            f"retrain on {LABELS:,} labels, killed at {halfway:.0%} and started again",
            f"{minutes:.1f} min",
            f"<= {MINUTES:.0f} min",
            minutes <= MINUTES,
        ),
        Row("... when it was killed", promised, "goes on where it was", second < 0.8 * (ended - started)),
    ]


_COMMAND = [sys.executable, "-m", "companion"]
_KEPT = {"text", "context", "grade", "signal", "sentiment"}


def _wait_half(folder: Path, process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """How far the fine-tuning was, 0-1, and the seconds that it said were left."""
    while process.poll() is None:
        now = training_progress.read(folder)
        if now and now.stage == "fine-tuning" and now.step >= now.steps / 2 and now.seconds_left:
            return now.step / now.steps, now.seconds_left
        time.sleep(0.5)
    raise RuntimeError("the training ended before it was halfway")
