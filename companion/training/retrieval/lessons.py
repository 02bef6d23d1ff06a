"""What one run learns from and is checked on: gathered from the workspace once, kept beside the run so that it goes on with the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from companion.shop.matching.facts import Facts, facts_of
from companion.shop.product import Product
from companion.shop.retrieval.texts import dense_text
from companion.shop.tuning import making
from companion.shop.tuning.asks import Ask, kind_of, types_of
from companion.shop.tuning.interactions import chosen, liked
from companion.shop.tuning.split import parted, thinned
from companion.shop_tuning import QUESTIONS
from companion.store import Store, catalogue, shop_events
from companion.training.retrieval.contrastive import Lesson, Recipe

MOST_ASIDE = 300
"""Questions that check: each is searched three times with both encoders."""


class NoCatalogueError(ValueError):
    """There is nothing to learn from; the message says what to do."""


@dataclass(frozen=True)
class Stock:
    """The user's own products that can be had, what they are, and the currency of most prices."""

    products: Sequence[Product]
    facts: Sequence[Facts]
    currency: str


@dataclass(frozen=True)
class Gathered:
    """`lessons` are learned from, `aside` are asked in the check; no product type is in both. `yours` counts searches among all."""

    lessons: Sequence[Lesson]
    aside: Sequence[Ask]
    yours: int


def stock_of(store: Store) -> Stock:
    """The catalogue as it is now.

    Raises:
        NoCatalogueError: nothing was imported; the demo catalogue is what the exam is about and nothing learns from it.
    """
    with store.reading() as connection:
        products = [product for product in catalogue.products(connection) if product.in_stock]
        currency = catalogue.main_currency(connection)
    if not products:
        raise NoCatalogueError("there are no products to learn from yet; import a catalogue with `buysignal shop import FILE`")
    return Stock(products, [facts_of(product) for product in products], currency)


def gather(store: Store, stock: Stock, seed: int) -> Gathered:
    """Searches with what was chosen for them, and questions made from the catalogue, parted by product type."""
    places = {product.id: place for place, product in enumerate(stock.products)}
    types = types_of(stock.products, stock.facts)
    with store.reading() as connection:
        events = shop_events.listed(connection)
    own = chosen(events, places, types, [kind_of(one) for one in stock.facts])
    asks = [*own, *making.made(stock.products, stock.facts, liked(events, places), seed, making.MOST)]
    learned, aside = parted(asks, seed)
    texts = [dense_text(stock.products[ask.product]) for ask in learned]
    lessons = [Lesson(ask.query, text, ask.type, ask.kinds) for ask, text in zip(learned, texts, strict=True)]
    return Gathered(lessons, thinned(aside, MOST_ASIDE), len(own))


def begin(folder: Path, recipe: Recipe, gathered: Gathered, stock: Stock) -> None:
    """Keep what a run is about; it is there whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = [{**asdict(ask), "product": stock.products[ask.product].id} for ask in gathered.aside]
    whole = {"recipe": asdict(recipe), "lessons": [asdict(one) for one in gathered.lessons], "aside": aside, "yours": gathered.yours}
    draft = folder / f"{QUESTIONS}.part"
    draft.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    draft.replace(folder / QUESTIONS)


def begun(folder: Path, recipe: Recipe, stock: Stock) -> Gathered | None:
    """What the unfinished run is about, without questions about products that are gone; None where there is none with this recipe."""
    places = {product.id: place for place, product in enumerate(stock.products)}
    try:
        whole = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
        if whole["recipe"] != asdict(recipe):
            return None
        lessons = [Lesson(**{**row, "kinds": tuple(row["kinds"])}) for row in whole["lessons"]]
        aside = [
            Ask(**{**row, "product": places[row["product"]], "kinds": tuple(row["kinds"]), "looks": tuple(row["looks"])})
            for row in whole["aside"]
            if row["product"] in places
        ]
        return Gathered(lessons, aside, int(whole["yours"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or one that cannot be gone on with
