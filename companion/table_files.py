"""Rows of JSON lines and CSV files, packed with gzip or not: each with its line number, or with what is wrong there."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal

from companion.csv_cells import text_of
from companion.strict_json import DECODER, SURROGATE, whole

Format = Literal["JSON lines", "CSV"]

MAX_LINE = 1_000_000
"""Bytes. A comment has at most a few thousand; longer lines are another kind of file."""

_SUFFIXES: dict[str, Format] = {".jsonl": "JSON lines", ".ndjson": "JSON lines", ".json": "JSON lines", ".csv": "CSV"}
_DELIMITERS = ",;\t"  # a spreadsheet writes the one of its country
_NOT_UTF8 = "not UTF-8 text; save the file as UTF-8"


class BadFileError(ValueError):
    """The file cannot be read as rows; the message says why."""


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on (from 1), and its values by column or an error.

    Values of a CSV file are texts, without the apostrophe that keeps spreadsheets from running them; empty ones are left out.
    """

    line: int
    values: dict[str, object] = field(default_factory=dict)
    error: str = ""


def format_of(path: Path) -> Format:
    """What the file's name says that it is.

    Raises:
        BadFileError: another name than those that can be read.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    found = _SUFFIXES.get("".join((suffixes[:-1] if suffixes[-1:] == [".gz"] else suffixes)[-1:]))
    if found is None:
        raise BadFileError("the name must end in .jsonl or .csv, or in one of these with .gz behind")
    return found


def read_rows(path: Path, needed: Sequence[str] = ()) -> Iterator[Row]:
    """Rows in file order; blank lines are skipped, unreadable ones come as errors. `needed` columns must stand in a CSV header.

    Raises:
        BadFileError: see `format_of`.
    """
    kind = format_of(path)
    line = 0
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            for row in _csv_rows(_lines(stream), needed) if kind == "CSV" else _json_rows(_lines(stream)):
                line = row.line
                yield row
    except (OSError, EOFError, zlib.error, BadFileError) as error:
        yield Row(line + 1, error=f"the file cannot be read from here on ({error})")


def header(path: Path) -> list[str]:
    """The column names of a CSV file, empty cells included; [] where there are none.

    Raises:
        BadFileError: the file cannot be read.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            texts = (line.decode("utf-8", "surrogateescape") for line in _lines(stream))
            first = next(texts, "").removeprefix("\ufeff")
            rows = csv.reader(chain([first], texts), delimiter=max(_DELIMITERS, key=first.count), strict=True)
            names = _names(next((row for row in rows if any(row)), []))
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise BadFileError(f"the file cannot be read ({error})") from error
    if SURROGATE.search("".join(names)):
        raise BadFileError(_NOT_UTF8)
    return names


def _lines(stream: io.BufferedReader | gzip.GzipFile) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise BadFileError(f"a line has more than {MAX_LINE:,} bytes")
        yield line


def _json_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: bytes) -> Row:
    try:
        values = whole(DECODER.decode(line.decode("utf-8-sig" if number == 1 else "utf-8")))
    except UnicodeDecodeError:
        return Row(number, error=_NOT_UTF8)
    except json.JSONDecodeError as error:
        return Row(number, error=f"not valid JSON ({error.msg} at character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return Row(number, error=f"not valid JSON ({error})")
    return Row(number, values) if isinstance(values, dict) else Row(number, error='not a JSON object; write one {"id": "1", ...} a line')


def _csv_rows(lines: Iterable[bytes], needed: Sequence[str]) -> Iterator[Row]:
    texts = (line.decode("utf-8", "surrogateescape") for line in lines)
    first = next(texts, "").removeprefix("\ufeff")
    reader = csv.reader(chain([first], texts), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    header: list[str] = []
    start, end = 1, 0
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            if not any(cells):
                continue
            if header:
                yield _csv_row(start, header, cells)
                continue
            header = _names(cells)
            if wrong := _wrong_header(header, needed):
                yield Row(start, error=wrong)
                return
    except csv.Error as error:
        yield Row(end + 1, error=f"not valid CSV from here on ({error}); look for a quotation mark that is never closed")


def _names(cells: Iterable[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _wrong_header(header: Sequence[str], needed: Sequence[str]) -> str:
    if SURROGATE.search("".join(header)):
        return _NOT_UTF8
    missing = [name for name in needed if name not in header]
    if missing:
        return f"the first line must name the columns; missing: {', '.join(missing)}"
    twice = next((name for name, times in Counter(header).items() if name and times > 1), "")
    return f"the column {twice} stands there twice" if twice else ""


def _csv_row(line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(header):
        return Row(line, error=f"{len(cells)} cells, but {len(header)} columns; put text with commas or line breaks in quotation marks")
    if any(SURROGATE.search(cell) for cell in cells):
        return Row(line, error=_NOT_UTF8)
    return Row(line, {name: text_of(cell) for name, cell in zip(header, cells, strict=True) if name and cell})
