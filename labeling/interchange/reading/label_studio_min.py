"""Label Studio's JSON_MIN export: one annotation a record, its answers between what the task carried along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from labeling.interchange import stamp
from labeling.interchange.annotation import ABOUT
from labeling.interchange.reading.heard import Answer, Heard, LeftOut
from labeling.interchange.reading.label_studio import TOOL, person
from labeling.interchange.reading.records import records

_OWN = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", stamp.KEY, ABOUT}
"""Keys that are Label Studio's, or that BuySignal wrote and that are no answers."""


def is_answer(first: Mapping[str, Any]) -> bool:
    """Whether a record looks like an annotation."""
    return {"annotation_id", "annotator", "lead_time"} <= first.keys()


def hear(path: Path, left_out: LeftOut) -> Iterator[Heard]:
    """Annotations; drafts, predictions and skipped ones are not in such a file."""
    for record in records(path):
        if record.error:
            yield Heard(record.number, error=record.error)
        elif record.value.get("annotation_id") is None:
            left_out["tasks that nobody answered"] += 1
        else:
            yield _annotation(record.number, record.value)


def _annotation(number: int, values: Mapping[str, Any]) -> Heard:
    data: dict[str, object] = {}
    answers: list[Answer] = []
    for key, value in values.items():
        if key in _OWN or value is None:
            continue
        given = _answers(key, value)
        answers += given
        if not given or given[0].kind == "column":
            data[key] = value
    return Heard(
        number,
        f"task {values.get('id', '?')}, annotation {values['annotation_id']}",
        data,
        tuple(answers),
        annotator=person(values.get("annotator")),
        own_id=f"{TOOL}:{values.get('id', number)}",
        stamp=stamp.read(values.get(stamp.KEY)),
    )


def _answers(key: str, value: object) -> list[Answer]:
    """What a column says as an answer. Single choices and texts look like every other column."""
    if isinstance(value, str | int | float):
        return [Answer(key, value, "column")]
    if isinstance(value, dict):
        for name in ("choices", "text"):
            if set(value) == {name} and isinstance(value[name], list):
                return [Answer(key, one, "choice" if name == "choices" else "text") for one in value[name]]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        if all(set(item) & {"rating", "number"} for item in value):
            return [Answer(key, item.get("rating", item.get("number")), "rating") for item in value]
        marked = [(item, item["labels"]) for item in value if isinstance(item.get("labels"), list)]
        return [Answer(key, label, "text", "start" in item) for item, labels in marked for label in labels]
    return []
