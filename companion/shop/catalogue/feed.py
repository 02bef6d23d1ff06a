"""A feed of products in any of the formats that are read: recognised, its columns guessed, then read row by row."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import TracebackType

from companion.shop.catalogue.bytes_in import Source
from companion.shop.catalogue.columns import MEANINGS, Columns, folded, guess
from companion.shop.catalogue.reading import RowError, Tree, id_of, product_of
from companion.shop.catalogue.records import HeaderError, Record, json_records, table_records
from companion.shop.catalogue.shopify import OPTIONS, is_shopify, one_a_product
from companion.shop.catalogue.xml_records import xml_records
from companion.shop.product import Product

SAMPLE = 200
"""Records that are looked at before the columns are guessed."""


class FeedError(ValueError):
    """The file cannot be read as a feed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one record gave: a product with notes on what was left out, or an error.

    `id` is that of the product also where the row is skipped; `lost` marks a skipped row of which nobody knows whose it is.
    """

    line: int
    product: Product | None = None
    error: str = ""
    notes: tuple[str, ...] = ()
    id: str = ""
    lost: bool = False


@dataclass(frozen=True)
class Said:
    """What the user says about a feed: its encoding, the currency of bare prices, columns by name, categories by id."""

    encoding: str = ""
    currency: str = ""
    columns: Mapping[str, str] | None = None
    tree: Tree | None = None


class Feed:
    """An opened feed; use it in a `with` block and read its rows once.

    Raises:
        FeedError: see its message.
    """

    def __init__(self, path: Path, said: Said | None = None) -> None:
        self._said = said or Said()
        try:
            self._source = Source(path, self._said.encoding)
        except (OSError, EOFError, zlib.error) as error:
            raise FeedError(f"{path} cannot be read ({error})") from error
        except LookupError as error:
            raise FeedError(f'there is no encoding "{self._said.encoding}"; write one such as utf-8, cp1252 or gb18030') from error
        try:
            self._open(path)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path) -> None:
        start = self._source.start.lstrip()
        shape = "XML" if start.startswith("<") else "JSON lines" if start.startswith(("{", "[")) else "table"
        if shape == "XML":
            records = xml_records(self._source.chunks())
        elif shape == "JSON lines":
            records = json_records(self._source.lines())
        else:
            records = table_records(self._source.lines())
        try:
            first = list(islice(records, SAMPLE))
        except HeaderError as error:
            raise FeedError(f"{path}: {error}") from error
        except (OSError, EOFError, zlib.error) as error:
            raise FeedError(f"{path} cannot be read ({error})") from error
        self.names = list(dict.fromkeys(name for record in first for name in record.values))
        self.kind = _kind(shape, self.names)
        wrong = [name for name in self._said.columns or {} if name not in self.names]
        if wrong:
            raise FeedError(f'{path} has no column "{wrong[0]}"; it has {", ".join(self.names[:20])}')
        shopify = is_shopify(self.names)
        names = [*self.names, *(OPTIONS if shopify else ())]
        self.columns: Columns = guess(list(dict.fromkeys(names)), [record.values for record in first], self._said.columns)
        if self.names and "title" not in self.columns:
            raise FeedError(
                f"{path}: no column looks like the product's title; say which one is with --map COLUMN=title (columns:"
                f" {', '.join(self.names[:20])})"
            )
        self._records: Iterator[Record] = chain(first, records)
        if shopify:
            self._records = one_a_product(self._records)

    def __enter__(self) -> Feed:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    @property
    def unused(self) -> list[str]:
        """Columns that mean nothing to the shop."""
        used = {name for names in self.columns.values() for name in names}
        return [name for name in self.names if name not in used]

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._source.size

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self._source.done

    def rows(self) -> Iterator[Row]:
        """Every record in file order; never raises for what stands in the file."""
        line = 0
        try:
            for record in self._records:
                line = record.line
                yield self._row(record)
        except (OSError, EOFError, zlib.error) as error:
            yield Row(line + 1, error=f"the file cannot be read from here on ({error})", lost=True)

    def _row(self, record: Record) -> Row:
        if record.error:
            return Row(record.line, error=record.error, lost=not record.off_sale)
        try:
            product, notes = product_of(record, self.columns, self._said.currency, self._said.tree)
        except RowError as error:
            ident = id_of(record, self.columns)
            return Row(record.line, error=str(error), id=ident, lost=not ident)
        return Row(record.line, product, notes=tuple(notes), id=product.id)


def columns_said(given: tuple[str, ...]) -> dict[str, str]:
    """`--map COLUMN=MEANING` options as column -> meaning.

    Raises:
        FeedError: there is no such meaning.
    """
    found: dict[str, str] = {}
    for one in given:
        column, sign, meaning = one.rpartition("=")
        if not sign or not column or (meaning and meaning not in MEANINGS):
            raise FeedError(f'--map "{one}" is not COLUMN=MEANING; meanings are {", ".join(MEANINGS)}, or nothing to leave the column out')
        found[column] = meaning
    return found


def _kind(shape: str, names: list[str]) -> str:
    plain = {folded(name) for name in names}
    if is_shopify(names):
        return "Shopify products CSV"
    if {"image_link", "availability"} <= plain or {"image_link", "link", "price"} <= plain:
        return f"Google Merchant feed ({'TSV' if shape == 'table' else shape})"
    if "asin" in plain or {"main_category", "sub_category", "actual_price"} <= plain:
        return f"Amazon Products {'CSV' if shape == 'table' else shape}"
    return {"table": "table with a header", "XML": "XML feed", "JSON lines": "JSON lines"}[shape]
