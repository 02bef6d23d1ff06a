"""Label Studio's JSON export: one task a record, with everybody's annotations, drafts and predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from companion.cell_values import shown
from labeling.interchange import stamp
from labeling.interchange.reading.heard import Answer, Heard, Kind, LeftOut
from labeling.interchange.reading.records import records

TOOL = "label-studio"

_KINDS: Mapping[str, Kind] = {"choices": "choice", "rating": "rating", "number": "rating"}
"""Kinds of questions whose answers may be ours; answers of the others are text."""


def is_task(first: Mapping[str, Any]) -> bool:
    """Whether a record looks like a task."""
    return isinstance(first.get("data"), dict) and any(isinstance(first.get(key), list) for key in ("annotations", "completions"))


def hear(path: Path, left_out: LeftOut) -> Iterator[Heard]:
    """Finished annotations of all people; skipped ones, drafts and predictions are counted only."""
    for record in records(path):
        if record.error:
            yield Heard(record.number, error=record.error)
            continue
        yield from _task(record.number, record.value, left_out)


def _task(number: int, task: Mapping[str, Any], left_out: LeftOut) -> Iterator[Heard]:
    data = task.get("data")
    found = task.get("annotations", task.get("completions"))  # "completions" until version 1.0
    found = [] if found is None else found
    if not isinstance(data, dict) or not isinstance(found, list):
        yield Heard(number, error='no task of Label Studio; "data" must be an object and "annotations" a list')
        return
    for key in ("drafts", "predictions"):
        if isinstance(task.get(key), list) and task[key]:
            left_out[key] += len(task[key])
    if not found:
        left_out["tasks that nobody answered"] += 1
    for annotation in found:
        if not isinstance(annotation, dict):
            yield Heard(number, error=f"an annotation is {shown(annotation)}; it must be an object")
        elif annotation.get("was_cancelled") or annotation.get("skipped"):
            left_out["skipped by the annotator"] += 1
        else:
            yield _annotation(number, task, data, annotation)


def _annotation(number: int, task: Mapping[str, Any], data: Mapping[str, Any], annotation: Mapping[str, Any]) -> Heard:
    where = f"task {task.get('id', '?')}, annotation {annotation.get('id', '?')}"
    result = annotation.get("result") or []
    if not isinstance(result, list) or not all(isinstance(item, dict) and isinstance(item.get("value", {}), dict) for item in result):
        return Heard(number, where, error='"result" must be a list of objects with a "value"')
    answers: list[Answer] = []
    own = None
    for item in result:
        if "value" not in item:
            continue  # a relation between two others
        answers += _answers(item)
        meta = item.get("meta")
        own = own or stamp.read(meta.get(stamp.KEY) if isinstance(meta, dict) else None)
    return Heard(
        number,
        where,
        data,
        tuple(answers),
        annotator=person(annotation.get("completed_by")),
        own_id=f"{TOOL}:{task.get('id', number)}",
        gold=annotation.get("ground_truth") is True,
        stamp=own,
    )


def _answers(item: Mapping[str, Any]) -> list[Answer]:
    key, kind = str(item.get("from_name") or item.get("type") or "?"), str(item.get("type", ""))
    value = item["value"].get("text" if kind == "textarea" else kind)
    values = value if isinstance(value, list) else [value]
    return [Answer(key, one, _KINDS.get(kind, "text"), "start" in item["value"]) for one in values if one is not None]


def person(completed_by: object) -> str:
    """Who annotated, by the number of their account: names and addresses stay out.

    >>> person(3), person({"id": 3, "email": "ann@example.org"}), person(None)
    ('label-studio-3', 'label-studio-3', '')
    """
    number = completed_by.get("id") if isinstance(completed_by, Mapping) else completed_by
    return f"{TOOL}-{number}" if isinstance(number, int) and not isinstance(number, bool) else ""
