"""Prodigy's JSONL: one answer a line, as a choice among all our answers, ready for `prodigy db-in`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import IO

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.prediction import GRADES
from companion.label_rows import MARKS
from labeling.interchange import stamp
from labeling.interchange.annotation import Annotation
from labeling.interchange.writing.task_data import flat_labels, task_data

_OPTIONS = json.dumps(
    [
        {"id": f"{question}:{value}", "text": f"{question} {value}"}
        for question, values in (("grade", GRADES), ("signal", SIGNALS), ("sentiment", SENTIMENTS), ("flags", MARKS))
        for value in values
    ]
)


def write_jsonl(out: IO[bytes], annotations: Iterable[Annotation]) -> int:
    """Returns the number of answers written.

    The two hashes tell texts and questions apart as Prodigy's do, and are not the ones that it would compute: let it set them anew
    (`--rehash`) before they meet decisions made there.
    """
    count = 0
    for count, annotation in enumerate(annotations, 1):  # noqa: B007 (the last count is returned)
        text = _hash(annotation.platform, annotation.id, annotation.text)
        data = task_data(annotation)
        record = {
            "text": data.pop("text"),
            "meta": data,
            "accept": [] if annotation.skipped else flat_labels(annotation),
            "answer": "ignore" if annotation.skipped else "accept",
            "config": {"choice_style": "multiple"},
            "_view_id": "choice",
            "_input_hash": text,
            "_task_hash": _hash(str(text), "buysignal"),
            "_annotator_id": annotation.annotator or None,
            "_session_id": annotation.annotator or None,
            "_timestamp": annotation.at // 1000,
            stamp.KEY: stamp.of(annotation),
        }
        if annotation.note:
            record["note"] = annotation.note
        line = json.dumps(record, ensure_ascii=False)[:-1] + f', "options": {_OPTIONS}}}\n'  # the same in every line
        out.write(line.encode("utf-8", "replace"))
    return count


def _hash(*parts: str) -> int:
    """32 bits with a sign, as Prodigy's are."""
    written = "\0".join(parts).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(written, digest_size=4).digest(), "big", signed=True)
