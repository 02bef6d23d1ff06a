"""Amounts and products as the shop pages say them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.shop.demand import NamedPrice
from companion.shop.product import Product


@dataclass(frozen=True)
class Item:
    """A product as it stands in a list."""

    product: Product

    @property
    def price(self) -> str:
        """With its currency."""
        return price_of(self.product)

    @property
    def path(self) -> str:
        """The category."""
        return " › ".join(self.product.category)

    @property
    def stock(self) -> str:
        """What the feed says of it, "" where that is nothing to note."""
        said = self.product.attributes.get("availability", "")
        return "" if said == "in stock" else said


def price_of(product: Product) -> str:
    """Such as "1,299 INR"; "" without a price."""
    return "" if product.price is None else amount(product.price, product.currency)


def amount(value: float, currency: str = "") -> str:
    """An amount of money.

    >>> amount(1299, "INR"), amount(3.5)
    ('1,299 INR', '3.50')
    """
    return f"{value:,.2f}".removesuffix(".00") + (f" {currency}" if currency else "")


def prices_asked(prices: Iterable[NamedPrice]) -> list[str]:
    """The span of the prices that comments name, by currency, the most named first.

    >>> prices_asked([NamedPrice(25, "USD"), NamedPrice(40, "USD"), NamedPrice(30, "GBP")])
    ['25 to 40 USD (2 times)', '30 GBP']
    """
    found: dict[str, list[float]] = {}
    for one in prices:
        found.setdefault(one.currency, []).append(one.amount)
    told = []
    for currency, amounts in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        low, high = min(amounts), max(amounts)
        span = amount(low, currency) if low == high else f"{amount(low)} to {amount(high, currency)}"
        told.append(f"{span} ({len(amounts):,} times)" if len(amounts) > 1 else span)
    return told


def https(link: str) -> str:
    """The address where it may be opened from here, else ""."""
    return link if link.lower().startswith("https://") else ""
