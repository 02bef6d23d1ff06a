"""The plain sentence encoder with the seed comments that explanations show as neighbours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from companion.intent.encoder import Encoder
from companion.intent.neighbours import SCALE, Neighbours
from companion.intent.prediction import GRADES
from companion.training.examples import Example
from companion.training.export import export_encoder
from companion.training.network import Pooled, base_folder

SHOWN = 3200
"""Seed comments kept to show; with them the folder stays under 25 MB."""


def write_sentence(folder: Path, examples: Sequence[Example]) -> None:
    """Write `model.onnx`, `tokenizer.json`, `examples.jsonl` and `examples.npy` (int8 [n, d])."""
    base = base_folder()
    export_encoder(Pooled.of(base, unit=True), base / "tokenizer.json", folder)
    shown = spread(examples)
    index = Neighbours(Encoder(folder), [], np.zeros((0, 0), np.float32))
    np.save(folder / "examples.npy", np.rint(index.encode([x.text for x in shown]) * SCALE).astype(np.int8))
    index.close()
    rows = [json.dumps({"text": x.text, "grade": x.grade, "signal": x.signal}, ensure_ascii=False) for x in shown]
    (folder / "examples.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def spread(examples: Sequence[Example]) -> list[Example]:
    """Up to `SHOWN` examples, as many of each grade as there are up to a tenth, spread over the corpus."""
    chosen: list[Example] = []
    for grade in GRADES:
        of_grade = [x for x in examples if x.grade == grade]
        step = max(1.0, len(of_grade) / (SHOWN / len(GRADES)))
        chosen += [of_grade[int(i * step)] for i in range(int(len(of_grade) / step))]
    return chosen
