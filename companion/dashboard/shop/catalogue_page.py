"""The catalogue's health, and taking in a feed: looked at first, imported after a person has said yes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard.blueprint import pages
from companion.dashboard.shop.desk import Asked, Upload, desk
from companion.dashboard.shop.words import Item
from companion.services import connection, services
from companion.shop.catalogue.columns import MEANINGS
from companion.shop.catalogue.prices import currency_code
from companion.store import catalogue_health, catalogue_imports, catalogue_upkeep, clock
from companion.store.catalogue_health import Health
from companion.store.catalogue_imports import CatalogueImport
from companion.store.catalogue_upkeep import Twins

STALE_DAYS = 30
IMPORTS = 10

LACKS = {
    "price": "price",
    "currency": "currency",
    "image": "picture",
    "link": "link",
    "category": "category",
    "description": "description",
    "brand": "brand",
    "rating": "rating",
}
"""What a product may lack, in the order of the page."""

GONE = "The file is not there any more, or is being read; choose it again."


@dataclass(frozen=True)
class CatalogueView:
    """What the page shows; `chosen` is the flaw whose products are listed, "" for none."""

    health: Health
    stale: int
    imports: tuple[CatalogueImport, ...]
    upload: Upload | None
    upload_megabytes: int
    chosen: str = ""
    items: tuple[Item, ...] = ()
    twins: tuple[Twins, ...] = ()

    lacks = LACKS
    meanings = MEANINGS
    stale_days = STALE_DAYS

    @property
    def flaw(self) -> str:
        """The chosen flaw in words."""
        return "not seen lately" if self.chosen == "stale" else "the same title" if self.chosen == "twins" else f"no {LACKS[self.chosen]}"


@pages.get("/shop/catalogue")
def shop_catalogue_page() -> str:
    """The page."""
    database, chosen = connection("reader"), request.args.get("lacks", "")
    before = clock.now_ms() - STALE_DAYS * 86_400_000
    listed = catalogue_upkeep.stalest(database, before) if chosen == "stale" else []
    if chosen in LACKS:
        listed = catalogue_health.lacking(database, chosen)
    view = CatalogueView(
        health=catalogue_health.health(database),
        stale=catalogue_upkeep.stale(database, before),
        imports=tuple(catalogue_imports.latest(database, IMPORTS)),
        upload=desk().upload,
        upload_megabytes=services().config.limits.upload_bytes // (1024 * 1024),
        chosen=chosen if chosen in LACKS or chosen in ("stale", "twins") else "",
        items=tuple(Item(one) for one in listed),
        twins=tuple(catalogue_upkeep.twins(database)) if chosen == "twins" else (),
    )
    return render_template("shop/catalogue.html", view=view)


@pages.post("/shop/catalogue/upload")
def upload_feed() -> AnyResponse:
    """Lay a feed on the desk; it is read through and nothing is written."""
    file, asked = request.files.get("file"), _asked()
    if file is None or not file.filename:
        flash("Choose the file of your products first.", "bad")
    elif asked is not None and not desk().put(file.filename, file.save, asked):
        flash("Another file is being read or imported; wait until it is through.", "bad")
    return _back()


@pages.post("/shop/catalogue/check")
def check_feed() -> AnyResponse:
    """Read the file through again with what was corrected."""
    asked = _asked()
    if asked is not None and not desk().again(request.form.get("token", ""), asked):
        flash(GONE, "bad")
    return _back()


@pages.post("/shop/catalogue/import")
def import_feed() -> AnyResponse:
    """Import the file as it was shown."""
    form = request.form
    if not desk().take(form.get("token", ""), Asked(overwrite="replace" in form, withdraw="withdraw" in form)):
        flash(GONE, "bad")
    return _back()


@pages.post("/shop/catalogue/clear")
def clear_feed() -> AnyResponse:
    """Take the file off the desk; what was imported stays."""
    if not desk().clear():
        flash("The file is being read or imported; wait until it is through.", "bad")
    return _back()


def _asked() -> Asked | None:
    """What the form says about the feed; None where the currency makes no sense, which is then said.

    A column counts as said by the user where it differs from the guess, or was said before.
    """
    form, upload = request.form, desk().upload
    try:
        currency = currency_code(form.get("currency", "").strip())
    except ValueError as error:
        flash(f"The currency is not one: {error}", "bad")
        return None
    columns: dict[str, str] = {}
    if upload and upload.token == form.get("token"):
        columns = dict(upload.asked.columns)
        for name, meant in zip(form.getlist("column"), form.getlist("meaning"), strict=False):
            if upload.guessed.get(name) != meant and (meant in MEANINGS or not meant):
                columns[name] = meant
    return Asked(columns, currency, form.get("encoding", "").strip()[:40])


def _back() -> AnyResponse:
    return redirect(url_for("dashboard.shop_catalogue_page"), 303)
