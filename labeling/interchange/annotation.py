"""One person's standing answer about one comment: what every export holds one of a row."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ABOUT = "about"
"""Column in which other tools show what a comment stands under."""


@dataclass(frozen=True)
class Annotation:
    """`at` is ms UTC; `annotator` is a pseudonym, "" where nobody is named; `context` is as `Context` takes it, {} where not known."""

    uuid: str
    platform: str
    id: str
    text: str
    video: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    annotator: str = ""
    grade: int | None = None
    signal: str | None = None
    sentiment: str | None = None
    flags: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    guideline: str = ""
    at: int = 0

    @property
    def skipped(self) -> bool:
        """Whether it says only that the person would not judge."""
        return "skip" in self.flags and not self.answered

    @property
    def answered(self) -> bool:
        """Whether any of the three questions has an answer."""
        return any(answer is not None for answer in (self.grade, self.signal, self.sentiment))


def from_row(row: sqlite3.Row, pseudonym: Callable[[str], str]) -> Annotation:
    """An annotation of a row of `label_event`; `pseudonym` makes a stand-in of who labelled."""
    return Annotation(
        uuid=row["uuid"],
        platform=row["platform"],
        id=row["comment_id"],
        text=row["text"],
        video=row["video_id"],
        context=json.loads(row["context"]),
        annotator=pseudonym(row["client_id"]) if row["client_id"] else "",
        grade=row["grade"],
        signal=row["signal"],
        sentiment=row["sentiment"],
        flags=tuple(json.loads(row["flags"])),
        note=row["note"],
        source=row["source"],
        guideline=row["guideline_version"],
        at=row["created_at"],
    )


def said(values: Mapping[str, Any]) -> str:
    """A short digest of what an answer says, by which one that another tool changed is told from one that came back as it went.

    >>> said({"id": "1", "grade": 8}) == said({"id": "1", "grade": 8, "signal": None, "flags": []})
    True
    """
    keys = ("platform", "id", "text", "grade", "signal", "sentiment", "flags", "note")
    told = {key: values[key] for key in keys if values.get(key)}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return hashlib.blake2b(written, digest_size=8).hexdigest()
