"""The search page: a sentence goes in; products, what was understood and what was given up come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.saving import file_of
from companion.dashboard.shop.choice import PAGE, Choice, Facet, narrow
from companion.dashboard.shop.keeper import shared
from companion.dashboard.shop.words import Item
from companion.exporting.tables import Column, Value
from companion.security.problems import RefusalError
from companion.services import services
from companion.shop.product import Product
from companion.shop.profile.events import Event, EventKind
from companion.shop.ranking import Ranked
from companion.shop.understanding import explained
from companion.shop_index import Shop
from companion.store import clock, shop_events

FOUND = 200
"""Products that a search finds at most."""
BROWSED = 20_000
"""Products that are narrowed down where nothing is searched for."""
BEYOND = 6
OPENING = "The catalogue is still being opened; try again in a moment."

COLUMNS = (
    Column("place", "integer"),
    *(Column(name) for name in ("id", "title", "brand", "category")),
    Column("price", "number"),
    Column("currency"),
    Column("rating", "number"),
    Column("ratings", "integer"),
    *(Column(name) for name in ("availability", "link", "description")),
)
"""Of a list of products as a file."""


@dataclass(frozen=True)
class Found:
    """What a search and the facets leave. `understood` is heading -> plain words."""

    products: Sequence[Product]
    facets: tuple[Facet, ...]
    understood: Mapping[str, str] = field(default_factory=dict)
    says_nothing: bool = False
    answerable: bool = True
    relaxed: tuple[str, ...] = ()
    beyond: tuple[Item, ...] = ()
    all_found: int = 0
    changed: tuple[tuple[str, str], ...] = ()
    """Words as typed, each with the one searched for in its place."""
    reason: str = ""
    shortfall: str = ""
    """Why nothing fits, where more is known than that nothing does."""


@dataclass(frozen=True)
class SearchView:
    """What the page shows; `found` is None while the catalogue is being opened."""

    choice: Choice
    found: Found | None = None
    demo: bool = False
    stocked: int = 0
    unread: int = 0
    items: tuple[Item, ...] = ()

    @property
    def last(self) -> int:
        """Place of the last product on this page."""
        return (self.choice.page - 1) * PAGE + len(self.items)

    @property
    def first(self) -> int:
        """Place of the first product on this page."""
        return (self.choice.page - 1) * PAGE + 1


@pages.get("/shop")
def shop_page() -> str:
    """The page; while the catalogue is being opened it asks again by itself."""
    choice, shop = Choice.of(request.args), shared().shop()
    if shop is None:
        return render_template("shop/search.html", view=SearchView(choice))
    found = find(shop, choice)
    start = (choice.page - 1) * PAGE
    items = tuple(Item(one) for one in found.products[start : start + PAGE])
    return render_template("shop/search.html", view=SearchView(choice, found, shop.demo, len(shop.products), shop.unread, items))


@pages.get("/shop.<kind>")
def save_products(kind: str) -> Response:
    """The same products as a file, all of them."""
    choice, shop = Choice.of(request.args), shared().shop()
    if shop is None:
        raise RefusalError(503, "busy", OPENING, retry_after=2)
    return file_of("products", kind, COLUMNS, [_values(place, one) for place, one in enumerate(find(shop, choice).products, 1)])


@pages.post("/shop/searches")
def search_shop() -> AnyResponse:
    """Note the search in the user's own profile, then show what it finds."""
    choice = Choice.of(request.form)
    if choice.q:
        note("search", words=choice.q)
    query: dict[str, Any] = choice.query(page=1)
    return redirect(url_for("dashboard.shop_page", **query), 303)


def find(shop: Shop, choice: Choice) -> Found:
    """Search, then narrow down; without words all products are narrowed down."""
    if not choice.q:
        kept, facets = narrow(shop.products[:BROWSED], choice, shop.ranker.currency, shop.rates)
        return Found(kept, facets, all_found=min(len(shop.products), BROWSED))
    ranked = shop.ranker.rank(choice.q, FOUND, as_typed=bool(choice.typed))
    kept, facets = narrow([shop.products[hit.place] for hit in ranked.hits], choice, shop.ranker.currency, shop.rates)
    return _told(shop, ranked, kept, facets)


def _told(shop: Shop, ranked: Ranked, kept: Sequence[Product], facets: tuple[Facet, ...]) -> Found:
    return Found(
        kept,
        facets,
        understood=explained(ranked.wish),
        says_nothing=ranked.wish.says_nothing,
        answerable=ranked.answerable,
        relaxed=ranked.relaxed,
        beyond=tuple(Item(shop.products[hit.place]) for hit in ranked.beyond[:BEYOND]),
        all_found=len(ranked.hits),
        changed=ranked.changed,
        reason=ranked.reason,
        shortfall=ranked.shortfall,
    )


def note(kind: EventKind, product: str = "", words: str = "") -> None:
    """Store what the user did on a page of the dashboard; the next card reflects it."""
    event = Event(clock.now_ms(), kind, product, words, "dashboard", hour=datetime.now().hour)
    if services().cards.ready(0):
        services().cards.learn(event)
        return
    with services().store.writing() as database:
        shop_events.add(database, [event])


def _values(place: int, one: Product) -> list[Value]:
    known: list[Value] = [one.id, one.title, one.brand, " > ".join(one.category), one.price, one.currency, one.rating, one.ratings]
    return [place, *known, one.attributes.get("availability", ""), one.link, one.description]
