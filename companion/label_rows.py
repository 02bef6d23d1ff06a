"""One row of a labels file -> a label event, or everything that is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID, uuid5

from companion.intent import SENTIMENTS, SIGNALS, Context
from companion.intent.prediction import GRADES
from companion.intent.text import clean, normalise
from companion.store import sample
from companion.store.labels import GUIDELINE, LabelEvent
from companion.store.predictions import digest
from companion.table_files import Format, Row, whole

KEYS = ("id", "text", "grade", "signal", "sentiment", "context", "video", "source", "platform", "annotator", "uuid")
"""What a label may say; everything else is ignored."""

MAX_NAME = 500
"""Code points of an id, a name or an address."""

SOURCE_GROUP = "source:"
"""Stands before a source's name where it takes the place of a video id."""

_SPACE = UUID("bdec7c0d-f586-4ebf-9ec6-95d82aece1fd")  # of derived uuids; never changes, else old files would import twice
_PLATFORM = re.compile("[a-z]{2,16}")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ADDRESSES = tuple(
    re.compile(rf"(?:https?://)?(?:[\w-]+\.)*{place}", re.I)
    for place in (
        r"tiktok\.com/(?:@[^/]*/)?(?:video|photo|v|embed/v2|embed)/(\d+)",
        r"(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/)|youtu\.be/)([\w-]{11})(?![\w-])",
        r"instagram\.com/(?:[^/]+/)?(?:p|reel|reels|tv)/([\w-]+)",
    )
)
"""Addresses of a video, however they were copied, end in the same id."""
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_MAX_SHOWN = 60

T = TypeVar("T")


def read_label(row: Row, kind: Format, now: int) -> LabelEvent:
    """The row as an event of source "import" at `now` (ms UTC).

    Raises:
        ValueError: naming each wrong value and how to mend it.
    """
    if row.error:
        raise ValueError(row.error)
    fields = _Fields(_typed(row.values) if kind == "CSV" else row.values)
    comment, text = fields.read("id", _name), fields.read("text", _text)
    grade, signal = fields.read("grade", _grade), fields.read("signal", _one_of(SIGNALS))
    sentiment = fields.read("sentiment", _one_of(SENTIMENTS))
    platform = fields.read("platform", _platform) or "tiktok"
    annotator, source = fields.read("annotator", _name) or "", fields.read("source", _name) or ""
    video, context, uuid = fields.read("video", _video), fields.read("context", _context) or {}, fields.read("uuid", _uuid)
    fields.wrong += [f'"{key}" is missing or empty' for key in ("id", "text") if key not in fields.given]
    if not {"grade", "signal", "sentiment"} & fields.given:
        fields.wrong.append('"grade" is missing; give a whole number from 1 to 10, or a signal or a sentiment')
    if fields.wrong or comment is None or text is None:
        raise ValueError("; ".join(fields.wrong))
    said = [platform, comment, annotator, text, grade, signal, sentiment]
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
    )


class _Fields:
    """Reads value after value and gathers what is wrong. A missing value, null and a blank text are the same: None."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self.given = {key for key, value in values.items() if value is not None and str(value).strip()}
        self.wrong: list[str] = []

    def read(self, key: str, reader: Callable[[object], T]) -> T | None:
        """The value as the reader understands it; None where it is missing or wrong."""
        try:
            return reader(self._values[key]) if key in self.given else None
        except ValueError as error:
            self.wrong.append(f'"{key}" {error}')
            return None


def _typed(values: Mapping[str, object]) -> dict[str, object]:
    """A CSV row with its grade as a number and its context as an object, where they are written so."""
    typed = dict(values)
    grade = str(values.get("grade", "")).strip()
    if re.fullmatch(r"\d{1,4}(\.0+)?", grade):
        typed["grade"] = int(float(grade))
    context = str(values.get("context", ""))
    if context.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):  # else it is a text that begins with a brace
            typed["context"] = whole(json.loads(context))
    return typed


def _name(value: object) -> str:
    """An id or a name; whole numbers are taken for their digits."""
    if isinstance(value, float):
        raise ValueError(f"is {_shown(value)}; put it in quotation marks, because long numbers lose digits otherwise")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"is {_shown(value)}; it must be text or a whole number")
    name = str(value).strip()
    if not clean(name):
        raise ValueError("is missing or empty")
    if len(name) > MAX_NAME:
        raise ValueError(f"has {len(name):,} characters, more than {MAX_NAME}")
    if _SHORTENED.fullmatch(name):
        raise ValueError(f"is {_shown(name)}, shortened by a spreadsheet; give that column the format text and fill it in again")
    return name


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {_shown(value)}; it must be text")
    if not clean(value):
        raise ValueError("is missing or empty")
    return value


def _grade(value: object) -> int:
    whole_number = isinstance(value, int | float) and not isinstance(value, bool) and value in GRADES
    if not whole_number:
        raise ValueError(f"is {_shown(value)}; it must be a whole number from 1 to 10")
    return int(value)  # type: ignore[call-overload, no-any-return]


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value.strip() not in allowed:
            raise ValueError(f"is {_shown(value)}; use one of {', '.join(allowed)}")
        return value.strip()

    return read


def _platform(value: object) -> str:
    if not isinstance(value, str) or not _PLATFORM.fullmatch(value):
        raise ValueError(f'is {_shown(value)}; write it in 2 to 16 small letters, such as "tiktok"')
    if value == sample.PLATFORM:
        raise ValueError(f"is {_shown(value)}, which is kept for BuySignal's invented data; name the platform of the comment")
    return value


def _video(value: object) -> str:
    """The id of a video, also out of its address; an unknown address stands for itself."""
    name = _name(value)
    return next((found[1] for address in _ADDRESSES if (found := address.match(name))), name)


def _context(value: object) -> dict[str, Any]:
    """The parts of a context that are known; a plain text is its note."""
    try:
        context = Context.of(value)
    except ValueError as error:
        raise ValueError(str(error).removeprefix("context ")) from None
    return {key: list(part) if isinstance(part, tuple) else part for key, part in asdict(context).items() if part}


def _uuid(value: object) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value.strip().lower()):
        raise ValueError(f"is {_shown(value)}; write a UUID such as {_SPACE}, or leave it out")
    return value.strip().lower()


def _shown(value: object) -> str:
    """The value as JSON, short enough for a line."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
