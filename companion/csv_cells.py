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
    return f"'{text}" if _would_run(text.lstrip("'")) else text


def text_of(cell: str) -> str:
    """The text that `cell` made a cell of.

    >>> text_of(cell("=1+1")), text_of(cell("'-)")), text_of("'tis")
    ('=1+1', "'-)", "'tis")
    """
    return cell[1:] if cell.startswith("'") and _would_run(cell.lstrip("'")) else cell


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A CSV file line by line, with a byte order mark first."""
    yield BOM + _line(header)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _would_run(text: str) -> bool:
    return text.startswith(_DANGEROUS) or text.lstrip(" \u00a0\u200b\ufeff").startswith(_DANGEROUS)
