"""The demo catalogue: invented products of invented brands, to try the shop with before a catalogue of one's own is there.

The products cannot be bought and have no pages or pictures. Ids begin with "demo-" and the attribute `source` says "demo". The file is
read like any other feed, so it is an example of a table with plain column names too.
"""

from __future__ import annotations

from pathlib import Path

from companion.shop.catalogue import Feed
from companion.shop.product import Product

FILE = Path(__file__).with_name("catalogue.csv")
CURRENCY = "USD"
"""Most prices are in it; some brands price in EUR."""
PREFIX = "demo-"
SOURCE = "demo"


def products() -> list[Product]:
    """Every demo product, in the order of the file."""
    with Feed(FILE) as feed:
        return [row.product for row in feed.rows() if row.product is not None]


def is_demo(product: Product) -> bool:
    """Whether the product is from the demo catalogue."""
    return product.id.startswith(PREFIX) and product.attributes.get("source") == SOURCE
