"""A whole training made small: a twentieth of the seed, a handful of steps, a checkpoint after each.

    python -m tests.companion.training.small_training WORKSPACE

trains and stops in the middle of the fine-tuning, says so, and waits to be killed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.store import open_store
from companion.training import adapt, exams, finetune, run, stopwatch
from companion.training.finetune import Recipe
from companion.training.seed import load_seed
from companion.training_progress import Progress

MIDDLE = "in the middle"
GENTLE = Recipe(epochs=1, batch=16, learning_rate=1e-6, head_rate=1e-6)
"""Hardly changes what the model says."""


def make_small(patch: Callable[[Any, str, Any], None]) -> None:
    """Set everything small."""
    patch(adapt, "RECIPE", Recipe(epochs=2, batch=16))
    patch(adapt, "REPLAYED", 8)
    patch(finetune, "CHECKPOINT_SECONDS", -1)
    patch(stopwatch, "WRITE_SECONDS", -1)
    patch(run, "load_seed", lambda: load_seed()[::20])


def shorten_exams(patch: Callable[[Any, str, Any], None], folder: Path) -> None:
    """Every 20th line of each exam, written into a new folder: for tests in which the figures themselves do not matter."""
    folder.mkdir()
    for file in exams.FOLDER.glob("*.jsonl"):
        (folder / file.name).write_text("\n".join(file.read_text(encoding="utf-8").splitlines()[::20]), encoding="utf-8")
    patch(exams, "FOLDER", folder)


def _wait_in_the_middle(progress: Progress) -> None:
    if progress.stage == "fine-tuning" and progress.step >= 500:
        print(MIDDLE, flush=True)
        time.sleep(600)


if __name__ == "__main__":
    make_small(setattr)
    run.train(open_store(Path(sys.argv[1])), from_labels=True, promote=False, show=_wait_in_the_middle)
