"""What a run tells while it goes: to the terminal, to its log, to the store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from companion.store import clock

Tell = Callable[[str, dict[str, object]], None]
"""(what happened, facts); facts hold ids, counts and words of ours, never text or names from the page."""


class RunLog:
    """One JSON object a line: `at` (ISO 8601 UTC), `event`, and its facts."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path

    def __call__(self, event: str, facts: dict[str, object]) -> None:
        """Append a line."""
        line = json.dumps({"at": clock.iso(clock.now_ms()), "event": event, **facts}, ensure_ascii=False)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
