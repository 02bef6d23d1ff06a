"""A product: its facts, its price over time, who asks for it, and what is like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard.blueprint import pages
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.shop.board import Scope
from companion.dashboard.shop.keeper import shared
from companion.dashboard.shop.needs import NeedRow, rows_of
from companion.dashboard.shop.search_page import note
from companion.dashboard.shop.words import Item, amount, https
from companion.security.problems import RefusalError
from companion.services import connection, services
from companion.shop.product import Product
from companion.shop.profile.events import EventKind
from companion.shop_index import Shop
from companion.store import catalogue, shop_events
from companion.store.catalogue import PricePoint

SIMILAR = 6
SHOWN_PRICES = 30

_MARKS = {
    "save": "The product is saved.",
    "unsave": "The product is no longer saved.",
    "hide": "The product is hidden: no card will show it again.",
    "show": "The product may be shown again.",
}
"""What can be done with a product, and what is said then."""
_NOTED: dict[str, EventKind] = {"save": "save", "hide": "hide"}


@dataclass(frozen=True)
class PriceLine:
    """The price over time as a picture: points of a line of steps, and the rows of its table (time, price), the newest first."""

    points: str
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ProductView:
    """What the page shows; `needs` is None while comments are being counted, `demo` where the product is invented."""

    item: Item
    demo: bool
    withdrawn: bool
    saved: bool
    hidden: bool
    prices: PriceLine | None
    similar: tuple[Item, ...]
    needs: tuple[NeedRow, ...] | None
    counted_at: int
    old: bool
    progress: Progress

    @property
    def link(self) -> str:
        """Where it is sold, if that may be opened from here."""
        return https(self.item.product.link)


@pages.get("/shop/product/<path:product_id>")
def shop_product_page(product_id: str) -> str:
    """The page of a product of the catalogue, withdrawn ones included, or of the demo catalogue."""
    shop = shared().shop()
    if shop is None:
        return render_template("shop/opening.html", title="Product")
    database = connection("reader")
    place, product = placed(shop, product_id)
    if product is None:
        raise RefusalError(404, "not-found", "There is no product with this id in the catalogue; search for it on the shop's page.")
    model = services().model.id
    kept = shared().boards.answer((model, Scope()))
    needs = None if kept is None else rows_of(kept.value.behind(product_id), shop.demo)
    history = [] if shop.demo else catalogue.prices(database, product_id)
    view = ProductView(
        Item(product),
        demo=shop.demo,
        withdrawn=place is None and product.in_stock,
        saved=product_id in shop_events.saved(database),
        hidden=product_id in shop_events.hidden(database),
        prices=line_of(history),
        similar=similar(shop, product),
        needs=needs,
        counted_at=kept.at if kept else 0,
        old=bool(kept and kept.old),
        progress=progress_of(model),
    )
    return render_template("shop/product.html", view=view)


@pages.post("/shop/marks")
def mark_product() -> AnyResponse:
    """Save or hide a product, or take that back."""
    product, what, back = request.form.get("product", "")[:500], request.form.get("what", ""), request.form.get("back", "")
    if what not in _MARKS:
        raise RefusalError(422, "value", f'"{what[:20]}" cannot be done with a product; it can be saved, hidden, or either taken back.')
    shop = shared().shop()
    if what in _NOTED and (shop is None or placed(shop, product)[1] is None):
        raise RefusalError(404, "not-found", "There is no product with this id in the catalogue; nothing was changed.")
    if what in _NOTED:
        note(_NOTED[what], product=product)
    else:
        with services().store.writing() as database:
            shop_events.take_back(database, "save" if what == "unsave" else "hide", product)
    flash(_MARKS[what], "good")
    target = url_for("dashboard.shop_profile_page") if back == "profile" else url_for("dashboard.shop_product_page", product_id=product)
    return redirect(target, 303)


def placed(shop: Shop, ident: str) -> tuple[int | None, Product | None]:
    """A product's place among those that are found, and the product; withdrawn ones and those out of stock have no place."""
    found = next(((place, one) for place, one in enumerate(shop.products) if one.id == ident), None)
    return found or (None, catalogue.product(connection("reader"), ident))


def similar(shop: Shop, product: Product) -> tuple[Item, ...]:
    """Products that are most like it, by meaning and words."""
    words = f"{product.title} {product.category[-1] if product.category else ''}"
    hits = shop.retriever.search(words, SIMILAR + 1)
    return tuple(Item(one) for one in (shop.products[hit.place] for hit in hits) if one.id != product.id)[:SIMILAR]


def line_of(history: Sequence[PricePoint], width: int = 100, height: int = 40) -> PriceLine | None:
    """The prices in the currency of the last one as steps over a picture of this size; None where there is no price.

    A price holds until the next one; a single price is a level line.
    """
    if not history:
        return None
    shown = [point for point in history if point.currency == history[-1].currency]
    first, last = shown[0].at, shown[-1].at
    low, high = min(point.price for point in shown), max(point.price for point in shown)
    points: list[tuple[float, float]] = []
    for point in shown:
        x = 0.9 * width * (point.at - first) / (last - first) if last > first else 0.0
        y = height / 2 if high == low else height - 4 - (height - 8) * (point.price - low) / (high - low)
        points += [(x, points[-1][1]), (x, y)] if points else [(x, y)]
    points.append((width, points[-1][1]))
    rows = tuple((point.at, amount(point.price, point.currency)) for point in reversed(history))
    return PriceLine(" ".join(f"{x:.1f},{y:.1f}" for x, y in points), rows[:SHOWN_PRICES])
