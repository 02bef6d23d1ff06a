"""The formats that labels can be written in, by the name that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import IO, TypeAlias

from labeling.interchange.annotation import Annotation
from labeling.interchange.writing import doccano, label_studio, prodigy, table

Write: TypeAlias = Callable[[IO[bytes], Iterable[Annotation]], int]
"""Writes answers to a stream as they come, and returns how many."""

FORMATS: Mapping[str, Write] = {
    "csv": partial(table.write, "csv"),
    "jsonl": partial(table.write, "jsonl"),
    "parquet": partial(table.write, "parquet"),
    "label-studio": label_studio.write_json,
    "label-studio-min": label_studio.write_json_min,
    "doccano": doccano.write_jsonl,
    "prodigy": prodigy.write_jsonl,
}
