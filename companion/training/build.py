"""Make the shipped model: hold a part of the seed out to calibrate on, train on all of it, export, write the card.

    python -m companion.training.build OUT_FOLDER

trains twice (once without the held-out part). Nothing is downloaded.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.progress import Progress

from companion.intent.metrics import Metrics
from companion.intent.model import file_hash
from companion.intent.prediction import HIGH_GRADE
from companion.intent.text import NORMALISER
from companion.training.calibrate import Calibration, calibrate
from companion.training.card import write_card
from companion.training.export import export_encoder, export_heads
from companion.training.finetune import Recipe, finetune
from companion.training.held_out import HeldOut, grades_of, hold_out, measure_held
from companion.training.lexical import train_lexical
from companion.training.network import IntentNetwork, base_folder
from companion.training.seed import Example, load_seed
from companion.training.sentence import write_sentence

TRUSTED_SHARE = 40
"""Seed lines a language needs before the model may be sure in it."""


def build(out: Path, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Write `intent/` and `sentence/` below `out`; returns the metrics on the held-out part."""
    with Progress() as progress:
        held = hold_out(examples, lambda rows: _train("calibration", rows, recipe, progress))
        network = _train("final model", examples, recipe, progress)
    return write(out, network, held, recipe, examples)


def write(out: Path, network: IntentNetwork, held: HeldOut, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Calibrate, export and describe a trained network."""
    calibration = calibrate(held.encoder, held.lexical, grades_of(held))
    heads = export_heads(network, (calibration.stack, calibration.cut))
    export_encoder(network.pooled, base_folder() / "tokenizer.json", out / "intent")
    train_lexical(examples).save(out / "intent" / "lexical.npz")
    heads.save(out / "intent" / "heads.npz")
    _write_manifest(out / "intent", calibration, examples)
    metrics = measure_held(held, calibration)
    write_card(out / "intent", _card(examples, recipe, metrics))
    write_sentence(out / "sentence", examples)
    return metrics


def _train(name: str, examples: Sequence[Example], recipe: Recipe, progress: Progress) -> IntentNetwork:
    task = progress.add_task(name)
    return finetune(examples, recipe, lambda step, steps, _: progress.update(task, completed=step, total=steps))


def _write_manifest(folder: Path, calibration: Calibration, examples: Sequence[Example]) -> None:
    hashes = {name: file_hash(folder / name) for name in ("model.onnx", "tokenizer.json", "lexical.npz", "heads.npz")}
    counts = _counts(x.lang for x in examples)
    manifest = {
        "id": f"intent-{datetime.now(UTC):%Y%m%d}-{sha256(json.dumps(hashes).encode()).hexdigest()[:8]}",
        "normaliser": NORMALISER,
        "tail": calibration.tail,
        "unsure_width": calibration.unsure_width,
        "languages": sorted(lang for lang, n in counts.items() if n >= TRUSTED_SHARE),
        "sha256": hashes,
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _card(examples: Sequence[Example], recipe: Recipe, metrics: Metrics) -> dict[str, Any]:
    return {
        "base": "all-MiniLM-L6-v2 (22.7 million weights, Apache-2.0)",
        "data": {
            "lines": len(examples),
            "groups": len({x.group for x in examples}),
            "products": len({x.product for x in examples}),
            "high": sum(x.grade >= HIGH_GRADE for x in examples),
            "languages": _counts(x.lang for x in examples),
            "grades": {str(g): n for g, n in sorted(_counts(x.grade for x in examples).items())},
        },
        "recipe": asdict(recipe),
        "held_out": metrics,
        "trained": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def _counts(values: Iterable[Any]) -> dict[Any, int]:
    return dict(Counter(values).most_common())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(build(Path(scratch), Recipe(), load_seed()), indent=2))
        shutil.copytree(scratch, target, dirs_exist_ok=True)
