"""Lines or text of a feed -> its records as plain dictionaries, one at a time, each with the line it begins on."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from companion.csv_cells import text_of
from companion.shop.catalogue.bytes_in import LONGEST_LINE, Line
from companion.strict_json import whole

MOST_LINES = 400
"""Lines of one CSV record. A quotation mark that is never closed would else swallow the rest of the file."""
DELIMITERS = "\t,;|"
NOT_THE_ENCODING = "not in the file's encoding, read as Windows-1252; name another with --encoding"
TOO_LONG = f"the line has more than {LONGEST_LINE:,} characters"


@dataclass(frozen=True, slots=True)
class Record:
    """`values` by column as text, or an `error`; `note` says what was odd about a record that is used.

    `off_sale` marks a record that was read well and is left out because its shop does not sell it.
    """

    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    note: str = ""
    off_sale: bool = False


class HeaderError(ValueError):
    """The first line does not name columns."""


def table_records(lines: Iterable[Line]) -> Iterator[Record]:
    """Records of a CSV or TSV file with a header; the delimiter is the one that the header holds most of.

    Raises:
        HeaderError: there is no header, or a column stands there twice.
    """
    source = iter(lines)
    first = next((line for line in source if line.text.strip()), None)
    if first is None:
        raise HeaderError("the file is empty; its first line must name the columns")
    delimiter = max(DELIMITERS, key=first.text.count)
    header: list[str] = []
    for number, cells, odd, error in _split(first, source, delimiter):
        if not header:
            header = _header(cells)
        elif error:
            yield Record(number, error=error)
        elif any(cells):
            yield _record(number, header, cells, odd)


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.replace("\x00", "").strip() for cell in cells]
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise HeaderError(f'the column "{twice[0][:60]}" stands in the first line twice; rename one')
    if sum(map(bool, header)) < 2:
        raise HeaderError(f'the first line must name the columns, separated by commas, semicolons or tabs; it is "{" ".join(header)[:60]}"')
    return header


def _record(number: int, header: Sequence[str], cells: Sequence[str], odd: bool) -> Record:
    while len(cells) > len(header) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(header):
        wrong = f"{len(cells)} cells, but {len(header)} columns; put text with delimiters or line breaks in quotation marks"
        return Record(number, error=wrong)
    values = {name: text_of(cell) for name, cell in zip(header, cells, strict=True) if name}
    return Record(number, values, note=NOT_THE_ENCODING if odd else "")


def _split(first: Line, source: Iterator[Line], delimiter: str) -> Iterator[tuple[int, list[str], bool, str]]:
    """(line, cells, odd, error) of each CSV record; after an unclosed quotation mark it goes on with the next line."""
    waiting: deque[Line] = deque([first])
    while True:
        taken: list[Line] = []
        try:
            cells = next(csv.reader(_feed(taken, waiting, source), delimiter=delimiter), None)
        except (csv.Error, _UnclosedError) as error:
            reason = "a quotation mark is never closed" if isinstance(error, _UnclosedError) else f"not valid CSV ({error})"
            waiting.extendleft(reversed(taken[1:]))
            yield taken[0].number, [], False, reason
            continue
        if cells is None:
            return
        if any(line.too_long for line in taken):
            yield taken[0].number, [], False, TOO_LONG
            continue
        yield taken[0].number, cells, any(line.odd for line in taken), ""


class _UnclosedError(Exception):
    """A record goes on for longer than any would."""


def _feed(taken: list[Line], waiting: deque[Line], source: Iterator[Line]) -> Iterator[str]:
    size = 0
    while line := waiting.popleft() if waiting else next(source, None):
        taken.append(line)
        size += len(line.text)
        if len(taken) > MOST_LINES or (size > LONGEST_LINE and len(taken) > 1):
            raise _UnclosedError
        yield line.text.replace("\x00", "") + "\n"
    if len(taken) > 1:  # the file ends inside quotation marks
        raise _UnclosedError


def json_records(lines: Iterable[Line]) -> Iterator[Record]:
    """Records of a file with one JSON object a line."""
    for line in lines:
        if not line.text.strip():
            continue
        if line.too_long:
            yield Record(line.number, error=TOO_LONG)
            continue
        try:
            values = whole(json.loads(line.text))
        except (ValueError, RecursionError) as error:
            yield Record(line.number, error=f"not valid JSON ({error})")
            continue
        if not isinstance(values, dict):
            yield Record(line.number, error='not a JSON object; write one {"id": "1", "title": ...} a line')
            continue
        yield Record(line.number, {name: _text(value) for name, value in flat(values)}, note=NOT_THE_ENCODING if line.odd else "")


def flat(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The keys with their values; those of an object within as "outer_inner" beside "outer", which stands for its name or amount."""
    for name, value in values.items():
        if isinstance(value, dict):
            main = next((value[key] for key in ("amount", "value", "name", "url", "src") if key in value), "")
            yield name, main
            for inner, deeper in value.items():
                if not isinstance(deeper, dict):
                    yield f"{name}_{inner}", deeper
            if "parent" in value:
                yield name, " > ".join(_upwards(value))
        else:
            yield name, value


def _upwards(category: object) -> list[str]:
    """Names of a category and its parents, the widest first; a JSON text cannot hold a circle, and nests a few dozen deep at most."""
    names: list[str] = []
    while isinstance(category, dict) and len(names) < 50:
        names.append(str(category.get("name", "")))
        category = category.get("parent")
    return names[::-1]


def _text(value: object) -> str:
    """A JSON value as a cell: a list of texts is a path, a list of objects is its first."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return _text(next((text for name, text in flat({"x": value[0]}) if name == "x"), ""))
        return " > ".join(_text(item) for item in value if not isinstance(item, list | dict))
    return json.dumps(value) if isinstance(value, dict) else str(value)
