"""Files of comments to label, and of known answers: each row checked, every wrong one named, nothing half taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.cell_values import Fields, name
from companion.cell_values import text as text_of
from companion.cell_values import video as video_of
from companion.intent import Context
from companion.label_rows import read_label
from companion.store.label_pool import PoolComment
from companion.store.labels import LabelEvent
from companion.table_files import BadFileError, Row, format_of, read_rows

MOST_ROWS = 100_000
MOST_PROBLEMS = 20
"""Wrong rows that are named; the others are counted."""

PLATFORM = "file"
"""Stands for comments that are known from a file only, where it names no platform."""


class BadItemsError(ValueError):
    """The file cannot be used; the message names the rows that are wrong."""


@dataclass(frozen=True)
class Gold:
    """A comment whose right answer is known; `why` is told in a practice round."""

    platform: str
    id: str
    video_id: str
    text: str
    context: Mapping[str, Any]
    answer: Mapping[str, Any]


def read_items(path: Path, called: str = "") -> list[PoolComment]:
    """The comments of a CSV or JSON lines file: `text`, and where known `id`, `context`, `video`, `platform`, `lang`.

    Raises:
        BadItemsError: nothing is used of a file with a wrong row.
    """
    file = called or path.name
    rows = _Rows(path, file)
    found: dict[tuple[str, str], PoolComment] = {}
    for row in rows.each(("text",)):
        read = rows.keep(row, _item)
        if read is not None:
            key = (read.platform, read.id)
            if key in found and found[key].text != read.text:
                rows.complain(row.line, f'the id "{read.id}" stands there twice, with another text')
            found.setdefault(key, read)
    rows.end()
    if not found:
        raise BadItemsError(f"{file} holds no comment; give each a row with a text")
    return list(found.values())


def read_gold(path: Path, called: str = "") -> list[Gold]:
    """Known answers of a CSV or JSON lines file: `id`, `text`, `grade` and what else a label has; a `note` tells why.

    Raises:
        BadItemsError: nothing is used of a file with a wrong row.
    """
    file = called or path.name
    rows = _Rows(path, file)
    found: dict[tuple[str, str], Gold] = {}
    for row in rows.each(("text",)):
        label = rows.keep(row, lambda one: _label(one, path))
        if label is not None and label.grade is None:
            rows.complain(row.line, '"grade" is missing; a known answer needs one')
        elif label is not None:
            answer = {"grade": label.grade, "signal": label.signal, "sentiment": label.sentiment, "why": label.note}
            gold = Gold(label.platform, label.comment_id, label.video_id, label.text, label.context, {k: v for k, v in answer.items() if v})
            found.setdefault((gold.platform, gold.id), gold)
    rows.end()
    if not found:
        raise BadItemsError(f"{file} holds no known answer; give each a row with a text and a grade")
    return list(found.values())


class _Rows:
    """Reads a file row by row and gathers what is wrong."""

    def __init__(self, path: Path, file: str) -> None:
        self._path, self._file = path, file
        self._wrong: list[str] = []
        self._more = 0

    def each(self, needed: tuple[str, ...]) -> Iterator[Row]:
        try:
            for number, row in enumerate(read_rows(self._path, needed), 1):
                if number > MOST_ROWS:
                    raise BadItemsError(f"{self._file} has more than {MOST_ROWS:,} rows; split it into several files")
                if row.error:
                    self.complain(row.line, row.error)
                else:
                    yield row
        except BadFileError as error:
            raise BadItemsError(f"{self._file}: {error}") from error

    def keep(self, row: Row, read: Any) -> Any:
        try:
            return read(row)
        except ValueError as error:
            self.complain(row.line, str(error))
            return None

    def complain(self, line: int, what: str) -> None:
        if len(self._wrong) < MOST_PROBLEMS:
            self._wrong.append(f"{self._file} line {line}: {what}")
        else:
            self._more += 1

    def end(self) -> None:
        if self._wrong:
            more = [f"and {self._more:,} more"] if self._more else []
            raise BadItemsError("\n".join([*self._wrong, *more]))


def _item(row: Row) -> PoolComment:
    fields = Fields(row.values)
    text = fields.read("text", text_of) or ""
    ident = fields.read("id", name) or f"text:{hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"
    context = fields.read("context", Context.of) or Context()
    platform, video, lang = fields.read("platform", name), fields.read("video", video_of) or "", fields.read("lang", name) or ""
    if "text" not in fields.given:
        fields.wrong.append('"text" is missing or empty')
    if fields.wrong:
        raise ValueError("; ".join(fields.wrong))
    caption = context.caption or context.note
    return PoolComment(
        platform or PLATFORM, ident, video, text, lang, None, False, caption, context.hashtags, context.product, context.parent, *[None] * 4
    )


def _label(row: Row, path: Path) -> LabelEvent:
    values = row.values if "id" in row.values else {**row.values, "id": _item(row).id}
    return read_label(Row(row.line, values), format_of(path), 0)
