"""Taking a feed into the catalogue: row by row, a batch a transaction, in the same memory however long the feed is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from companion.catalogue_report import CatalogueReport
from companion.shop.catalogue import Row
from companion.shop.product import Product
from companion.store import Store, catalogue, catalogue_imports, clock
from companion.store.catalogue import Saved
from companion.store.catalogue_imports import SeenIds, Tally

BATCH = 1_000
"""Rows of one transaction; what a killed import leaves behind is whole batches, and importing again goes on."""


@dataclass(frozen=True)
class Order:
    """Where rows come from (the file's name, its kind, its columns by meaning), and how they are taken.

    `overwrite` takes the feed's words where they differ from what is stored; `withdraw` withdraws products that the feed does not
    hold, unless a row could not be read that may have been theirs.
    """

    file: str
    kind: str
    columns: Mapping[str, Sequence[str]]
    overwrite: bool = False
    withdraw: bool = False


@dataclass(frozen=True)
class Taken:
    """What an import did."""

    saved: Saved
    withdrawn: int = 0


def check(rows: Iterable[Row], report: CatalogueReport, seen: Callable[[], object] = lambda: None) -> int:
    """Read every row into the report and write nothing; returns the number of products."""
    count = 0
    with catalogue_imports.seen_ids() as ids:
        for batch in _batches(rows):
            count += len(_products(batch, report, ids))
            seen()
    return count


def take_in(store: Store, rows: Iterable[Row], order: Order, report: CatalogueReport, seen: Callable[[], object] = lambda: None) -> Taken:
    """Store the rows' products; the report is told every row, and `seen` is called after each batch."""
    with store.writing() as connection:
        import_id = catalogue_imports.begin(connection, order.file, order.kind, order.columns, clock.now_ms())
    total, products, withdrawn = Saved(), 0, 0
    with catalogue_imports.seen_ids() as ids:
        for batch in _batches(rows):
            before = (report.rows, report.skipped, report.noted)
            found = _products(batch, report, ids)
            tally = Tally(report.rows - before[0], report.skipped - before[1], report.noted - before[2])
            with store.writing() as connection:
                saved = catalogue.save(connection, found, import_id, clock.now_ms(), overwrite=order.overwrite)
                catalogue.seen(connection, [row.id for row in batch if row.error and row.id], import_id, clock.now_ms())
                catalogue_imports.add(connection, import_id, tally, saved)
            total, products = total + saved, products + len(found)
            seen()
    with store.writing() as connection:
        if order.withdraw and products and not report.lost:
            withdrawn = catalogue.withdraw_missing(connection, import_id, clock.now_ms())
        catalogue_imports.end(connection, import_id, withdrawn, report.lines(), clock.now_ms())
    return Taken(total, withdrawn)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _products(batch: Sequence[Row], report: CatalogueReport, ids: SeenIds) -> list[Product]:
    """The batch's products whose id was not met before; the report is told of all rows."""
    found = []
    for row in batch:
        told = row
        if row.product:
            first = ids.first(row.product.id, row.line)
            if first != row.line:
                told = Row(row.line, error=f'the id "{row.product.id}" stands in line {first:,} already')
            else:
                found.append(row.product)
        report.add(told)
    return found
