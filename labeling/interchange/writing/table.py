"""Our own CSV, JSON lines and Parquet: one answer a row, with the columns that `buysignal import` takes in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

from companion.exporting.tables import Column, Value
from companion.exporting.writers import WRITERS
from labeling.interchange.annotation import Annotation

COLUMNS = (
    *(Column(name) for name in ("platform", "id", "text")),
    Column("grade", "integer"),
    *(Column(name) for name in ("signal", "sentiment")),
    Column("flags", "list"),
    *(Column(name) for name in ("note", "context", "video", "annotator", "label_source", "guideline")),
    Column("label_time", "time"),
    Column("uuid"),
)


def write(kind: str, out: IO[bytes], annotations: Iterable[Annotation], bom: bool = False) -> int:
    """Write csv, jsonl or parquet; returns the number of answers written."""
    return WRITERS[kind](out, COLUMNS, _rows(annotations), "labels", bom)


def _rows(annotations: Iterable[Annotation]) -> Iterator[list[Value]]:
    for one in annotations:
        context = json.dumps(one.context, ensure_ascii=False, sort_keys=True) if one.context else None
        yield [
            *(one.platform, one.id, one.text, one.grade, one.signal, one.sentiment, list(one.flags) or None, one.note or None),
            *(context, one.video or None, one.annotator or None, one.source or None, one.guideline or None, one.at, one.uuid),
        ]
