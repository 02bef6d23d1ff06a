"""Shopify's product export: the first line of a product says what it is, the lines below hold its further variants and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from companion.shop.catalogue.columns import folded
from companion.shop.catalogue.records import Record

OPTIONS = ("Color", "Size", "Material")
"""Columns that a joined record has beside the file's own."""
_OPTIONS = {"color": "Color", "colour": "Color", "farbe": "Color", "couleur": "Color", "size": "Size", "material": "Material"}
MOST_VARIANTS = 250
"""Lines of one product; Shopify allows 100 variants and 250 pictures."""


def is_shopify(names: Iterable[str]) -> bool:
    """Whether the columns are those of Shopify's export."""
    found = {folded(name) for name in names}
    return {"handle", "title", "variant_price"} <= found or {"url_handle", "title", "option1_name"} <= found


def one_a_product(records: Iterable[Record]) -> Iterator[Record]:
    """Records of one product as one: its lowest price, and the options of all its variants."""
    group: list[Record] = []
    for record in records:
        handle = _handle(record)
        if group and (record.error or handle != _handle(group[0]) or len(group) >= MOST_VARIANTS):
            yield _joined(group)
            group = []
        if record.error:
            yield record
        else:
            group.append(record)
    if group:
        yield _joined(group)


def _handle(record: Record) -> str:
    return record.values.get("Handle", "") or record.values.get("URL handle", "")


def _joined(group: list[Record]) -> Record:
    first = group[0]
    values = dict(first.values)
    prices = sorted((price for record in group if (price := _price(record.values)) is not None), key=float)
    if prices:
        values["Variant Price" if "Variant Price" in values else "Price"] = prices[0]
    options: dict[str, list[str]] = {}
    for record in group:
        for number in "123":
            name = _OPTIONS.get(_option(values, number, "Name").lower())
            value = _option(record.values, number, "Value")
            if name and value and value not in options.setdefault(name, []):
                options[name].append(value)
    values.update({name: ", ".join(found) for name, found in options.items() if name not in values})
    if (status := values.get("Status", "active").strip().lower()) not in ("", "active"):
        return Record(first.line, error=f'the product is "{status[:20]}", not on sale', off_sale=True)
    return Record(first.line, values, note=next((record.note for record in group if record.note), ""))


def _option(values: Mapping[str, str], number: str, part: str) -> str:
    return (values.get(f"Option{number} {part}") or values.get(f"Option{number} {part.lower()}") or "").strip()


def _price(values: Mapping[str, str]) -> str | None:
    price = (values.get("Variant Price") or values.get("Price") or "").strip()
    try:
        return price if float(price) > 0 else None
    except ValueError:
        return None
