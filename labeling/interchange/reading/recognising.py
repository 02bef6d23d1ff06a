"""Which tool made a file: the entry point `buysignal.label_formats`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from companion.label_formats import LabelFormat
from labeling.interchange.reading import doccano, label_studio, label_studio_min, prodigy
from labeling.interchange.reading.heard import Hear
from labeling.interchange.reading.parquet import ParquetFormat, is_parquet
from labeling.interchange.reading.records import first, is_list
from labeling.interchange.reading.telling import ToldFormat

_TOOLS: tuple[tuple[Callable[[Mapping[str, Any]], bool], str, Hear], ...] = (
    (label_studio.is_task, "Label Studio JSON", label_studio.hear),
    (label_studio_min.is_answer, "Label Studio JSON_MIN", label_studio_min.hear),
    (prodigy.is_decision, "Prodigy JSONL", prodigy.hear),
    (doccano.is_text, "doccano JSONL", doccano.hear),
)


def recognise(path: Path) -> LabelFormat | None:
    """The format of a file, told from its first record; None where it is of none of these tools."""
    if is_parquet(path):
        return ParquetFormat()
    record = first(path)
    for looks_like, name, hear in _TOOLS:
        if looks_like(record):
            return ToldFormat(name, "record" if is_list(path) else "line", hear)
    return None
