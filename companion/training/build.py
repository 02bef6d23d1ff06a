"""Make the shipped model: hold a part of the seed out to calibrate on, train on all of it, export, write the card.

    python -m companion.training.build OUT_FOLDER

trains twice (once without the held-out part). Nothing is downloaded. A build that was stopped goes on where it was.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress

from companion.intent.metrics import Metrics
from companion.intent.model import load_model
from companion.training.calibrate import HeldOut, agreement, calibrate
from companion.training.card import write_card
from companion.training.cleaning import clean
from companion.training.description import described, examined
from companion.training.examples import Example
from companion.training.finetune import Recipe, finetune
from companion.training.held_out import measure_held, part_of, read_held
from companion.training.lessons import Lessons, lessons_of
from companion.training.lexical import train_lexical
from companion.training.model_folder import write_model
from companion.training.network import IntentNetwork
from companion.training.seed import load_seed
from companion.training.sentence import write_sentence
from companion.training.teacher import Owners, StaleTeacherError, distilled


def build(out: Path, recipe: Recipe, examples: Sequence[Example], scratch: Path) -> Metrics:
    """Write `intent/` and `sentence/` below `out`; returns the metrics on the held-out part.

    A build that was stopped goes on where it was when it is called again with the same `scratch`.
    """
    lessons, owners = lessons_for(examples)
    seen = np.flatnonzero(part_of(examples)[owners] != 0)
    with Progress() as progress:
        checked = _train("calibration", lessons.take(seen), recipe, progress, scratch)
        network = _train("final model", lessons, recipe, progress, scratch)
    return write(out, network, read_held(examples, checked), recipe, examples)


def lessons_for(examples: Sequence[Example]) -> tuple[Lessons, Owners]:
    """With the teacher's answers where they belong to these examples, else with the labels alone; and whose each lesson is."""
    try:
        return distilled(examples)
    except (OSError, StaleTeacherError):
        return lessons_of(examples), np.arange(len(examples))


def write(out: Path, network: IntentNetwork, held: HeldOut, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Calibrate, export and describe a trained network."""
    calibration = calibrate(held, agreement(examples))
    write_model(out / "intent", network, train_lexical(examples), calibration)
    metrics = measure_held(held, calibration)
    model = load_model(out / "intent")
    write_card(out / "intent", {**described(examples, recipe, "the seed"), "held_out": metrics, **examined(model)})
    model.close()
    write_sentence(out / "sentence", examples)
    return metrics


def _train(name: str, lessons: Lessons, recipe: Recipe, progress: Progress, scratch: Path) -> IntentNetwork:
    task = progress.add_task(name)
    home = scratch / name
    return finetune(lessons, recipe, lambda step, steps, _: progress.update(task, completed=step, total=steps), scratch=home)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as drafts:
        made = build(Path(drafts), Recipe(), clean(load_seed())[0], target.with_name(f"{target.name}.unfinished"))
        print(json.dumps(made, indent=2))
        shutil.copytree(drafts, target, dirs_exist_ok=True)
