"""A record -> a product, or what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.shop.catalogue import categories, links
from companion.shop.catalogue.columns import ATTRIBUTES, LEVELS, Columns, folded
from companion.shop.catalogue.prices import currency_code, money
from companion.shop.catalogue.records import Record
from companion.shop.catalogue.texts import has_markup, is_formula, plain, unquoted
from companion.shop.product import OUT_OF_STOCK, Product

LONGEST_ID, LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_VALUE = 200, 500, 4_000, 200
_ASIN = re.compile(r"/(?:dp|gp/product)/([A-Z0-9]{10})(?=[/?#]|$)")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_SHORT = re.compile(r"(\d+(?:[.,]\d+)?)\s?([KMkm])")
_GONE = frozenset({"outofstock", "soldout", "unavailable", "discontinued", "no", "false", "0"})
_HAD = frozenset({"instock", "available", "yes", "true"})
_UNKNOWN = frozenset({"", "-", "n/a", "na", "nan", "none", "null"})

Tree = Mapping[str, tuple[str, str]]
"""Categories by id: (name, parent's id)."""


class RowError(ValueError):
    """The record is no product; the message says why."""


@dataclass
class _Row:
    values: Mapping[str, str]
    columns: Columns
    notes: list[str] = field(default_factory=list)

    def raw(self, meaning: str) -> tuple[str, str]:
        """(column, text) of the first column that holds something; a cell that is a formula counts as empty."""
        for column in self.columns.get(meaning, ()):
            text = unquoted(self.values.get(column, "")).strip()
            if not text:
                continue
            if is_formula(text):
                self.notes.append(f'"{column}" is the formula {_shown(text)}; left out')
                continue
            return column, text
        return "", ""

    def text(self, meaning: str, longest: int) -> str:
        """The cell's words, cut to `longest` characters."""
        column, raw = self.raw(meaning)
        text = plain(raw[: 20 * longest])
        if meaning == "title" and has_markup(raw):
            self.notes.append(f'"{column}" held markup; its words were kept')
        if len(text) > longest:
            if meaning != "description":
                self.notes.append(f'"{column}" has more than {longest} characters; cut')
            text = text[:longest].rstrip()
        return text

    def link(self, meaning: str) -> str:
        """The address; "" where it is not safe to open."""
        column, raw = self.raw(meaning)
        if meaning == "image":
            raw = re.split(r"[|\s]+|,(?=https?://)| > ", raw.strip(' []"'))[0].strip("\"'")
        try:
            return links.address(raw)
        except ValueError as error:
            self.notes.append(f'"{column}" {error}; left out')
            return ""


def product_of(record: Record, columns: Columns, currency: str = "", tree: Tree | None = None) -> tuple[Product, list[str]]:
    """The product and notes on what was left out or changed. `currency` is that of prices that name none.

    Raises:
        RowError: no title, no id, or a price that is none.
    """
    row = _Row(record.values, columns, [record.note] if record.note else [])
    title = row.text("title", LONGEST_TITLE)
    if not title:
        raise RowError(next((note for note in row.notes if "formula" in note), "there is no title"))
    link = row.link("link")
    price, written = _price(row, currency)
    rating = _rating(row)
    attributes = {name: text for name in ATTRIBUTES if (text := row.text(name, LONGEST_VALUE)) and text.lower() not in _UNKNOWN}
    if "availability" in attributes:
        attributes["availability"] = _availability(attributes["availability"])
    product = Product(
        id=_id(row, title, link),
        title=title,
        description=row.text("description", LONGEST_DESCRIPTION),
        brand=_known(row.text("brand", LONGEST_VALUE)),
        category=_category(row, tree or {}),
        price=price,
        currency=written if price is not None else "",
        image=row.link("image"),
        link=link,
        rating=rating,
        ratings=_count(row),
        attributes=attributes,
    )
    return product, row.notes


def id_of(record: Record, columns: Columns) -> str:
    """The id of a record that is no product for another reason; "" where it cannot be told."""
    row = _Row(record.values, columns)
    try:
        return _id(row, row.text("title", LONGEST_TITLE), row.link("link")) if columns.get("id") else ""
    except RowError:
        return ""


def _id(row: _Row, title: str, link: str) -> str:
    column, found = row.raw("id")
    if not row.columns.get("id"):
        asin = _ASIN.search(link)
        return asin[1] if asin else "x" + hashlib.blake2b((link or title).encode(), digest_size=8).hexdigest()
    found = plain(found)
    if not found:
        raise RowError(f'there is no id in "{row.columns["id"][0]}"')
    if len(found) > LONGEST_ID:
        raise RowError(f'"{column}" has {len(found):,} characters; an id has {LONGEST_ID} at most')
    if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+\d+", found):
        raise RowError(f'"{column}" is "{found}", shortened by a spreadsheet; give that column the format text and export again')
    return found


def _price(row: _Row, default: str) -> tuple[float | None, str]:
    """(amount, currency); the next column is asked where one is empty or 0.

    Raises:
        RowError: the preferred column holds no price.
    """
    said = default
    column, cell = row.raw("currency")
    try:
        said = currency_code(cell) or default
    except ValueError as error:
        row.notes.append(f'"{column}" {error}')
    for column in row.columns.get("price", ()):
        text = unquoted(row.values.get(column, "")).strip()
        if is_formula(text):
            raise RowError(f'"{column}" is the formula {_shown(text)}; a price is a number')
        try:
            found = money(text, said)
        except ValueError as error:
            raise RowError(f'"{column}" {error}') from error
        if found is None or not found.amount:
            continue
        if found.lowest:
            row.notes.append(f'"{column}" is {_shown(text)}; its lowest price was taken')
        # a sign such as "$" says less than a column or an option; three letters say more
        written = found.currency if not said or found.currency in text.upper() else said
        return found.amount, written or said
    return None, ""


def _category(row: _Row, tree: Tree) -> tuple[str, ...]:
    column, number = row.raw("category_id")
    if number and tree:
        path, circular = categories.path_in(tree, number)
    else:
        columns = row.columns.get("category", ())
        names = [row.values.get(name, "") for name in columns]
        leveled = len(columns) > 1 and all(folded(name) in LEVELS for name in columns)
        for text in [" > ".join(name for name in names if name)] if leveled else [name for name in names if name.strip()]:
            path, circular = categories.path_of(text[:2_000])
            column = columns[0]
            if path:
                break
        else:
            return ()
    if circular:
        row.notes.append(f'"{column}" runs in a circle; the category was cut to {" > ".join(path)}')
    return path


def _rating(row: _Row) -> float | None:
    column, text = row.raw("rating")
    if text.lower() in _UNKNOWN:
        return None
    match = _DECIMAL.search(text)
    value = float(match[0].replace(",", ".")) if match else -1.0
    if value == 0 and match:
        return None  # shops write 0 for "nobody rated it"
    if not 0 < value <= 5:
        if match:
            row.notes.append(f'"{column}" is {_shown(text)}, not from 0 to 5; left out')
        return None
    return value


def _count(row: _Row) -> int | None:
    _, text = row.raw("ratings")
    if short := _SHORT.fullmatch(text.strip()):
        return round(float(short[1].replace(",", ".")) * {"k": 1_000, "m": 1_000_000}[short[2].lower()])
    match = re.match(r"\d{1,3}(?:[,.\s]\d{3})+(?!\d)|\d{1,12}", text)
    return int(re.sub(r"\D", "", match[0])) if match else None


def _availability(text: str) -> str:
    """What a shop says about its stock, in the words of Google's feeds where it means one of them.

    >>> _availability("https://schema.org/OutOfStock"), _availability("in_stock"), _availability("0"), _availability("12")
    ('out of stock', 'in stock', 'out of stock', 'in stock')
    """
    said = re.sub(r"[^a-z0-9]", "", text.rpartition("/")[2].lower())
    if said in _GONE:
        return OUT_OF_STOCK
    return "in stock" if said in _HAD or (said.isdigit() and int(said) > 0) else text


def _known(text: str) -> str:
    return "" if text.lower() in _UNKNOWN else text


def _shown(text: str) -> str:
    return f'"{text[:40]}..."' if len(text) > 40 else f'"{text}"'
