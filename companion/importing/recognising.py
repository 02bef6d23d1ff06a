"""What a file holds, told from its name and its first lines."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from companion.importing import bodies, zeeschuimer
from companion.importing.columns import flat, kind_of
from companion.importing.documents import DOCUMENTS, LINES, PAGES, document, kind_of_name
from companion.importing.tables import column_names
from companion.table_files import BadFileError, Row, read_rows

Kind = Literal["comments", "videos", "labels", "zeeschuimer", "pages"]
"""comments, videos, labels: tables; zeeschuimer: lines of that extension; pages: answers of TikTok, and threads parsed from them."""

KINDS: tuple[Kind, ...] = get_args(Kind)

WORDS: dict[Kind, str] = {
    "comments": "table of comments",
    "videos": "table of videos",
    "labels": "labels",
    "zeeschuimer": "what Zeeschuimer saw",
    "pages": "pages of TikTok",
}

_FIRST = 5
"""Lines looked at; the first that can be read decides."""

_UNKNOWN = "what it holds could not be recognised; say so with --kind"


def recognise(path: Path) -> Kind:
    """What a file or folder holds.

    Raises:
        BadFileError: it cannot be told, or the file cannot be read.
    """
    ending = kind_of_name(path)
    if path.is_dir() or ending in PAGES:
        return "pages"
    if ending == ".csv":
        return _table(kind_of(column_names(path)))
    if ending not in (*LINES, *DOCUMENTS):
        raise BadFileError("the name must end in .jsonl, .ndjson, .csv, .json or .html, or in one of these with .gz behind")
    row = next((row for row in islice(read_rows(path), _FIRST) if not row.error), None)
    if row is None and ending in LINES:
        raise BadFileError(_UNKNOWN)
    value = document(path) if row is None else row.values
    return _of_value(path, value, row)


def _of_value(path: Path, value: object, row: Row | None) -> Kind:
    if row is not None and zeeschuimer.is_line(row.values):
        return "zeeschuimer"
    if bodies.entries_of(value, 0):
        return "pages"
    if row is not None:
        return _table(kind_of(column_names(path)))
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, Mapping) and kind_of(flat(first)):
        raise BadFileError("it is one JSON list; write one object a line (.jsonl)")
    raise BadFileError(_UNKNOWN)


def _table(kind: Literal["comments", "videos", "labels"] | None) -> Kind:
    if kind is None:
        raise BadFileError(_UNKNOWN)
    return kind
