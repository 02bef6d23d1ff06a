"""Make the shipped model: hold a part of the seed out to calibrate on, train on all of it, export, write the card.

    python -m companion.training.build OUT_FOLDER

trains twice (once without a held-out part). Nothing is downloaded.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import Progress
from transformers import AutoModel

from companion.intent.encoder import Encoder
from companion.intent.heads import Array, Heads
from companion.intent.metrics import Metrics, measure
from companion.intent.model import IntentModel, Manifest, expectation, file_hash, interval
from companion.intent.neighbours import SCALE, Neighbours
from companion.intent.prediction import GRADES, HIGH_GRADE, Item, Prediction
from companion.intent.text import NORMALISER
from companion.training.calibrate import Calibration, calibrate
from companion.training.export import export_encoder, export_heads
from companion.training.finetune import Recipe, finetune
from companion.training.folds import fold_of
from companion.training.network import IntentNetwork, Pooled, base_folder
from companion.training.seed import Example, load_seed

PARTS = 4
"""The seed is cut into four parts by group and product; one is held out to calibrate on."""

TRUSTED_SHARE = 40
"""Seed lines a language needs before the model may be sure in it."""

SHOWN = 2000
"""Seed comments kept as neighbours to show; with them the folder stays under 25 MB."""


@dataclass(frozen=True)
class HeldOut:
    """What a network said of examples whose groups and products it had not seen."""

    examples: list[Example]
    distributions: Array  # [n, 10]
    raw: Array  # [n], p_high before calibration


def build(out: Path, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Write `intent/` and `sentence/` below `out`; returns the metrics on the held-out part."""
    with Progress() as progress:
        held = hold_out(examples, lambda rows: _train("calibration", rows, recipe, progress))
        network = _train("final model", examples, recipe, progress)
    return write(out, network, held, recipe, examples)


def hold_out(examples: Sequence[Example], train: Callable[[list[Example]], IntentNetwork]) -> HeldOut:
    """Train without one part, export as serving does, and read that part."""
    part = fold_of(examples, PARTS)
    network = train([x for x, p in zip(examples, part, strict=True) if p])
    held = [x for x, p in zip(examples, part, strict=True) if not p]
    heads = export_heads(network)
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(network.pooled, base_folder() / "tokenizer.json", Path(scratch))
        model = IntentModel(Encoder(Path(scratch)), heads, Manifest("held-out", NORMALISER, 0.05, 9.0, (), {}))
        outputs = heads.read(model.vectors([Item(x.text, x.context) for x in held]))
        model.close()
    return HeldOut(held, outputs.distribution, outputs.p_high)


def write(out: Path, network: IntentNetwork, held: HeldOut, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Calibrate, export and describe a trained network."""
    calibration = calibrate(held.raw, held.distributions, [x.grade for x in held.examples])
    _write_model(out / "intent", network, export_heads(network, (calibration.slope, calibration.intercept)), calibration, examples)
    metrics = _measure(held, calibration)
    _write_card(out / "intent", examples, recipe, metrics)
    _write_sentence(out / "sentence", examples)
    return metrics


def _train(name: str, examples: Sequence[Example], recipe: Recipe, progress: Progress) -> IntentNetwork:
    task = progress.add_task(name)
    return finetune(examples, recipe, lambda step, steps, _: progress.update(task, completed=step, total=steps))


def _measure(held: HeldOut, calibration: Calibration) -> Metrics:
    p = np.clip(held.raw, 1e-6, 1 - 1e-6)
    high = 1 / (1 + np.exp(-(calibration.slope * np.log(p / (1 - p)) + calibration.intercept)))
    spans = [interval(row, calibration.tail) for row in held.distributions]
    predictions = [
        Prediction(float(g), float(h), "", "", span, span[1] - span[0] > calibration.unsure_width, x.lang)
        for g, h, span, x in zip(expectation(held.distributions), high, spans, held.examples, strict=True)
    ]
    blank = [""] * len(predictions)
    return measure([x.grade for x in held.examples], blank, blank, predictions)


def _write_model(folder: Path, network: IntentNetwork, heads: Heads, calibration: Calibration, examples: Sequence[Example]) -> None:
    export_encoder(network.pooled, base_folder() / "tokenizer.json", folder)
    heads.save(folder / "heads.npz")
    hashes = {name: file_hash(folder / name) for name in ("model.onnx", "tokenizer.json", "heads.npz")}
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


def _write_card(folder: Path, examples: Sequence[Example], recipe: Recipe, metrics: Metrics) -> None:
    card = {
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
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _write_sentence(folder: Path, examples: Sequence[Example]) -> None:
    """The plain encoder and its index of seed comments to show as neighbours."""
    base = base_folder()
    plain = AutoModel.from_pretrained(base, attn_implementation="eager")
    export_encoder(Pooled(plain, unit=True), base / "tokenizer.json", folder)
    shown = _spread(examples)
    index = Neighbours(Encoder(folder), [], np.zeros((0, 0), np.float32))
    np.save(folder / "examples.npy", np.rint(index.encode([x.text for x in shown]) * SCALE).astype(np.int8))
    index.close()
    rows = [json.dumps({"text": x.text, "grade": x.grade, "signal": x.signal}, ensure_ascii=False) for x in shown]
    (folder / "examples.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _spread(examples: Sequence[Example]) -> list[Example]:
    """Up to `SHOWN` examples, about as many of each grade as there are, spread over the corpus."""
    chosen: list[Example] = []
    for grade in GRADES:
        of_grade = [x for x in examples if x.grade == grade]
        step = max(1.0, len(of_grade) / (SHOWN / len(GRADES)))
        chosen += [of_grade[int(i * step)] for i in range(int(len(of_grade) / step))]
    return chosen


def _counts(values: Iterable[Any]) -> dict[Any, int]:
    return dict(Counter(values).most_common())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(build(Path(scratch), Recipe(), load_seed()), indent=2))
        shutil.copytree(scratch, target, dirs_exist_ok=True)
