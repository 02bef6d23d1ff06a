"""What a model brought along about itself (`card.json`), in the words of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.dashboard import words

_NAMES = {
    "held_out": "comments written for training, about products it had not seen",
    "real_comments all": "all real comments",
    "exam all": "all exam comments",
    "own_labels": "your labels kept aside",
}
"""By the part of the card and the part of that part."""

LEADING = ("real_comments all", "exam all", "held_out")
"""Whole sets by which models can be compared, the most telling first. Labels kept aside are other ones each time."""


@dataclass(frozen=True)
class Measured:
    """How the model did on one set of comments. Shares are 0-1; None where a measure is undefined.

    Attributes:
        key: where it stands in the card.
        f1: F1 of "close to buying" (grade 7 or more).
        auc: how often a buyer is ranked above a non-buyer (area under the ROC curve).
        error: mean distance from the person's grade, in grades.
        coverage: how often the person's grade lies in the shown range.
        unsure: how often the model says that it is not sure.
    """

    key: str
    name: str
    n: int
    f1: float | None
    auc: float | None
    error: float | None
    coverage: float | None
    unsure: float | None


@dataclass(frozen=True)
class Card:
    """The model's own account. Empty or None where the card says nothing.

    Attributes:
        lines: comments learned from; `own` of them are the user's.
        dataset: the version of the data set that it learned from.
    """

    base: str
    trained: str
    lines: int | None
    own: int | None
    dataset: str
    high: int | None
    products: int | None
    languages: list[tuple[str, int]]
    measured: list[Measured]


def read_card(path: Path) -> Card | None:
    """The card, or None when it is missing or not readable as one."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(raw, dict):
        return None
    data = _part(raw, "data")
    counts = _part(data, "languages")
    return Card(
        base=str(raw.get("base", "")),
        trained=str(raw.get("trained", "")),
        lines=_whole(data.get("lines")),
        own=_whole(data.get("own")),
        dataset=str(raw.get("dataset", "")),
        high=_whole(data.get("high")),
        products=_whole(data.get("products")),
        languages=[(words.LANGUAGES.get(code, code), n) for code, n in counts.items() if isinstance(n, int)],
        measured=list(_measured(raw)),
    )


def _measured(raw: Mapping[str, Any]) -> Iterator[Measured]:
    """Every part of the card that is a set of metrics, also one level down (per source, per language)."""
    for name, part in raw.items():
        if not isinstance(part, dict):
            continue
        if "f1_high" in part:
            yield _of(name, part)
        else:
            yield from (
                _of(f"{name} {inner}", metrics, inner)
                for inner, metrics in part.items()
                if isinstance(metrics, dict) and "f1_high" in metrics
            )


def _of(key: str, metrics: Mapping[str, Any], part: str = "") -> Measured:
    number = {key: _number(metrics.get(key)) for key in ("f1_high", "roc_auc", "mae", "coverage", "unsure")}
    shown = _NAMES.get(key) or _exam_name(key, part) or (part or key).replace("_", " ")
    n = _whole(metrics.get("n")) or 0
    return Measured(key, shown, n, number["f1_high"], number["roc_auc"], number["mae"], number["coverage"], number["unsure"])


def _exam_name(key: str, part: str) -> str:
    """An exam of one or two languages by their names, "" for anything else."""
    return f"exam comments, {' and '.join(words.LANGUAGES.get(code, code) for code in part.split('-'))}" if key.startswith("exam ") else ""


def _part(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = raw.get(key)
    return part if isinstance(part, dict) else {}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
