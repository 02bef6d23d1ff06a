"""The seed corpus: invented comments, graded by the labeling guide, one JSON object a line.

Keys: text, context, grade (1-10), signal, sentiment, lang (ISO 639-1 or "un"), group (invented author and thread),
product (kind of product, "none" where the video sells nothing).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from companion.intent import SENTIMENTS, SIGNALS, Context

FOLDER = Path(__file__).parent / "seed"


@dataclass(frozen=True)
class Example:
    """A graded comment. `group` never straddles a train and a test part."""

    text: str
    context: Context
    grade: int
    signal: str
    sentiment: str
    lang: str
    group: str
    product: str


class BadSeedError(ValueError):
    """A seed line that breaks the format; the message names file, line and value."""


def load_seed(folder: Path = FOLDER) -> list[Example]:
    """All examples of a folder's `*.jsonl`, files in name order.

    Raises:
        BadSeedError: naming the first wrong line.
    """
    return [example for path in sorted(folder.glob("*.jsonl")) for example in _read(path)]


def _read(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield parse(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise BadSeedError(f"{path.name} line {number}: {error}") from error


def parse(row: dict[str, object]) -> Example:
    """One example from its JSON object; ValueError names the key and value that is wrong."""
    example = Example(**{**row, "context": Context.of(row["context"])})  # type: ignore[arg-type]
    if not example.text.strip():
        raise ValueError("text is empty")
    if example.grade not in range(1, 11):
        raise ValueError(f"grade {example.grade!r} is not 1 to 10")
    if example.signal not in SIGNALS:
        raise ValueError(f"signal {example.signal!r} is not one of {', '.join(SIGNALS)}")
    if example.sentiment not in SENTIMENTS:
        raise ValueError(f"sentiment {example.sentiment!r} is not one of {', '.join(SENTIMENTS)}")
    return example
