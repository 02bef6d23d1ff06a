"""Records that store tests write."""

from __future__ import annotations

from typing import Any

from companion.store.labels import LabelEvent


def label(number: int, **changes: Any) -> LabelEvent:
    """A correction of comment "c1"; `number` makes its uuid."""
    usual: dict[str, Any] = {
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "source": "badge",
        "platform": "tiktok",
        "comment_id": f"c{number}",
        "text": "need this 😍",
        "text_hash": "00",
        "guideline_version": "1",
        "created_at": 1000 + number,
        "context": {"caption": "bottle"},
        "grade": 8,
        "signal": "want",
    }
    return LabelEvent(**{**usual, **changes})
