"""`buysignal shop import`: a product feed into the catalogue."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.opened import opened_store
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.progress_bar import progress_bar
from companion.commands.saying import count_of, say

if TYPE_CHECKING:
    from companion.catalogue_intake import Order, Taken
    from companion.catalogue_report import CatalogueReport
    from companion.shop.catalogue import Feed


@click.command("import", short_help="Take a product feed into the catalogue.")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--tiktok", is_flag=True, help="In place of FILE: TikTok Shop products seen under collected videos.")
@click.option("--map", "means", multiple=True, metavar="COLUMN=MEANING", help="What a column holds; nothing behind = leaves it out.")
@click.option("--currency", default="", metavar="CODE", help="Currency of prices that name none, such as USD.")
@click.option("--encoding", default="", metavar="NAME", help="Of the file [default: told from its first bytes, else UTF-8].")
@click.option(
    "--categories",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of id, name and parent_id, where FILE gives category ids.",
)
@click.option("--replace", is_flag=True, help="Where words differ from what is stored, take FILE's.")
@click.option("--withdraw-missing", is_flag=True, help="Withdraw stored products that FILE does not hold.")
@click.option("--dry-run", is_flag=True, help="Say what was recognised and what is wrong, and write nothing.")
@click.option(
    "--report", "report_file", type=click.Path(path_type=Path, dir_okay=False), help="CSV file for every row that is wrong or odd."
)
@click.option("--no-encode", is_flag=True, help="Leave reading the products' texts for the first search.")
@json_option
@workspace_option
def import_catalogue(
    file: Path | None,
    tiktok: bool,
    means: tuple[str, ...],
    currency: str,
    encoding: str,
    categories: Path | None,
    replace: bool,
    withdraw_missing: bool,
    dry_run: bool,
    report_file: Path | None,
    no_encode: bool,
    as_json: bool,
    workspace: Path,
) -> None:
    """Take the products of FILE into the catalogue.

    \b
    Read are, packed with gzip or not:
      Amazon Products   CSV with asin, title, price ... or name, main_category,
                        discount_price ...
      Google Merchant   XML (RSS or Atom) or TSV
      Shopify           the products' CSV export; variants become one product
      JSON lines        one product a line
      any other table   with a header; columns are guessed and printed

    A wrong row is skipped and reported with its line. A product that is there already gets its new price, the old one staying in its
    history, and fills its empty fields; its words change only with --replace. Importing again after an interruption goes on.

    \b
    Meanings for --map:
      id, title, description, brand, category, category_id, price, currency,
      image, link, rating, ratings, colour, size, gender, age_group, material,
      availability, seller, source
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    from companion.catalogue_intake import Order
    from companion.catalogue_report import CatalogueReport

    if (file is None) == (not tiktok):
        raise BadInputError("name one FILE to import, or --tiktok")
    try:
        with CatalogueReport(report_file) as report:
            if file is None:
                from companion.tiktok_products import KIND, rows_of

                order, rows = Order("TikTok", KIND, {}, replace, withdraw_missing), rows_of(opened_store(workspace))
                taken = _run(rows, order, report, workspace, dry_run, lambda: None)
            else:
                with _opened(file, means, currency, encoding, categories) as feed:
                    if not as_json:
                        _show(file, feed)
                    order = Order(file.name, feed.kind, feed.columns, replace, withdraw_missing)
                    with progress_bar("Reading", as_json) as moved:
                        taken = _run(feed.rows(), order, report, workspace, dry_run, lambda: moved(feed.done, feed.size))
    except OSError as error:
        raise BadInputError(f"{report_file or file} cannot be used ({error.strerror or error})") from error
    if report.rows and report.skipped == report.rows:
        _told(report, order, taken, dry_run, as_json)
        raise BadInputError(f"no row of {order.file} is a product; nothing was imported")
    if not dry_run and not no_encode:
        _encode(workspace, as_json)
    _told(report, order, taken, dry_run, as_json)


def _opened(file: Path, means: tuple[str, ...], currency: str, encoding: str, categories: Path | None) -> Feed:
    """The feed with what the options say about it.

    Raises:
        BadInputError: it, or an option, cannot be used.
    """
    from companion.shop.catalogue import Feed, FeedError, Said, columns_said
    from companion.shop.catalogue.prices import currency_code
    from companion.shop.catalogue.tree import read_tree

    try:
        code = currency_code(currency)
    except ValueError as error:
        raise BadInputError(f"--currency {error}") from error
    try:
        return Feed(file, Said(encoding, code, columns_said(means), read_tree(categories) if categories else None))
    except (FeedError, ValueError) as error:
        raise BadInputError(str(error)) from error


def _run(rows: Any, order: Order, report: CatalogueReport, workspace: Path, dry_run: bool, seen: Any) -> Taken | None:
    from companion.catalogue_intake import check, take_in
    from companion.store import StoreError

    if dry_run:
        check(rows, report, seen)
        return None
    try:
        return take_in(opened_store(workspace), rows, order, report, seen)
    except (StoreError, sqlite3.Error) as error:
        raise BadInputError(
            f"not everything was imported: {error}; import the same file again to go on, what is there already stays"
        ) from error


def _encode(workspace: Path, quiet: bool) -> None:
    """Read the texts of new products once, so that the first search does not wait for it."""
    from companion.shop_encoders import served
    from companion.shop_index import open_shop

    store = opened_store(workspace)
    encoder = served(store)
    with progress_bar("Reading product texts", quiet) as moved:
        open_shop(store, encoder, moved)
    encoder.close()


def _show(file: Path, feed: Feed) -> None:
    say(f"{file.name}: {feed.kind}")
    for meaning, columns in feed.columns.items():
        said = ", else ".join(f'"{column}"' for column in columns)
        say(f"  {meaning} from {said}")
    if feed.unused:
        say(f"  not used: {', '.join(feed.unused[:30])}")


def _told(report: CatalogueReport, order: Order, taken: Taken | None, dry_run: bool, as_json: bool) -> None:
    """What was done, and the report of rows."""
    if as_json:
        result = {**asdict(taken.saved), "withdrawn": taken.withdrawn} if taken else None
        columns = {meaning: list(names) for meaning, names in order.columns.items()}
        counts = {"rows": report.rows, "skipped": report.skipped, "noted": report.noted}
        summary = {"file": order.file, "kind": order.kind, "columns": columns, "dry_run": dry_run, **counts, "result": result}
        click.echo(json.dumps({**summary, "problems": report.lines()}, ensure_ascii=False))
        return
    for line in report.lines():
        say(line, err=True)
    good = report.rows - report.skipped
    say(f"{count_of(report.rows, 'row')}: {count_of(good, 'product')}, {report.skipped:,} skipped, {report.noted:,} with notes.")
    if taken is None:
        say("Nothing was written (--dry-run).")
        return
    saved = taken.saved
    parts = [f"{saved.new:,} new", f"{saved.changed:,} changed", f"{saved.repriced:,} with another price"]
    say(f"Catalogue: {', '.join(parts)}." + (f" {count_of(taken.withdrawn, 'product')} withdrawn." if taken.withdrawn else ""))
    if order.withdraw and report.lost:
        say(f"Nothing was withdrawn, because {count_of(report.lost, 'row')} could not be read. Mend the file and import it again.")
    if saved.kept:
        many = count_of(saved.kept, "product")
        say(f"{many} stored with other words than in {order.file}, and left so; --replace takes the file's.")
