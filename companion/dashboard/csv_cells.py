"""CSV that a spreadsheet shows and never executes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the local code page."""


def cell(value: object) -> str:
    """The value as a cell; text that would be a formula gets a leading apostrophe.

    >>> cell("=1+1"), cell(" @sum"), cell(-2.5), cell(None)
    ("'=1+1", "' @sum", '-2.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A CSV file line by line, with a byte order mark first."""
    yield BOM + _line(header)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
