"""Prodigy's JSONL (`prodigy db-out`): one decision a line, accepted, rejected or ignored.

A decision is about options of which some were chosen ("accept"), or about one label ("label"); several decisions about labels of
the same text by the same person are put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from companion.cell_values import shown
from labeling.interchange import stamp
from labeling.interchange.reading.heard import LABELS, Answer, Heard, LeftOut
from labeling.interchange.reading.label_lists import labels_of
from labeling.interchange.reading.records import records

TOOL = "prodigy"

_OWN = {
    *("accept", "answer", "config", "html", "image", "label", "meta", "note", "options", "priority", "relations"),
    *("score", "spans", "tokens", stamp.KEY),
}
_DECISIONS = ("accept", "reject", "ignore")  # no set: anything may stand there


def is_decision(first: Mapping[str, Any]) -> bool:
    """Whether a record looks like a decision."""
    return first.get("answer") in _DECISIONS and ("_input_hash" in first or "_task_hash" in first)


def hear(path: Path, left_out: LeftOut) -> Iterator[Heard]:
    """What was accepted. Single labels come last, when all of a text's are known."""
    labels: dict[tuple[str, str], Heard] = {}
    for record in records(path):
        if record.error:
            yield Heard(record.number, error=record.error)
            continue
        answer = record.value.get("answer")
        if answer not in _DECISIONS:
            yield Heard(record.number, error=f'"answer" is {shown(answer)}; it must be accept, reject or ignore')
        elif answer == "ignore":
            left_out["ignored by the annotator"] += 1
        elif answer == "reject":
            left_out["rejected, which does not say what is right"] += 1
        else:
            yield from _accepted(record.number, record.value, labels, left_out)
    yield from labels.values()


def _accepted(number: int, values: Mapping[str, Any], labels: dict[tuple[str, str], Heard], left_out: LeftOut) -> Iterator[Heard]:
    try:
        answers = _answers(values)
    except ValueError as error:
        yield Heard(number, error=str(error))
        return
    if not answers:
        left_out["accepted without a choice"] += 1
        return
    meta = values.get("meta")
    rest = {key: value for key, value in values.items() if key not in _OWN and not key.startswith("_")}
    heard = Heard(
        number,
        "",
        {**(meta if isinstance(meta, dict) else {}), **rest},
        (*answers, *_note(values)),
        annotator=str(values.get("_annotator_id") or values.get("_session_id") or ""),
        own_id=f"{TOOL}:{values.get('_input_hash', number)}",
        stamp=stamp.read(values.get(stamp.KEY)),
    )
    if "accept" in values:
        yield heard
        return
    key = (heard.own_id, heard.annotator)
    before = labels.get(key)
    labels[key] = heard if before is None else replace(before, answers=before.answers + heard.answers)


def _answers(values: Mapping[str, Any]) -> list[Answer]:
    if "accept" in values:
        chosen = values["accept"] if isinstance(values["accept"], list) else [values["accept"]]
        listed = values.get("options")
        options = {str(option.get("id")): option for option in listed if isinstance(option, dict)} if isinstance(listed, list) else {}
        return [Answer(LABELS, _choice(item, options)) for item in chosen if item is not None]
    return [*labels_of(values.get("label")), *labels_of(values.get("spans"))]


def _choice(item: object, options: Mapping[str, Mapping[str, Any]]) -> object:
    """What was chosen. A number that stands for an option with a text is the option's place, not a grade: the text counts."""
    if not isinstance(item, str | int):
        raise ValueError(f'"accept" holds {shown(item)}; it must hold ids of options')
    text = options.get(str(item), {}).get("text")
    return text if isinstance(text, str) and str(item).lstrip("-").isdecimal() and text.strip() else item


def _note(values: Mapping[str, Any]) -> list[Answer]:
    note = values.get("note")
    return [Answer("note", note, "text")] if isinstance(note, str) and note.strip() else []
