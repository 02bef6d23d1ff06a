"""The targeting brief of a product, from what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from companion import grading, shop_demand
from companion.registry import Registry
from companion.shop.audience import MOST, Brief, brief
from companion.shop.demand import needs, nouns_of
from companion.shop.product import Product
from companion.shop_index import Shop
from companion.store import Store, catalogue

LOOKED_AT = 5 * MOST
"""Products most like the user's that are looked at."""


def of_product(store: Store, wanted: str, shop: Shop) -> Brief:
    """The brief of the catalogue's product with the id `wanted`, or of a product that these words name.

    Comments count by the grades of the model in use and the user's own. Without a catalogue the demo products stand in for it.

    Args:
        store: the workspace.
        wanted: an id or words.
        shop: its open catalogue; what a running companion keeps open is used as it is.

    Raises:
        ValueError: neither an id nor words.
    """
    mine = _mine(store, wanted, shop.products)
    registry = Registry(store)
    model = registry.find(registry.active_name()).id
    while grading.show_grades(store, model):
        pass
    with store.reading() as connection:
        comments = shop_demand.asked(connection, model)
    hits = shop.retriever.search(mine.title, LOOKED_AT, "lexical")
    similar = [shop.products[hit.place] for hit in hits]
    if not mine.category and similar:
        mine = replace(mine, category=similar[0].category)
    return brief(mine, similar, needs(comments, shop.nouns | nouns_of([mine])), comments)


def _mine(store: Store, wanted: str, products: Sequence[Product]) -> Product:
    found = next((one for one in products if one.id == wanted), None)
    if found is None:
        with store.reading() as connection:  # one that is out of stock is not among those that are searched
            found = catalogue.product(connection, wanted)
    if found is None and not any(char.isalpha() for char in wanted):
        raise ValueError(f'"{wanted[:40]}" is neither the id of a product in the catalogue nor words that name one')
    return found or Product(id="", title=" ".join(wanted.split())[:200])
