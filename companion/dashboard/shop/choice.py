"""What the user chose on the search page, read from the address, and how products are narrowed down by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from companion.dashboard.filters import Option
from companion.shop.currencies import Rates
from companion.shop.product import Product
from companion.shop.retrieval.retriever import MAX_QUERY

PAGE = 24
BRANDS = 40
CATEGORIES = 60
ARROW = " > "
NO_PRICE = "none"

LABELS = {"category": "Category", "price": "Price", "brand": "Brand", "stock": "Availability", "source": "Comes from"}
SOURCES = {"": "a feed", "demo": "the demo catalogue", "tiktok": "TikTok Shop"}
NOT_SAID = "not-said"
"""Stands in an address for products whose feed does not say."""


@dataclass(frozen=True)
class Choice:
    """`price` is "low-high" in the catalogue's main currency, either end may be empty; the others are values of their facet.

    `typed` is "1" where words that look misspelt shall be searched for as they are.
    """

    q: str = ""
    typed: str = ""
    category: str = ""
    price: str = ""
    brand: str = ""
    stock: str = ""
    source: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Choice:
        """From a query string; what makes no sense counts as not chosen."""
        price, page = args.get("price", ""), args.get("page", "")
        return cls(
            q=" ".join(args.get("q", "").split())[:MAX_QUERY],
            typed="1" if args.get("typed") == "1" else "",
            price=price if price == NO_PRICE or ends_of(price) else "",
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
            **{name: args.get(name, "")[:300] for name in ("category", "brand", "stock", "source")},
        )

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string's parts, those at their usual value left out."""
        chosen = replace(self, **changes)
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}

    @property
    def narrowed(self) -> bool:
        """Whether any facet is chosen."""
        return any(getattr(self, name) for name in LABELS)


@dataclass(frozen=True)
class Facet:
    """One way to narrow down: the options say how many products each leaves."""

    name: str
    label: str
    chosen: str
    options: tuple[Option, ...]


def ends_of(price: str) -> tuple[float, float] | None:
    """The ends of "low-high"; None for anything else."""
    low, sign, high = price.partition("-")
    try:
        ends = float(low or 0), float(high or "inf")
    except ValueError:
        return None
    return ends if sign and 0 <= ends[0] < ends[1] else None


def narrow(products: Sequence[Product], choice: Choice, currency: str, rates: Rates) -> tuple[list[Product], tuple[Facet, ...]]:
    """The products that fit every facet chosen, in their order, and the facets counted over what fits the others."""
    prices = [None if one.price is None else rates.convert(one.price, one.currency or currency, currency) for one in products]
    bands = _bands([price for price in prices if price is not None], choice.price)
    path, ends = tuple(choice.category.split(ARROW)) if choice.category else (), ends_of(choice.price)
    counts: dict[str, Counter[str]] = {name: Counter() for name in LABELS}
    kept = []
    for product, price in zip(products, prices, strict=True):
        values = {
            "category": ARROW.join(product.category[: len(path) + 1]),
            "price": _band(price, bands),
            "brand": product.brand or NOT_SAID,
            "stock": product.attributes.get("availability", "") or NOT_SAID,
            "source": product.attributes.get("source", "") or NOT_SAID,
        }
        wrong = [name for name in ("brand", "stock", "source") if (asked := getattr(choice, name)) and asked != values[name]]
        if path and product.category[: len(path)] != path:
            wrong.append("category")
        if choice.price and not _priced(price, choice.price, ends):
            wrong.append("price")
        if not wrong:
            kept.append(product)
        for name in LABELS if not wrong else wrong if len(wrong) == 1 else ():
            counts[name][values[name]] += 1
    return kept, _facets(choice, counts, bands, currency)


def _priced(price: float | None, asked: str, ends: tuple[float, float] | None) -> bool:
    if price is None or ends is None:
        return price is None and asked == NO_PRICE
    return ends[0] <= price < ends[1]


def _bands(prices: Sequence[float], chosen: str) -> list[str]:
    """Up to four bands of about as many products each, between round amounts; the chosen one is always among them."""
    edges: list[float] = []
    if prices:
        edges = [float(f"{edge:.1g}") for edge in np.quantile(np.array(prices), [0.25, 0.5, 0.75]).tolist()]
    edges = [edge for edge in dict.fromkeys(edges) if edge > 0]
    bands = [f"{low:g}-{high:g}" for low, high in zip([0, *edges], edges, strict=False)] + ([f"{edges[-1]:g}-"] if edges else [])
    return [*bands, *([chosen] if chosen and chosen != NO_PRICE and chosen not in bands else []), NO_PRICE]


def _band(price: float | None, bands: Sequence[str]) -> str:
    if price is None:
        return NO_PRICE
    return next((band for band in bands if (ends := ends_of(band)) and ends[0] <= price < ends[1]), "")


def _facets(choice: Choice, counts: Mapping[str, Counter[str]], bands: Sequence[str], currency: str) -> tuple[Facet, ...]:
    """Facets with more than one option, or with one that is chosen."""
    made = []
    for name, label in LABELS.items():
        chosen = getattr(choice, name)
        found = counts[name]
        if name == "price":
            order: Iterable[str] = bands
        elif name == "category":
            order = [one for one, _ in found.most_common(CATEGORIES) if one and one != chosen]
        else:
            order = [one for one, _ in found.most_common(BRANDS)]
        values = [value for value in order if found[value] or value == chosen]
        if name == "category" and chosen:
            values = [*_above(chosen), chosen, *(one for one in values if one.startswith(chosen + ARROW))]
        elif chosen and chosen not in values:
            values.append(chosen)
        own = (chosen, *_above(chosen)) if name == "category" and chosen else ()  # what lies below them is counted there
        options = tuple(Option(value, _words(name, value, currency, 0 if value in own else found[value])) for value in values)
        if len(options) > 1 or chosen:
            made.append(Facet(name, label, chosen, options))
    return tuple(made)


def _above(category: str) -> list[str]:
    parts = category.split(ARROW)
    return [ARROW.join(parts[:end]) for end in range(1, len(parts))]


def _words(name: str, value: str, currency: str, count: int) -> str:
    if name == "price":
        text = price_words(value, currency)
    elif value == NOT_SAID:
        text = SOURCES[""] if name == "source" else "not said"
    else:
        text = SOURCES.get(value, value) if name == "source" else value.replace(ARROW, " › ")
    return f"{text} ({count:,})" if count else text


def price_words(band: str, currency: str) -> str:
    """A band as people say it.

    >>> price_words("0-20", "USD"), price_words("20-50", "USD"), price_words("50-", "USD")
    ('below 20 USD', '20 to 50 USD', '50 USD and more')
    """
    ends = ends_of(band)
    if ends is None:
        return "no price"
    if not ends[0]:
        return f"below {ends[1]:,g} {currency}".rstrip()
    return f"{ends[0]:,g} {currency} and more" if ends[1] == float("inf") else f"{ends[0]:,g} to {ends[1]:,g} {currency}".rstrip()
