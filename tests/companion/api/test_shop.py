"""`/v1/shop`: cards that fit a video, and that follow what was done with the last one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flask import Flask

from companion import grading
from companion.app import create_app
from companion.config import Config
from companion.intent import IntentModel
from companion.live_cards import LiveCards
from companion.live_model import LiveModel
from companion.live_shop import LiveShop
from companion.registry import SHIPPED_NAME, Registry
from companion.shop.product import Product
from companion.store import Store, catalogue, catalogue_imports, shop_events
from tests.companion.browser import CHROME, Paired, pair_with
from tests.companion.graded_scene import Scene
from tests.companion.shop.retrieval.scene import PlantedEncoder

VIDEO = "7600000000000000001"
LAMPS = [("mushroom", 39.0), ("moon", 25.0), ("brass", 80.0), ("paper", 19.0), ("clip", 15.0), ("sunset", 30.0)]
BAGS = [("canvas", 45.0), ("leather", 120.0), ("beach", 20.0), ("laptop", 60.0), ("gym", 35.0), ("rolltop", 55.0)]
CAPTION = "table lamp"


def shelf() -> list[Product]:
    """Lamps and backpacks; one has no safe link."""
    made = [_product(f"{name} table lamp", price, ("Home", "Lighting", "Table lamps")) for name, price in LAMPS]
    made += [_product(f"{name} backpack", price, ("Bags", "Backpacks")) for name, price in BAGS]
    return [replace(made[0], link="http://shop.example/plain"), *made[1:]]


def _product(title: str, price: float, category: tuple[str, ...]) -> Product:
    ident = title.replace(" ", "-")
    return Product(ident, title, category=category, price=price, currency="USD", link=f"https://shop.example/{ident}")


def companion(model: IntentModel, store: Store, seed: int = 1) -> Flask:
    """The app with an encoder whose vectors are planted; its exploring can be repeated."""
    made = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
    shop = LiveShop(store, PlantedEncoder)
    cards = LiveCards(store, shop, np.random.default_rng(seed))
    made.extensions["buysignal"] = replace(made.extensions["buysignal"], shop=shop, cards=cards)
    assert cards.ready(30)
    shop.wait()
    return made


@pytest.fixture
def stocked(store: Store) -> Store:
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "f.csv", "table", {}, 1_000)
        catalogue.save(connection, shelf(), number, 1_000)
    return store


@pytest.fixture
def browser(stocked: Store, model: IntentModel) -> Paired:
    app = companion(model, stocked)
    return pair_with(app.test_client(), app.extensions["buysignal"], CHROME, "Chromium")


def card(browser: Paired, caption: str = CAPTION, **more: Any) -> dict[str, Any]:
    response = browser.post("/v1/shop/related", {"page": "feed", "context": {"caption": caption}, **more})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.get_json()
    return found


def did(browser: Paired, kind: str, product: str | None = None, **more: Any) -> dict[str, Any]:
    message = {"kind": kind, "page": "feed", **({"product": product} if product else {}), **more}
    response = browser.post("/v1/shop/event", message)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.get_json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_a_card_holds_what_the_caption_shows_with_price_link_and_reason(browser: Paired) -> None:
    answer = card(browser)
    assert len(answer["items"]) == 3
    assert all("lamp" in ident for ident in ids(answer))
    assert [item["place"] for item in answer["items"]] == [1, 2, 3]
    for item in answer["items"]:
        assert (item["price"], item["currency"]) == ({f"{name}-table-lamp": price for name, price in LAMPS}[item["id"]], "USD")
        assert item["link"] == ("" if item["id"] == "mushroom-table-lamp" else f"https://shop.example/{item['id']}")
        assert item["reason"]["kind"] == "fits"
    assert {"slot": "product", "value": "table lamp"} in answer["understood"]
    assert answer["demo"] is False


def test_what_comments_ask_for_is_read_and_counted(browser: Paired) -> None:
    answer = card(browser, "day in my life", comments=["where is that backpack from??", "need the backpack under 50 dollars"])
    assert answer["asking"] == 2
    assert ids(answer)
    prices = {f"{name}-backpack": price for name, price in BAGS}
    assert all(prices[ident] <= 50 for ident in ids(answer))
    assert any(one["slot"] == "budget" and "50" in one["value"] for one in answer["understood"])


def test_stored_comments_of_the_video_ask_too(browser: Paired, stocked: Store, model: IntentModel) -> None:
    scene = Scene(stocked, model.id)
    scene.video(VIDEO, None)
    scene.says(VIDEO, 0.9, text="where can I get that backpack", signal="availability")
    grading.show_grades(stocked, model.id)
    answer = card(browser, "day in my life", video_id=VIDEO)
    assert answer["asking"] == 1
    assert all("backpack" in ident for ident in ids(answer))


def test_nothing_is_shown_where_nothing_fits_and_nothing_is_known(browser: Paired) -> None:
    assert card(browser, "asdf qwer zxcv")["items"] == []


def test_the_next_card_reflects_the_last_click(browser: Paired) -> None:
    assert all("lamp" in ident for ident in ids(card(browser)))
    did(browser, "click", "gym-backpack")
    answer = card(browser)
    bags = [item for item in answer["items"] if "backpack" in item["id"]]
    assert [item["reason"]["kind"] for item in bags] == ["opened"]
    assert bags[0]["reason"]["words"] == "gym backpack"
    assert bags[0]["id"] != "gym-backpack"


def test_a_hidden_product_never_returns_not_even_after_a_restart(browser: Paired, stocked: Store, model: IntentModel) -> None:
    gone = ids(card(browser))[0]
    did(browser, "hide", gone)
    again = companion(model, stocked, seed=2)
    restarted = pair_with(again.test_client(), again.extensions["buysignal"], CHROME, "Chromium")
    for page in (browser, restarted):
        for _ in range(20):
            assert gone not in ids(card(page, most=6))


def test_a_click_is_remembered_over_a_restart(browser: Paired, stocked: Store, model: IntentModel) -> None:
    did(browser, "click", "gym-backpack")
    again = companion(model, stocked, seed=2)
    restarted = pair_with(again.test_client(), again.extensions["buysignal"], CHROME, "Chromium")
    assert any("backpack" in ident for ident in ids(card(restarted)))


def test_impressions_are_stored_with_place_and_propensity(browser: Paired, stocked: Store) -> None:
    answer = card(browser, hour=21)
    for item in answer["items"]:
        did(browser, "impression", item["id"], card=answer["card"], hour=21)
    with closing(sqlite3.connect(stocked.workspace.database)) as database:
        stored = database.execute("SELECT product, place, propensity, page, hour FROM shop_event ORDER BY seq").fetchall()
    assert [(product, place) for product, place, *_ in stored] == [(item["id"], item["place"]) for item in answer["items"]]
    assert all(0 < propensity <= 1 and (page, hour) == ("feed", 21) for *_, propensity, page, hour in stored)


def test_searches_are_kept_only_where_the_user_keeps_them(browser: Paired, stocked: Store) -> None:
    assert did(browser, "search", words="gym backpack") == {"stored": False}
    with stocked.writing() as connection:
        shop_events.keep_searches(connection, kept=True)
    assert did(browser, "search", words="gym backpack") == {"stored": True}
    answer = card(browser)
    reasons = [item["reason"] for item in answer["items"] if "backpack" in item["id"]]
    assert {(reason["kind"], reason["words"]) for reason in reasons} == {("searched", "gym backpack")}


def test_a_search_page_is_answered_by_its_words(browser: Paired) -> None:
    answer = card(browser, "", page="search", words="backpack for the gym")
    assert all("backpack" in ident for ident in ids(answer))


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "click", "page": "feed"},
        {"kind": "search", "page": "search"},
        {"kind": "search", "page": "search", "words": "lamp", "product": "x"},
        {"kind": "click", "page": "feed", "product": "gym-backpack", "words": "lamp"},
        {"kind": "buy", "page": "feed", "product": "gym-backpack"},
        {"kind": "click", "page": "feed", "product": "gym-backpack", "hour": 24},
    ],
)
def test_a_deed_that_is_none_is_refused(browser: Paired, message: object) -> None:
    assert browser.post("/v1/shop/event", message).status_code == 422


def test_a_product_that_the_catalogue_does_not_hold_is_named_as_such(browser: Paired) -> None:
    answer = browser.post("/v1/shop/event", {"kind": "click", "page": "feed", "product": "no-such"})
    assert (answer.status_code, answer.get_json()["error"]) == (404, "product")


def test_both_doors_need_the_token(browser: Paired) -> None:
    for path, message in (("related", {"page": "feed"}), ("event", {"kind": "click", "page": "feed", "product": "gym-backpack"})):
        assert browser.post(f"/v1/shop/{path}", message, Authorization="").status_code == 401
