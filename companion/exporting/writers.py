"""Rows as CSV, JSON lines, Parquet or a workbook, written as they come."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from companion.csv_cells import BOM, cell
from companion.exporting.tables import Column, Kind, Value
from companion.store import clock

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Iterable[list[Value]]

GROUP = 20_000
"""Rows of a Parquet row group: some MB in memory."""

SHEET_ROWS = 1_048_575
"""Rows of a sheet besides its header; more go into further sheets."""
SHEET_TEXT = 32_767
"""Characters that a cell of a workbook can hold."""


def write_csv(out: IO[bytes], columns: tuple[Column, ...], rows: Rows, name: str, bom: bool = False) -> int:  # noqa: ARG001
    """UTF-8 with a header; a cell that a spreadsheet would run as a formula gets an apostrophe before it. Returns the rows written."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    text.write(BOM if bom else "")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow([cell(_plain(value, column.kind)) for value, column in zip(row, columns, strict=True)])
        count += 1
    text.flush()
    text.detach()
    return count


def write_jsonl(out: IO[bytes], columns: tuple[Column, ...], rows: Rows, name: str, bom: bool = False) -> int:  # noqa: ARG001
    """One JSON object a line; what is not known is null."""
    count = 0
    for row in rows:
        values = {column.name: _json(value, column.kind) for value, column in zip(row, columns, strict=True)}
        out.write(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def write_parquet(out: IO[bytes], columns: tuple[Column, ...], rows: Rows, name: str, bom: bool = False) -> int:  # noqa: ARG001
    """Typed columns, compressed with zstd; times are timestamps in UTC."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column.name, _arrow_types()[column.kind]) for column in columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(rows, GROUP):
            arrays = [pa.array([row[n] for row in group], type=field.type) for n, field in enumerate(schema)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def write_xlsx(out: IO[bytes], columns: tuple[Column, ...], rows: Rows, name: str, bom: bool = False) -> int:  # noqa: ARG001
    """A workbook of texts and numbers: no cell is a formula, ids keep all their digits."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    source = iter(rows)
    count = sheets = 0
    while sheets == 0 or (count == sheets * SHEET_ROWS):
        part = islice(source, SHEET_ROWS)
        first = next(part, None)
        if first is None and sheets:
            break
        sheets += 1
        sheet = book.create_sheet(name if sheets == 1 else f"{name} {sheets}")
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in columns])
        for row in [] if first is None else _and_then(first, part):
            sheet.append([_sheet_cell(sheet, _plain(value, column.kind)) for value, column in zip(row, columns, strict=True)])
            count += 1
    book.save(out)
    return count


WRITERS: Mapping[str, Callable[..., int]] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet, "xlsx": write_xlsx}
"""By the name of the format."""


def _plain(value: Value, kind: Kind) -> object:
    """A value as a cell has it: times as ISO 8601, lists with "|" between their parts."""
    if kind == "time":
        return _moment(value)
    return "|".join(value) if isinstance(value, list) else value


def _json(value: Value, kind: Kind) -> object:
    """A value as JSON has it: times as ISO 8601."""
    if kind == "object" and isinstance(value, str):
        return json.loads(value)
    return _moment(value) if kind == "time" else value


def _moment(value: Value) -> str | None:
    return None if value is None else clock.iso(int(value))  # type: ignore[arg-type]


def _sheet_cell(sheet: Any, value: object) -> object:
    """Texts are marked as such, else a workbook takes "=1+1" for a formula, also after it was edited."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    made = WriteOnlyCell(sheet)
    made.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:SHEET_TEXT]
    made.data_type = "s"
    if cell(value) != value:
        made.quotePrefix = True
    return made


def _arrow_types() -> dict[Kind, pa.DataType]:
    import pyarrow as pa

    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("ms", tz="UTC"),
        "list": pa.list_(pa.string()),
        "object": pa.string(),
    }


def _groups(rows: Rows, size: int) -> Iterator[list[list[Value]]]:
    source = iter(rows)
    while group := list(islice(source, size)):
        yield group


def _and_then(first: list[Value], rest: Iterator[list[Value]]) -> Iterator[list[Value]]:
    yield first
    yield from rest
