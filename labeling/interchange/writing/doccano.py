"""doccano's JSONL for text classification: one answer a line, its labels as names such as "signal:price"."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from labeling.interchange import stamp
from labeling.interchange.annotation import Annotation
from labeling.interchange.writing.task_data import flat_labels, task_data


def write_jsonl(out: IO[bytes], annotations: Iterable[Annotation]) -> int:
    """What is no text, label or comment becomes metadata in doccano and comes out of it again. Returns the number of answers written."""
    count = 0
    for count, annotation in enumerate(annotations, 1):
        record = {
            "id": count,
            **task_data(annotation),
            "label": flat_labels(annotation),
            "Comments": [annotation.note] if annotation.note else [],
            stamp.KEY: stamp.of(annotation),
        }
        out.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return count
