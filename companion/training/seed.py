"""The seed corpus: invented comments, graded by the labeling guide, one JSON object a line.

Keys: text, context, grade (1-10), signal, sentiment, lang (ISO 639-1 or "un"), group (invented author and thread),
product (kind of product, "none" where the video sells nothing); in the newer files also emotion, toxic and spam.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from companion.training.examples import Example, parse

FOLDER = Path(__file__).parent / "seed"


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
