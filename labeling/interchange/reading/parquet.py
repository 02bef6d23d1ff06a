"""Labels in a Parquet file, as BuySignal and Hugging Face datasets write them: the same columns as in our JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from companion.label_formats import Reading, Told
from companion.label_rows import KEYS
from companion.strict_json import whole
from companion.table_files import Row

_MAGIC = b"PAR1"
_BATCH = 10_000


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet does."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class ParquetFormat:
    """See `companion.label_formats.LabelFormat`."""

    name = "Parquet"
    unit = "row"

    def read(self, path: Path, told: Told) -> Reading:  # noqa: ARG002 (our own keys need no telling)
        """Rows of labels."""
        notes: list[str] = []
        return Reading(_rows(path, notes), notes)


def _rows(path: Path, notes: list[str]) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            columns = [name for name in names if name in KEYS]
            notes.append(f"columns: {', '.join(columns) or 'none that mean something here'}")
            if unused := [name for name in names if name not in KEYS]:
                notes.append(f"not used: {', '.join(unused)}")
            for batch in file.iter_batches(_BATCH, columns=columns):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(number, {key: whole(value) for key, value in values.items() if value is not None})
    except (pa.ArrowException, OSError) as error:
        yield Row(number + 1, error=f"the file cannot be read from here on ({error})")
