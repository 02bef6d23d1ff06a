"""One row of a labels file -> a label event, or everything that is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

from companion.cell_values import Fields, name, shown
from companion.cell_values import text as text_of
from companion.cell_values import video as video_of
from companion.intent import SENTIMENTS, SIGNALS, Context
from companion.intent.prediction import GRADES
from companion.intent.text import normalise
from companion.store import sample
from companion.store.labels import GUIDELINE, LabelEvent
from companion.store.predictions import digest
from companion.strict_json import whole
from companion.table_files import Format, Row

KEYS = (
    *("id", "text", "grade", "signal", "sentiment", "flags", "note", "context", "video", "source", "platform", "annotator"),
    "uuid",
)
"""What a label may say; everything else is ignored."""

MARKS = ("spam", "creator", "unsure", "skip")
"""Marks beside the answers: an advert, the creator's own words, a doubt, and "I cannot judge this"."""

SOURCE_GROUP = "source:"
"""Stands before a source's name where it takes the place of a video id."""

_SPACE = UUID("bdec7c0d-f586-4ebf-9ec6-95d82aece1fd")  # of derived uuids; never changes, else old files would import twice
_PLATFORM = re.compile("[a-z]{2,16}")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_label(row: Row, kind: Format, now: int) -> LabelEvent:
    """The row as an event of source "import" at `now` (ms UTC).

    Raises:
        ValueError: naming each wrong value and how to mend it.
    """
    if row.error:
        raise ValueError(row.error)
    fields = Fields(_typed(row.values, kind))
    comment, text = fields.read("id", name), fields.read("text", text_of)
    grade, signal = fields.read("grade", _grade), fields.read("signal", _one_of(SIGNALS))
    sentiment = fields.read("sentiment", _one_of(SENTIMENTS))
    platform = fields.read("platform", _platform) or "tiktok"
    annotator, source = fields.read("annotator", name) or "", fields.read("source", name) or ""
    video, context, uuid = fields.read("video", video_of), fields.read("context", _context) or {}, fields.read("uuid", _uuid)
    flags, note = fields.read("flags", _flags) or (), fields.read("note", text_of) or ""
    fields.wrong += [f'"{key}" is missing or empty' for key in ("id", "text") if key not in fields.given]
    if not {"grade", "signal", "sentiment"} & fields.given and not flags:
        fields.wrong.append('"grade" is missing; give a whole number from 1 to 10, or a signal or a sentiment')
    if fields.wrong or comment is None or text is None:
        raise ValueError("; ".join(fields.wrong))
    said: list[object] = [platform, comment, annotator, text, grade, signal, sentiment]
    if flags or note:  # older files had neither, and must not import twice
        said += [list(flags), note]
    return LabelEvent(
        uuid=uuid or str(uuid5(_SPACE, json.dumps(said))),
        source="import",
        platform=platform,
        comment_id=comment,
        video_id=video or (SOURCE_GROUP + source if source else ""),
        text=text,
        context=context,
        text_hash=digest(normalise(text)),
        grade=grade,
        signal=signal,
        sentiment=sentiment,
        guideline_version=GUIDELINE,
        client_id=annotator,
        created_at=now,
        flags=flags,
        note=note,
    )


def _typed(values: Mapping[str, object], kind: Format) -> dict[str, object]:
    """A row with its context as an object and, of a CSV file, its grade as a number, where they are written so."""
    typed = dict(values)
    grade = str(values.get("grade", "")).strip()
    if kind == "CSV" and re.fullmatch(r"\d{1,4}(\.0+)?", grade):
        typed["grade"] = int(float(grade))
    context = values.get("context")
    if isinstance(context, str) and context.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):  # else it is a text that begins with a brace
            typed["context"] = whole(json.loads(context))
    return typed


def _grade(value: object) -> int:
    whole_number = isinstance(value, int | float) and not isinstance(value, bool) and value in GRADES
    if not whole_number:
        raise ValueError(f"is {shown(value)}; it must be a whole number from 1 to 10")
    return int(value)  # type: ignore[call-overload, no-any-return]


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value.strip() not in allowed:
            raise ValueError(f"is {shown(value)}; use one of {', '.join(allowed)}")
        return value.strip()

    return read


def _flags(value: object) -> tuple[str, ...]:
    """Marks of a list, or of a text in which "|" stands between them; in the order of `MARKS`."""
    found = value.split("|") if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(mark, str) and mark.strip() in MARKS for mark in found):
        raise ValueError(f"is {shown(value)}; use {', '.join(MARKS)}, with | between several")
    given = {mark.strip() for mark in found}
    return tuple(mark for mark in MARKS if mark in given)


def _platform(value: object) -> str:
    if not isinstance(value, str) or not _PLATFORM.fullmatch(value):
        raise ValueError(f'is {shown(value)}; write it in 2 to 16 small letters, such as "tiktok"')
    if value == sample.PLATFORM:
        raise ValueError(f"is {shown(value)}, which is kept for BuySignal's invented data; name the platform of the comment")
    return value


def _context(value: object) -> dict[str, Any]:
    """The parts of a context that are known; a plain text is its note."""
    if isinstance(value, Mapping) and value.keys() == {"note"}:  # as exports write it
        value = value["note"]
    try:
        context = Context.of(value)
    except ValueError as error:
        raise ValueError(str(error).removeprefix("context ")) from None
    return {key: list(part) if isinstance(part, tuple) else part for key, part in asdict(context).items() if part}


def _uuid(value: object) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value.strip().lower()):
        raise ValueError(f"is {shown(value)}; write a UUID such as {_SPACE}, or leave it out")
    return value.strip().lower()
