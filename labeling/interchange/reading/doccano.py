"""doccano's JSONL (and JSON) exports: a text a record, with the names of its labels.

Text classification has "label" (a list of names), sequence labeling "label" (a list of [from, to, name]) or "entities" and
"relations", intent detection "cats" and "entities"; versions before 1.2 have "labels", or "annotations" with a user. What was
imported beside a text comes back as further keys, or in "meta" in old versions. Nobody is named in a file of today: where people
worked apart, each has a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from labeling.interchange import stamp
from labeling.interchange.reading.heard import Answer, Heard, LeftOut
from labeling.interchange.reading.label_lists import labels_of
from labeling.interchange.reading.records import records

TOOL = "doccano"

_LABELS = ("label", "labels", "cats", "entities", "annotations")
_OWN = {*_LABELS, "id", "relations", "Comments", "comments", "meta", "username", "user", "annotation_approver", stamp.KEY}
_NOTE = "note"


def is_text(first: Mapping[str, Any]) -> bool:
    """Whether a record looks like a labelled text, and not like a label of ours."""
    ours = {"grade", "signal", "sentiment"} & first.keys()
    return isinstance(first.get("text"), str) and not ours and any(isinstance(first.get(key), list | str) for key in _LABELS)


def hear(path: Path, left_out: LeftOut) -> Iterator[Heard]:
    """Texts with at least one label."""
    for record in records(path):
        if record.error:
            yield Heard(record.number, error=record.error)
            continue
        try:
            yield from _text(record.number, record.value, left_out)
        except ValueError as error:
            yield Heard(record.number, error=str(error))


def _text(number: int, values: Mapping[str, Any], left_out: LeftOut) -> Iterator[Heard]:
    meta = values.get("meta")
    data = {**(meta if isinstance(meta, dict) else {}), **{key: value for key, value in values.items() if key not in _OWN}}
    notes = tuple(Answer(_NOTE, text, "text") for text in _comments(values.get("Comments", values.get("comments"))))
    said = _by_person(values)
    if not said:
        left_out["texts without a label"] += 1
    for person, answers in said.items():
        yield Heard(
            number,
            person and f"user {person}",
            data,
            (*answers, *notes),
            annotator=f"{TOOL}-{person}" if person else "",
            own_id=f"{TOOL}:{values.get('id', number)}",
            stamp=stamp.read(values.get(stamp.KEY)),
        )


def _by_person(values: Mapping[str, Any]) -> dict[str, list[Answer]]:
    """Labels by who gave them, "" where nobody is named."""
    everyone = str(values.get("username") or values.get("user") or "")
    found: dict[str, list[Answer]] = {}
    for key in _LABELS:
        value = values.get(key)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            person, named = everyone, item
            if isinstance(item, dict):
                person = str(item.get("user_name") or item.get("user") or everyone)
                named = {**item, "label": item.get("label_name", item.get("label"))}
            found.setdefault(person, []).extend(labels_of([named]))
    return {person: answers for person, answers in found.items() if answers}


def _comments(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    texts = [item.get("comment", item.get("text")) if isinstance(item, dict) else item for item in items]
    return [text for text in texts if isinstance(text, str) and text.strip()]
