"""What a file holds, told from its name and its first lines."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from companion.importing import bodies, zeeschuimer
from companion.importing import columns as table_columns
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

_SHOWN = 12
"""Columns named in a message; the others are counted."""


class AmbiguousTableError(BadFileError):
    """The columns may be those of comments or of videos."""


def recognise(path: Path) -> Kind:
    """What a file or folder holds.

    Raises:
        BadFileError: it cannot be told, or the file cannot be read.
    """
    ending = kind_of_name(path)
    if path.is_dir() or ending in PAGES:
        return "pages"
    if ending == ".csv":
        return _table(column_names(path))
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
        return _table(column_names(path))
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, Mapping) and table_columns.kind_of(table_columns.flat(first)):
        raise BadFileError("it is one JSON list; write one object a line (.jsonl)")
    raise BadFileError(_UNKNOWN)


def _table(names: list[str]) -> Kind:
    kind = table_columns.kind_of(names)
    if kind is None:
        raise BadFileError(
            f"{_UNKNOWN}. Its columns are {_shown(names)}; comments need id, text and video_id, videos need video_id and a caption or "
            "counts, labels need id, text and grade. A catalogue of products is read by `buysignal shop import`"
        )
    if kind == "either":
        raise AmbiguousTableError(_either(names))
    return kind


def _either(names: list[str]) -> str:
    comments, videos = table_columns.recognise(names, "comments"), table_columns.recognise(names, "videos")
    if comments.missing:
        of_comments = f"add the column {' and '.join(comments.missing)}, which each comment needs"
    else:
        of_comments = f"rename {comments.used['id']} to comment_id, or say --kind comments"
    of_videos = f"rename {videos.used.get('caption', comments.used['text'])} to caption, or say --kind videos"
    return (
        f"its columns ({_shown(names)}) may be those of comments or of videos. If they are comments, {of_comments}; "
        f"if they are videos, {of_videos}"
    )


def _shown(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
