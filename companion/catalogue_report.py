"""What was wrong or odd in the rows of a feed: counted by kind with a few examples, and written out in full where asked."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from companion.csv_cells import cell
from companion.shop.catalogue import Row

EXAMPLES = 3
"""Of each kind; a feed with a million wrong rows is as short to read as one with ten."""
MOST_KINDS = 40

_QUOTED = re.compile(r'"[^"]*"|\d[\d,.]*')


@dataclass
class CatalogueReport:
    """Collects row after row; used in a `with` block where it writes a file.

    Args:
        path: CSV file for every skipped row and every note, or None.
    """

    path: Path | None = None
    rows: int = 0
    skipped: int = 0
    noted: int = 0
    lost: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    _stream: IO[str] | None = None
    _writer: Any = None

    def __enter__(self) -> CatalogueReport:
        if self.path:
            self._stream = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._stream, lineterminator="\n")
            self._writer.writerow(["line", "row", "what"])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._stream:
            self._stream.close()

    def add(self, row: Row) -> None:
        """Count a row."""
        self.rows += 1
        if row.error:
            self.skipped += 1
            self.lost += row.lost
            self._tell(row.line, "skipped", row.error)
        elif row.notes:
            self.noted += 1
            for note in row.notes:
                self._tell(row.line, "used", note)

    def lines(self) -> list[str]:
        """The report for a person: examples of each kind with their line numbers, the most frequent kind first."""
        found = []
        for kind, number in self.kinds.most_common():
            found += self.examples[kind]
            if number > EXAMPLES:
                found.append(f"  and {number - EXAMPLES:,} more like this")
        return found

    def _tell(self, line: int, what: str, message: str) -> None:
        if self._writer:
            self._writer.writerow([line, what, cell(message)])
        kind = f"{what}: {_QUOTED.sub('', message)}"
        if kind not in self.kinds and len(self.kinds) >= MOST_KINDS:
            kind = f"{what}: other"
        self.kinds[kind] += 1
        shown = self.examples.setdefault(kind, [])
        if len(shown) < EXAMPLES:
            shown.append(f"line {line:,}: {message}; row {what}" if what == "skipped" else f"line {line:,}: {message}")
