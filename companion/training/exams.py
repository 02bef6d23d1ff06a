"""The exams: graded comments and pairs written without sight of seed or model. Never trained on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.intent import Context, IntentModel, Item
from companion.training.examples import Example, parse

FOLDER = Path(__file__).parent / "exams"
SETS = {"en": "English", "es": "Spanish", "pt": "Portuguese", "id-ms": "Indonesian and Malay", "vi": "Vietnamese"}
PAIRS = "contrast.jsonl"


@dataclass(frozen=True)
class Contrast:
    """Two comments that differ in little, of which the first deserves the higher grade."""

    kind: str
    higher: Item
    lower: Item


def load_exam(name: str) -> list[Example]:
    """The graded comments of one of `SETS`; each video is a group."""
    return [_example(row, name) for row in _rows(f"{name}.jsonl")]


def load_exams() -> list[Example]:
    """All of `SETS`."""
    return [example for name in SETS for example in load_exam(name)]


def load_pairs() -> list[Contrast]:
    """The minimal pairs."""
    return [Contrast(row["kind"], _item(row["higher"]), _item(row["lower"])) for row in _rows(PAIRS)]


def ordered_right(model: IntentModel, pairs: Sequence[Contrast]) -> float:
    """Share of pairs whose first comment gets the higher grade."""
    higher = model.read([pair.higher for pair in pairs])
    lower = model.read([pair.lower for pair in pairs])
    return sum(a.grade > b.grade for a, b in zip(higher, lower, strict=True)) / len(pairs)


def _rows(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / file).read_text(encoding="utf-8").splitlines() if line.strip()]


def _example(row: dict[str, Any], name: str) -> Example:
    known = {key: value for key, value in row.items() if key != "id"}
    group = json.dumps(row["context"], sort_keys=True, ensure_ascii=False)
    return parse({**known, "group": f"{name} {group}", "product": ""})


def _item(row: dict[str, Any]) -> Item:
    return Item(row["text"], Context.of(row["context"]))
