"""The user's own profile: what was learned from which deeds, to look at, to correct and to delete."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.shop import profile_reading
from companion.dashboard.shop.keeper import shared
from companion.dashboard.shop.product_page import placed
from companion.dashboard.shop.profile_reading import Interest, ProfileReader
from companion.dashboard.shop.search_page import OPENING
from companion.dashboard.shop.words import Item
from companion.security.problems import RefusalError
from companion.services import connection, services
from companion.shop.product import Product
from companion.shop.profile.traits import FIELDS
from companion.shop_index import Shop
from companion.shop_tuning import forget_questions
from companion.store import clock, shop_events
from companion.store.shop_events import Leaning, Searched

_KEY = "buysignal-shop-profile"
LISTED = 50

SAID = {"more": 1.0, "never": -1.0, "neither": 0.0}

KIND_WORDS = {
    "impression": "seen on cards",
    "click": "clicked",
    "open": "opened in their shop",
    "save": "saved",
    "hide": "hidden",
    "search": "searches",
}


@dataclass(frozen=True)
class ProfileView:
    """What the page shows; `interests` is None while the catalogue is being opened."""

    interests: Mapping[str, tuple[Interest, ...]] | None
    counts: tuple[tuple[str, int], ...]
    searches: tuple[Searched, ...]
    saved: tuple[Item, ...]
    hidden: tuple[Item, ...]
    keeps_searches: bool
    learns: bool = True

    @property
    def nothing(self) -> bool:
        """Whether nothing was done yet."""
        return not self.counts and not self.interests


@pages.get("/shop/profile")
def shop_profile_page() -> str:
    """The page."""
    database, shop = connection("reader"), shared().shop()
    events: Counter[str] = Counter(event.kind for event in shop_events.listed(database))
    view = ProfileView(
        interests=_reader().interests(shop) if shop else None,
        counts=tuple((label, events[kind]) for kind, label in KIND_WORDS.items() if events[kind]),
        searches=tuple(shop_events.searches(database)[:LISTED]),
        saved=_items(shop, shop_events.saved(database)),
        hidden=_items(shop, shop_events.hidden(database)),
        keeps_searches=shop_events.searches_kept(database),
        learns=shop_events.learns(database),
    )
    return render_template("shop/profile.html", view=view)


@pages.get("/shop/profile.json")
def save_profile() -> Response:
    """Everything that is stored and what was learned from it."""
    database, shop = connection("reader"), shared().shop()
    if shop is None:
        raise RefusalError(503, "busy", OPENING, retry_after=2)
    learned = [
        {"field": one.field, "value": one.value, "times_usual_interest": round(one.rate, 3), "said": one.said}
        for found in _reader().interests(shop).values()
        for one in found
    ]
    events = [asdict(event) for event in shop_events.listed(database)]
    whole = {"interests": learned, "said": [asdict(one) for one in shop_events.leanings(database)], "events": events}
    file = f"buysignal-shop-profile-{clock.stamp(clock.now_ms())[:8]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(json.dumps(whole, ensure_ascii=False, indent=1), content_type="application/json", headers=headers)


@pages.post("/shop/profile/say")
def say_interest() -> AnyResponse:
    """What the user says of a value: more, never, or neither."""
    field, value, said = _value()
    if said not in SAID:
        raise RefusalError(422, "value", f'"{said[:20]}" cannot be said of an interest; say more, never or neither.')
    with services().store.writing() as database:
        shop_events.lean(database, Leaning(field, value, SAID[said]))
    told = {"more": "You will see more of {}.", "never": "You will not see {} again.", "neither": "What you said of {} is taken back."}
    flash(told[said].format(f"“{value}”"), "good")
    return _back()


@pages.post("/shop/profile/forget")
def forget_interest() -> AnyResponse:
    """Forget what was done with products of a value."""
    field, value, _ = _value()
    shop = shared().shop()
    if shop is None:
        raise RefusalError(503, "busy", OPENING, retry_after=2)
    with services().store.writing() as database:
        gone = profile_reading.forget(database, shop, field, value)
    forget_questions(services().store.workspace)
    flash(f"Forgotten: {words.count(gone, 'deed')} with products of “{value}”. Searches that led there stand below.", "good")
    return _back()


@pages.post("/shop/profile/searches")
def forget_search() -> AnyResponse:
    """Forget a search."""
    with services().store.writing() as database:
        gone = shop_events.forget_search(database, request.form.get("words", ""))
    forget_questions(services().store.workspace)
    flash("The search is forgotten." if gone else "That search was forgotten before.", "good")
    return _back()


@pages.post("/shop/profile/learning")
def switch_learning() -> AnyResponse:
    """The one switch: learn from what the user does from now on, or store nothing of it anywhere."""
    on = request.form.get("learn") == "yes"
    with services().store.writing() as database:
        shop_events.learn_from_now(database, on=on)
    flash(
        "BuySignal learns from what you do in the shop again." if on else "Learning is off: nothing you do in the shop teaches it.", "good"
    )
    return _back()


@pages.post("/shop/profile/keep")
def keep_searches() -> AnyResponse:
    """Keep searches on TikTok from now on, or no longer."""
    kept = request.form.get("keep") == "yes"
    with services().store.writing() as database:
        shop_events.keep_searches(database, kept=kept)
    if not kept:
        forget_questions(services().store.workspace)
    flash("Searches on TikTok are kept from now on." if kept else "Searches on TikTok are not kept; those that were are deleted.", "good")
    return _back()


@pages.post("/shop/profile/delete")
def delete_profile() -> AnyResponse:
    """Delete the whole profile."""
    if request.form.get("sure") != "yes":
        flash("Nothing was deleted: tick the box first.", "bad")
        return _back()
    with services().store.writing() as database:
        gone = shop_events.forget_all(database)
    forget_questions(services().store.workspace)
    flash(f"Your profile is deleted: {words.count(gone, 'deed')}, and all you said of your taste.", "good")
    return _back()


def _value() -> tuple[str, str, str]:
    field, value = request.form.get("field", ""), request.form.get("value", "")[:1000]
    if field not in FIELDS or not value:
        raise RefusalError(422, "value", f'"{field[:20]}" is nothing that is learned; nothing was changed.')
    return field, value, request.form.get("said", "")


def _items(shop: Shop | None, idents: Iterable[str]) -> tuple[Item, ...]:
    """Products by id; one that the catalogue does not hold any more is shown by its id."""
    found = []
    for ident in list(idents)[:LISTED]:
        product = placed(shop, ident)[1] if shop else None
        found.append(Item(product or Product(ident, ident)))
    return tuple(found)


def _reader() -> ProfileReader:
    known: ProfileReader | None = current_app.extensions.get(_KEY)
    if known is None:
        known = current_app.extensions.setdefault(_KEY, ProfileReader(services().store))
    return known


def _back() -> AnyResponse:
    return redirect(url_for("dashboard.shop_profile_page"), 303)
