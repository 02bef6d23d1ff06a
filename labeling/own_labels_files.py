"""One's own labels as CSV and as JSON lines, with the columns that an import of labels reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from companion import csv_cells
from companion.store import clock
from companion.store.own_answers import OwnAnswer

COLUMNS = (
    *("task", "text", "grade", "signal", "sentiment", "quality", "flags", "note", "lang", "answered", "platform", "id", "video"),
    *("guideline", "context", "uuid"),
)
"""`flags` are spam, creator and unsure, and skip for a skipped comment; in CSV with | between them."""


def csv_of(answers: Iterable[OwnAnswer]) -> Iterator[str]:
    """Line by line."""
    return csv_cells.lines(COLUMNS, (_cells(_record(one)) for one in answers))


def jsonl_of(answers: Iterable[OwnAnswer]) -> Iterator[str]:
    """An object a line; what was not said is left out."""
    for one in answers:
        said = {key: value for key, value in _record(one).items() if value not in (None, "", [], {})}
        yield json.dumps(said, ensure_ascii=False) + "\n"


def _record(one: OwnAnswer) -> dict[str, object]:
    return {
        "task": one.task,
        "text": one.text,
        **{name: one.answers.get(name) for name in ("grade", "signal", "sentiment", "quality")},
        "flags": [*one.flags, *(["skip"] if one.skipped else [])],
        "note": one.note,
        "lang": one.lang,
        "answered": clock.iso(one.at),
        "platform": one.platform,
        "id": one.target_id,
        "video": one.video_id,
        "guideline": one.guideline_version,
        "context": one.context,
        "uuid": one.uuid,
    }


def _cells(record: dict[str, object]) -> list[object]:
    flags, context = record["flags"], record["context"]
    written = {
        "flags": "|".join(map(str, flags if isinstance(flags, list) else [])),
        "context": json.dumps(context, ensure_ascii=False) if context else "",
    }
    return [written.get(name, record[name]) for name in COLUMNS]
