"""Label Studio's JSON and JSON_MIN, which it takes in again (the first) and which its users' scripts read (both)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Any

from companion.store import clock
from labeling.interchange import stamp
from labeling.interchange.annotation import Annotation
from labeling.interchange.writing.label_studio_config import TEXT
from labeling.interchange.writing.task_data import task_data


def write_json(out: IO[bytes], annotations: Iterable[Annotation]) -> int:
    """One task a comment, with everybody's answers. Nobody is named in "completed_by": Label Studio refuses accounts it does not know.

    Returns the number of answers written; they must come comment by comment.
    """
    return _write_list(out, _tasks(annotations))


def write_json_min(out: IO[bytes], annotations: Iterable[Annotation]) -> int:
    """One answer a record. What was skipped is left out, as Label Studio does. Returns the number of answers written."""
    said = (annotation for annotation in annotations if not annotation.skipped)
    return _write_list(out, ((_minimal(number, annotation), 1) for number, annotation in enumerate(said, 1)))


def _write_list(out: IO[bytes], records: Iterable[tuple[dict[str, Any], int]]) -> int:
    count = 0
    out.write(b"[")
    for number, (record, answers) in enumerate(records):
        out.write((",\n" if number else "\n").encode() + json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"))
        count += answers
    out.write(b"\n]\n")
    return count


def _tasks(annotations: Iterable[Annotation]) -> Iterator[tuple[dict[str, Any], int]]:
    written = 0
    for number, (data, group) in enumerate(groupby(annotations, key=task_data), 1):
        answers = [_annotation(written + nth, annotation) for nth, annotation in enumerate(group, 1)]
        written += len(answers)
        yield {"id": number, "data": data, "annotations": answers, "predictions": []}, len(answers)


def _annotation(number: int, annotation: Annotation) -> dict[str, Any]:
    return {
        "id": number,
        "result": [] if annotation.skipped else _results(annotation),
        "was_cancelled": annotation.skipped,
        "ground_truth": False,
        "created_at": clock.iso(annotation.at),
    }


def _results(annotation: Annotation) -> list[dict[str, Any]]:
    """The answers; the stamp goes with the first, because Label Studio keeps nothing else of ours."""
    found: list[dict[str, Any]] = []
    for key, kind, value in (
        ("grade", "rating", annotation.grade),
        ("signal", "choices", annotation.signal and [annotation.signal]),
        ("sentiment", "choices", annotation.sentiment and [annotation.sentiment]),
        ("flags", "choices", list(annotation.flags)),
        ("note", "textarea", annotation.note and [annotation.note]),
    ):
        if value:
            shape = "text" if kind == "textarea" else kind
            found.append({"id": key, "from_name": key, "to_name": TEXT, "type": kind, "value": {shape: value}})
    if found:
        found[0]["meta"] = {stamp.KEY: stamp.of(annotation)}
    return found


def _minimal(number: int, annotation: Annotation) -> dict[str, Any]:
    record = {**task_data(annotation), "id": number}
    if annotation.grade is not None:
        record["grade"] = [{"rating": annotation.grade}]
    told = {"signal": annotation.signal, "sentiment": annotation.sentiment, "note": annotation.note}
    record |= {key: value for key, value in told.items() if value}
    if annotation.flags:
        record["flags"] = annotation.flags[0] if len(annotation.flags) == 1 else {"choices": list(annotation.flags)}
    record |= {"annotator": annotation.annotator or None, "annotation_id": number, "created_at": clock.iso(annotation.at)}
    return record | {"updated_at": clock.iso(annotation.at), "lead_time": None, stamp.KEY: stamp.of(annotation)}
