"""Tables of comments or videos, CSV or JSON lines, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from companion.importing.columns import Columns, TableKind, flat, recognise
from companion.importing.pieces import Entry, Piece
from companion.importing.shapes import comment_entry, video_entry
from companion.label_files import Place
from companion.table_files import BadFileError, format_of, header, read_rows

SAMPLE = 1000
"""Rows of JSON lines whose keys say which columns there are."""

_READERS: Mapping[TableKind, Callable[[dict[str, object], Columns, int], Entry]] = {"comments": comment_entry, "videos": video_entry}


@dataclass(frozen=True)
class Table:
    """A file whose columns were recognised; `name` is what it is called in reports."""

    path: Path
    name: str
    columns: Columns

    @classmethod
    def of(cls, path: Path, name: str, kind: TableKind) -> Table:
        """Look at the columns.

        Raises:
            BadFileError: the file cannot be read, or a needed column is missing.
        """
        columns = recognise(column_names(path), kind)
        if columns.missing:
            raise BadFileError(
                f"no column was found for: {', '.join(columns.missing)}; rename yours to these words (see `buysignal import -h`)"
            )
        return cls(path, name, columns)

    def pieces(self) -> Iterator[Piece]:
        """Its rows in TikTok's shape, in file order."""
        seen = modified_ms(self.path)
        reader = _READERS[self.columns.kind]
        for row in read_rows(self.path):
            place = Place(self.name, row.line)
            if row.error:
                yield Piece(place, error=row.error)
                continue
            try:
                yield Piece(place, reader(flat(row.values), self.columns, seen))
            except ValueError as error:
                yield Piece(place, error=str(error))


def column_names(path: Path) -> list[str]:
    """The columns of a table, those inside objects as "user.uid".

    Raises:
        BadFileError: the file cannot be read as a table.
    """
    if format_of(path) == "CSV":
        return [name for name in header(path) if name]
    names: dict[str, None] = {}
    for row in islice(read_rows(path), SAMPLE):
        names.update(dict.fromkeys(flat(row.values)))
    return list(names)


def modified_ms(path: Path) -> int:
    """When a file was last changed, ms UTC: as old as its counters are at least taken to be, so that importing it twice adds nothing."""
    return path.stat().st_mtime_ns // 1_000_000
