"""The practice round: invented comments with the right answers, and why they are right by the guide that came with BuySignal."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from companion.store.label_items import EVERYBODY, Item

FILE = Path(__file__).parent / "content" / "practice.json"

PLATFORM = "practice"
"""Of comments that nobody wrote: they are in nobody's figures and in no training."""


@cache
def items() -> tuple[Item, ...]:
    """The round in its order, to be stored in a task of its own. `gold` holds the right answers and "why"."""
    lines: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Item(
            platform=PLATFORM,
            target_id=f"practice-{place + 1}",
            text=line["text"],
            sampler="practice",
            probability=1.0,
            place=place,
            context=line["context"],
            lang=line["lang"],
            votes=EVERYBODY,
            gold=line["gold"],
        )
        for place, line in enumerate(lines)
    )
