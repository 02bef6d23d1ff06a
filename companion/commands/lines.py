"""Reading comments from JSON lines: each line becomes an item or a message that names what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.intent import Context, Item

MAX_LINE = 1_000_000
"""Characters. A comment has at most a few thousand; longer lines are another kind of file."""


@dataclass(frozen=True)
class Line:
    """One input line: its number, its id (None where it has none), and either an item or an error."""

    number: int
    id: str | int | None
    item: Item | None = None
    error: str = ""


def read_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Parse `{"id", "text", "context"?}` lines; other keys are ignored, blank lines skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield parse_line(number, line)


def parse_line(number: int, line: str) -> Line:
    """One line; never raises."""
    ident: str | int | None = None
    try:
        row = _object(line)
        ident = _ident(row.get("id"))
        return Line(number, ident, Item(_text(row.get("text")), Context.of(row.get("context"))))
    except (ValueError, RecursionError) as error:
        return Line(number, ident, error=str(error))


def _object(line: str) -> dict[str, object]:
    if len(line) > MAX_LINE:
        raise ValueError(f"line has {len(line):,} characters, more than {MAX_LINE:,}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not valid JSON ({error})") from error
    if not isinstance(row, dict):
        raise ValueError('not a JSON object; write {"id": "1", "text": "..."}')
    return row


def _ident(value: object) -> str | int:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError(f'"id" is {json.dumps(value)}; give each comment a text or whole number')
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'"text" is {json.dumps(value)[:60]}; it must be text')
    return value
