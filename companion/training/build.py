"""Make the shipped model: cross-validate on the seed, calibrate, train on all of it, export, write the card.

    python -m companion.training.build OUT_FOLDER

takes about 25 minutes on two cores. Nothing is downloaded.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
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
from companion.intent.model import IntentModel, Manifest, file_hash, interval
from companion.intent.prediction import HIGH_GRADE, Item
from companion.intent.text import NORMALISER
from companion.training.calibrate import Calibration, calibrate
from companion.training.export import export_encoder, export_heads
from companion.training.finetune import Recipe, finetune
from companion.training.folds import fold_of
from companion.training.network import IntentNetwork, Pooled, base_folder
from companion.training.seed import Example, load_seed

FOLDS = 3
TRUSTED_SHARE = 40
"""Seed lines a language needs before the model may be sure in it."""


def build(out: Path, recipe: Recipe, examples: Sequence[Example]) -> Metrics:
    """Write `intent/` and `sentence/` below `out`; returns the out-of-fold metrics."""
    with Progress() as progress:
        distributions, raw = _out_of_fold(examples, recipe, progress)
        calibration = calibrate(raw, distributions, [x.grade for x in examples])
        network = _train("final model", examples, recipe, progress)
    folder = out / "intent"
    heads = export_heads(network, (calibration.slope, calibration.intercept))
    _write_model(folder, network, heads, calibration, examples)
    metrics = _measure(distributions, raw, calibration, examples)
    _write_card(folder, examples, recipe, metrics)
    _write_sentence(out / "sentence", examples)
    return metrics


def _train(name: str, examples: Sequence[Example], recipe: Recipe, progress: Progress) -> IntentNetwork:
    task = progress.add_task(name)
    return finetune(examples, recipe, lambda step, steps, _: progress.update(task, completed=step, total=steps))


def _out_of_fold(examples: Sequence[Example], recipe: Recipe, progress: Progress) -> tuple[Array, Array]:
    """Grade distributions [n, 10] and raw p_high [n], each from a network that has not seen the row's group or product."""
    fold = fold_of(examples, FOLDS)
    distributions = np.zeros((len(examples), 10), np.float32)
    raw = np.zeros(len(examples), np.float32)
    for number in range(FOLDS):
        network = _train(f"fold {number + 1} of {FOLDS}", [x for x, f in zip(examples, fold, strict=True) if f != number], recipe, progress)
        held = np.flatnonzero(fold == number).tolist()
        with tempfile.TemporaryDirectory() as scratch:
            export_encoder(network.pooled, base_folder() / "tokenizer.json", Path(scratch))
            encoder = Encoder(Path(scratch))
            model = IntentModel(encoder, export_heads(network), Manifest("fold", NORMALISER, 0.05, 9.0, (), {}))
            outputs = export_heads(network).read(model.vectors([Item(examples[i].text, examples[i].context) for i in held]))
            model.close()
        distributions[held], raw[held] = outputs.distribution, outputs.p_high
    return distributions, raw


def _measure(distributions: Array, raw: Array, calibration: Calibration, examples: Sequence[Example]) -> Metrics:
    from companion.intent.model import expectation
    from companion.intent.prediction import Prediction

    p = np.clip(raw, 1e-6, 1 - 1e-6)
    high = 1 / (1 + np.exp(-(calibration.slope * np.log(p / (1 - p)) + calibration.intercept)))
    grades = expectation(distributions)
    spans = [interval(row, calibration.tail) for row in distributions]
    predictions = [
        Prediction(float(g), float(h), "", "", span, span[1] - span[0] > calibration.unsure_width, x.lang)
        for g, h, span, x in zip(grades, high, spans, examples, strict=True)
    ]
    blank = [""] * len(examples)
    return measure([x.grade for x in examples], blank, blank, predictions)


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
        "out_of_fold": metrics,
        "trained": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _write_sentence(folder: Path, examples: Sequence[Example]) -> None:
    """The plain encoder and its index of seed comments that say something (graded on the product, not chatter)."""
    from companion.intent.neighbours import Neighbours

    base = base_folder()
    export_encoder(Pooled(AutoModel.from_pretrained(base, attn_implementation="eager"), unit=True), base / "tokenizer.json", folder)
    index = Neighbours(Encoder(folder), [], np.zeros((0, 0), np.float32))
    np.save(folder / "examples.npy", index.encode([x.text for x in examples]).astype(np.float16))
    index.close()
    rows = [json.dumps({"text": x.text, "grade": x.grade, "signal": x.signal}, ensure_ascii=False) for x in examples]
    (folder / "examples.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _counts(values: Any) -> dict[Any, int]:
    from collections import Counter

    return dict(Counter(values).most_common())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(build(Path(scratch), Recipe(), load_seed()), indent=2))
        shutil.copytree(scratch, target, dirs_exist_ok=True)
