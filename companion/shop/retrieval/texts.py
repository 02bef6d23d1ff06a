"""A product -> what the two legs read of it."""

from __future__ import annotations

from companion.shop.product import Product

DENSE_CHARACTERS = 240
"""About 60 tokens; what stands further back in a title is a list of search words."""


def dense_text(product: Product) -> str:
    """What is encoded: the title, the brand where the title leaves it out, and the narrowest category."""
    parts = [product.title]
    if product.brand and product.brand.lower() not in product.title.lower():
        parts.append(product.brand)
    if product.category:
        parts.append(product.category[-1])
    return ". ".join(parts)[:DENSE_CHARACTERS]


def fields(product: Product) -> tuple[str, str, str, str]:
    """Title, brand with attributes, category, description, as `lexical.WEIGHTS` counts them."""
    said = " ".join([product.brand, *(value for name, value in product.attributes.items() if name not in UNREAD)])
    return product.title, said, " ".join(product.category), product.description


UNREAD = frozenset({"availability", "source", "seller", "variants"})
"""Attributes whose words nobody searches for."""
