"""Shop pages: search with what was understood, a product with the demand behind it, needs, catalogue and profile."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from companion import grading
from companion.dashboard.shop.choice import Choice, narrow
from companion.dashboard.shop.desk import Desk, desk
from companion.dashboard.shop.keeper import Beside, ShopPages
from companion.dashboard.shop.product_page import line_of
from companion.intent import IntentModel
from companion.services import Services
from companion.shop.currencies import Rates
from companion.shop.product import Product
from companion.shop.profile.events import Event
from companion.shop_tuning import QUESTIONS, run_of
from companion.store import Store, catalogue, catalogue_imports, clock, shop_events
from companion.store.catalogue import PricePoint
from tests.companion.dashboard.conftest import Press
from tests.companion.graded_scene import START, Scene

EVIL = "<script>alert(1)</script>"
GOODS = (
    Product("p1", "Mushroom table lamp", "Warm light.", "Lumo", ("Home", "Lamps"), 39, "USD", link="https://lumo.example/p1"),
    Product("p2", "Floor lamp " + EVIL, "", "Lumo", ("Home", "Lamps"), 120, "USD", link="http://lumo.example/p2"),
    Product("p3", "Running shoes for boys", "", "Strid", ("Sport", "Shoes"), 45, "USD", attributes={"availability": "preorder"}),
    Product("p4", "Leather wallet", "", "Hide & Co", ("Bags",), None, ""),
)
TABLE = b"Artikel;Bezeichnung;Kosten\nx1;Blue rug;20\nx2;Red rug;auf Anfrage\nx3;Green rug;25\n"


def put(store: Store, *products: Product, at: int = 0) -> None:
    """Add products to the catalogue, as an import of that moment would."""
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "stock.csv", "table with a header", {}, at or clock.now_ms())
        catalogue.save(connection, products, number, at or clock.now_ms())


@pytest.fixture
def patient(store: Store, app: Flask, services: Services) -> None:
    """Pages that wait for what is counted: a busy machine must not change what is seen."""
    app.extensions["buysignal-shop-pages"] = ShopPages(store, services.shop, patience_s=60)


@pytest.fixture
def stocked(store: Store, patient: None) -> Store:
    """A catalogue of four products."""
    put(store, *GOODS)
    return store


@pytest.fixture
def asked(stocked: Store, model: IntentModel) -> Scene:
    """People who ask for a table lamp and for a backpack below one video."""
    scene = Scene(stocked, model.id)
    scene.creator("ana")
    scene.video("v1", "ana", hashtags=("fyp", "homedecor"), caption="my evening corner", product="Mushroom table lamp", created_at=START)
    for text, signal in (("link please", "availability"), ("how much is it", "price"), ("40 quid for that lamp??", "objection")):
        scene.says("v1", 0.9 if signal != "objection" else 0.1, text=text, signal=signal)
    scene.says("v1", 0.9, text="where did you get that backpack", signal="availability")
    while grading.show_grades(stocked, model.id):
        pass
    return scene


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*" dir="auto">(.*?)</a>', page)


def table(browser: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(path).get_data().decode("utf-8-sig"))))


def upload(browser: FlaskClient, content: bytes, name: str = "stock.csv") -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/settings").text)
    assert token
    return browser.post("/shop/catalogue/upload", data={"csrf_token": token[1], "file": (io.BytesIO(content), name)})


def on_desk(app: Flask) -> Desk:
    with app.app_context():
        found = desk()
    found.wait(30)
    return found


def token_of(app: Flask) -> str:
    up = on_desk(app).upload
    assert up
    return up.token


def test_without_a_catalogue_invented_products_are_shown_as_such(patient: None, entered: FlaskClient) -> None:
    page = entered.get("/shop?q=table+lamp").text
    assert "Demo catalogue: invented products" in page
    assert "lamp" in " ".join(titles(page)).lower()
    assert 'href="/shop/catalogue#import"' in page


def test_a_search_says_what_was_understood_and_shows_what_keeps_to_it(stocked: Store, entered: FlaskClient) -> None:
    page = entered.get("/shop?q=a+table+lamp+under+50").text
    assert titles(page)[0] == "Mushroom table lamp"
    assert "up to 50 USD" in page
    assert "Floor lamp" not in page  # over the budget
    assert "Demo catalogue" not in page


def test_a_search_says_that_nothing_fits_and_what_would_otherwise(stocked: Store, entered: FlaskClient) -> None:
    page = entered.get("/shop?q=table+lamp+under+35").text
    assert "Nothing in the catalogue fits" in page
    assert "Would fit if not for the budget" in page
    assert "Mushroom table lamp" in titles(page)


@pytest.mark.parametrize("query", ["😂😂", "x" * 5000, "'; DROP TABLE shop_product; --", EVIL, "की कीमत"])
def test_any_query_gives_a_page(stocked: Store, entered: FlaskClient, query: str) -> None:
    found = entered.get("/shop", query_string={"q": query})
    assert found.status_code == 200
    assert EVIL not in found.text


def test_facets_narrow_down_and_count_what_the_others_leave(stocked: Store, entered: FlaskClient) -> None:
    assert titles(entered.get("/shop?category=Home").text)[0] == "Mushroom table lamp"
    assert len(titles(entered.get("/shop?category=Home+%3E+Lamps&brand=Lumo").text)) == 2
    assert titles(entered.get("/shop?price=40-100").text) == ["Running shoes for boys"]
    assert titles(entered.get("/shop?price=none").text) == ["Leather wallet"]
    assert titles(entered.get("/shop?stock=preorder").text) == ["Running shoes for boys"]
    page = entered.get("/shop?price=40-200").text
    assert "Home (1)" in page
    assert "Sport (1)" in page
    assert "Bags (" not in page
    assert "Nothing is left" in entered.get("/shop?brand=Lumo&stock=preorder").text


def test_prices_in_other_currencies_are_narrowed_by_the_rates() -> None:
    goods = [Product("a", "a", price=10, currency="USD"), Product("b", "b", price=1000, currency="INR")]
    rates = Rates({"USD": 1, "INR": 100}, "2026-01-01")
    assert [one.id for one in narrow(goods, Choice(price="5-15"), "USD", rates)[0]] == ["a", "b"]
    assert [one.id for one in narrow(goods, Choice(price="11-"), "USD", rates)[0]] == []


def test_all_files_of_the_products_hold_the_same_cells(stocked: Store, entered: FlaskClient) -> None:
    rows = json.loads(entered.get("/shop.json?category=Home").get_data())
    assert [row["id"] for row in rows] == ["p1", "p2"]
    sheet = load_workbook(io.BytesIO(entered.get("/shop.xlsx?category=Home").get_data())).active
    assert [cell.value for cell in next(iter(sheet.iter_rows()))] == list(rows[0])
    assert sheet.max_row == 3
    assert pq.read_table(io.BytesIO(entered.get("/shop.parquet?category=Home").get_data())).to_pylist() == rows
    assert [row["title"] for row in table(entered, "/shop.csv?category=Home")] == [row["title"] for row in rows]
    assert entered.get("/shop.exe").status_code == 404


def test_a_search_from_the_page_is_learned(stocked: Store, entered: FlaskClient, press: Press) -> None:
    assert press("/shop/searches", q="table lamp", category="Home").location == "/shop?q=table+lamp&category=Home"
    with stocked.reading() as connection:
        assert [one.words for one in shop_events.searches(connection)] == ["table lamp"]
    assert "table lamp" in entered.get("/shop/profile").text


def test_a_misspelt_search_says_what_was_searched_for_instead_and_can_be_taken_as_typed(stocked: Store, entered: FlaskClient) -> None:
    page = entered.get("/shop?q=mushrom+table+lamp").text
    assert "Searched for <strong>mushroom</strong> instead of “mushrom”" in page
    assert "Mushroom table lamp" in page
    typed = re.search(r'href="([^"]*typed=1[^"]*)"', page)
    assert typed
    assert "instead of" not in entered.get(typed[1].replace("&amp;", "&")).text


def test_a_product_page_shows_the_demand_behind_it_and_never_opens_an_unsafe_link(asked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/shop/product/p1").text
    assert "39 USD" in page
    assert "mushroom table lamp" in page
    assert "40 GBP" in page
    assert "too expensive" in page
    assert re.search(r'/comments/tiktok/c1/why"[^>]*>link please', page)
    assert 'href="https://lumo.example/p1" target="_blank" rel="noopener noreferrer"' in page
    other = entered.get("/shop/product/p2").text
    assert 'href="http://' not in other
    assert EVIL not in other
    assert entered.get("/shop/product/nothing").status_code == 404


def test_a_product_whose_id_is_an_address_has_a_page(stocked: Store, entered: FlaskClient) -> None:
    put(stocked, Product("gid://shop/Product/1?a=b#c", "Oddly named mug"))
    link = re.search(r'href="([^"]+)" dir="auto">Oddly named mug', entered.get("/shop/catalogue?lacks=price").text)
    assert link
    assert "Oddly named mug" in entered.get(link[1]).text


def test_prices_over_time_are_steps_of_one_currency() -> None:
    line = line_of([PricePoint(0, 10, "USD"), PricePoint(50, 99, "EUR"), PricePoint(100, 20, "USD")])
    assert line
    assert line.points == "0.0,36.0 90.0,36.0 90.0,4.0 100.0,4.0"
    assert line.rows == ((100, "20 USD"), (50, "99 EUR"), (0, "10 USD"))
    assert line_of([]) is None


def test_saving_and_hiding_can_be_taken_back(stocked: Store, entered: FlaskClient, press: Press) -> None:
    for what, reader in (("save", shop_events.saved), ("hide", shop_events.hidden)):
        press("/shop/marks", product="p1", what=what)
        with stocked.reading() as connection:
            assert reader(connection) == ["p1"]
        assert "Mushroom table lamp" in entered.get("/shop/profile").text
        press("/shop/marks", product="p1", what="unsave" if what == "save" else "show")
        with stocked.reading() as connection:
            assert reader(connection) == []
    assert press("/shop/marks", product="nothing", what="save").status_code == 404
    assert press("/shop/marks", product="p1", what="burn").status_code == 422


def test_the_board_names_what_is_asked_and_what_the_catalogue_lacks(asked: Scene, entered: FlaskClient) -> None:
    rows = {row["need"]: row for row in table(entered, "/shop/demand.csv")}
    lamp, other = rows["mushroom table lamp"], rows["backpack"]
    assert (lamp["people"], lamp["comments_about"], lamp["close_to_buying"], lamp["in_catalogue"]) == ("2", "3", "2", "yes")
    assert lamp["product_ids"].split("|")[0] == "p1"
    assert other["in_catalogue"] == "no"
    page = entered.get("/shop/demand?held=no").text
    assert "not in your catalogue" in page
    assert "mushroom table lamp" not in page
    assert [row["need"] for row in table(entered, "/shop/demand.csv?q=backpack")] == ["backpack"]


@pytest.mark.parametrize(("by", "key"), [("video", "tiktok:v1"), ("hashtag", "homedecor"), ("creator", "tiktok:ana")])
def test_the_board_is_gathered_by_video_hashtag_and_creator(asked: Scene, entered: FlaskClient, by: str, key: str) -> None:
    groups = {row["key"]: row for row in table(entered, f"/shop/demand.csv?by={by}")}
    assert (groups[key]["comments_asking"], groups[key]["comments_about"]) == ("3", "4")
    assert key.partition(":")[2] in entered.get(f"/shop/demand?by={by}").text
    assert "mushroom table lamp" in entered.get("/shop/demand", query_string={by: key}).text
    assert "Nobody asks for anything here" in entered.get("/shop/demand", query_string={by: f"{key}x"}).text


def test_an_empty_board_says_what_to_do(patient: None, entered: FlaskClient) -> None:
    assert "No comments stored yet" in entered.get("/shop/demand").text
    assert "Nobody asks for it yet" in entered.get("/shop/product/demo-001").text


def test_a_brief_is_a_page_and_a_file(asked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/shop/brief?product=p1").text
    assert "#homedecor" in page
    assert "@ana" in page
    assert "cannot be uploaded as a customer list" in page
    assert entered.get("/shop/brief.md?product=p1").get_data(as_text=True).startswith("# Targeting brief: Mushroom table lamp")
    assert json.loads(entered.get("/shop/brief.json?product=p1").get_data())["close_to_buying"] == 2
    assert {row["part"] for row in table(entered, "/shop/brief.csv?product=p1")} >= {"need", "hashtag", "creator", "note"}
    assert "neither the id of a product" in entered.get("/shop/brief?product=%3F%3F").text
    assert entered.get("/shop/brief.md?product=%3F%3F").status_code == 404


def test_a_feed_is_shown_first_and_written_only_when_confirmed(
    patient: None, store: Store, app: Flask, entered: FlaskClient, press: Press
) -> None:
    assert upload(entered, TABLE).status_code == 303
    token = token_of(app)
    page = entered.get("/shop/catalogue").text
    assert "Nothing is written yet" in page
    assert "Blue rug" in page
    with store.reading() as connection:
        assert catalogue.count(connection) == 0
    press("/shop/catalogue/import", token=token)
    on_desk(app)
    assert "is imported" in entered.get("/shop/catalogue").text
    with store.reading() as connection:
        assert {one.title for one in catalogue.products(connection)} >= {"Blue rug", "Green rug"}
    press("/shop/catalogue/clear")
    assert "stock.csv" in entered.get("/shop/catalogue").text  # among the last imports
    assert not list((store.workspace.root / "shop").glob("uploads/*"))


def test_a_wrong_guess_is_corrected_before_the_import(patient: None, store: Store, app: Flask, entered: FlaskClient) -> None:
    upload(entered, b"sku,name,info\n1,Rug,5\n2,Lamp,6\n")
    token = token_of(app)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', entered.get("/settings").text)
    assert csrf
    fields = {"csrf_token": csrf[1], "token": token, "currency": "eur"}
    entered.post("/shop/catalogue/check", data={**fields, "column": ["sku", "name", "info"], "meaning": ["id", "title", "price"]})
    up = on_desk(app).upload
    assert up
    assert [(one.price, one.currency) for one in up.preview] == [(5.0, "EUR"), (6.0, "EUR")]
    entered.post("/shop/catalogue/import", data=fields)
    on_desk(app)
    with store.reading() as connection:
        assert [one.price for one in catalogue.products(connection)] == [5.0, 6.0]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no"), (b"a,b\n1,2\n", "title"), (b"id,title,price\n,,\n", "No row of this file is a product")],
)
@pytest.mark.usefixtures("patient")
def test_a_file_that_is_no_feed_changes_nothing_and_says_why(
    services: Services, entered: FlaskClient, press: Press, content: bytes, said: str
) -> None:
    app, store = entered.application, services.store
    upload(entered, content, "../../evil<b>.csv")
    token = token_of(app)
    page = entered.get("/shop/catalogue").text
    assert said in page
    assert str(store.workspace.root) not in page
    assert "<b>" not in page
    press("/shop/catalogue/import", token=token)
    with store.reading() as connection:
        assert catalogue.count(connection) == 0


def test_an_upload_without_a_file_or_with_a_wrong_currency_is_said(
    patient: None, store: Store, app: Flask, entered: FlaskClient, press: Press
) -> None:
    press("/shop/catalogue/upload")
    assert "Choose the file" in entered.get("/shop/catalogue").text
    upload(entered, TABLE)
    press("/shop/catalogue/check", token=token_of(app), currency="zz")
    assert "no currency" in entered.get("/shop/catalogue").text
    press("/shop/catalogue/import", token="another")
    assert "not there any more" in entered.get("/shop/catalogue").text


def test_health_lists_what_products_lack_and_those_that_stand_twice(stocked: Store, entered: FlaskClient) -> None:
    put(stocked, Product("old", "Leather wallet", price=3, currency="EUR"), at=clock.now_ms() - 60 * 86_400_000)
    assert "Leather wallet" in entered.get("/shop/catalogue?lacks=price").text
    twins = entered.get("/shop/catalogue?lacks=twins").text
    assert "2 times" in twins
    assert 'href="/shop/product/old"' in twins
    assert 'href="/shop/product/old"' in entered.get("/shop/catalogue?lacks=stale").text
    assert "USD <span" in entered.get("/shop/catalogue").text


def test_the_profile_shows_what_was_learned_and_forgets_it(stocked: Store, entered: FlaskClient, press: Press) -> None:
    with stocked.writing() as connection:
        shop_events.add(connection, [Event(clock.now_ms() - n, "click", "p1", place=1) for n in range(5)])
        shop_events.add(connection, [Event(clock.now_ms(), "hide", "p1")])
    page = entered.get("/shop/profile").text
    assert "Lumo" in page
    press("/shop/profile/say", field="brand", value="Lumo", said="never")
    assert "you said never" in entered.get("/shop/profile").text
    press("/shop/profile/forget", field="brand", value="Lumo")
    with stocked.reading() as connection:
        assert [event.kind for event in shop_events.listed(connection)] == ["hide"]
        assert shop_events.leanings(connection) == []
    assert press("/shop/profile/say", field="shoe size", value="42", said="more").status_code == 422
    assert press("/shop/profile/say", field="brand", value="Lumo", said="maybe").status_code == 422


def test_the_whole_profile_is_saved_and_deleted_only_when_meant(stocked: Store, entered: FlaskClient, press: Press) -> None:
    press("/shop/marks", product="p1", what="save")
    press("/shop/searches", q="lamp")
    press("/shop/profile/searches", words="lamp")
    saved = json.loads(entered.get("/shop/profile.json").get_data())
    assert [(event["kind"], event["product"]) for event in saved["events"]] == [("save", "p1")]
    questions = run_of(stocked.workspace) / QUESTIONS  # of a tuning that was stopped: the searches stand in it
    questions.parent.mkdir(parents=True)
    questions.write_text("lamp", encoding="utf-8")
    press("/shop/profile/delete")
    assert "tick the box first" in entered.get("/shop/profile").text
    assert questions.exists()
    for path, fields in (("searches", {"words": "lamp"}), ("keep", {"keep": "no"}), ("delete", {"sure": "yes"})):
        questions.write_text("lamp", encoding="utf-8")
        press(f"/shop/profile/{path}", **fields)
        assert not questions.exists()
    assert "Nothing learned yet" in entered.get("/shop/profile").text


def test_one_switch_stops_every_kind_of_learning_and_leaves_what_is_asked_for(
    stocked: Store, entered: FlaskClient, press: Press, services: Services
) -> None:
    press("/shop/profile/keep", keep="yes")
    press("/shop/searches", q="wallet")
    press("/shop/profile/learning", learn="no")
    assert "Learning from you is off" in entered.get("/shop/profile").text
    press("/shop/searches", q="table lamp")
    at = clock.now_ms()
    deeds = [
        Event(at, "impression", "p1"),
        Event(at, "click", "p1"),
        Event(at, "open", "p1"),
        Event(at, "search", words="lamp", page="search"),
    ]
    assert services.cards.ready(60)
    assert [services.cards.learn(deed) for deed in deeds] == [False] * 4
    with stocked.writing() as connection:
        assert shop_events.add(connection, deeds) == 0
        assert [(event.kind, event.words) for event in shop_events.listed(connection)] == [("search", "wallet")]
    assert services.cards.learn(Event(at, "hide", "p2"))
    press("/shop/profile/learning", learn="yes")
    assert services.cards.learn(deeds[1])
    assert "Learning from you is on" in entered.get("/shop/profile").text


def test_keeping_searches_on_tiktok_is_off_until_turned_on(stocked: Store, entered: FlaskClient, press: Press) -> None:
    assert "Searches on TikTok are not kept" in entered.get("/shop/profile").text
    press("/shop/profile/keep", keep="yes")
    assert "Searches on TikTok are kept" in entered.get("/shop/profile").text
    press("/shop/profile/keep", keep="no")
    with stocked.reading() as connection:
        assert not shop_events.searches_kept(connection)


def test_an_answer_is_worked_out_once_until_the_data_changes_and_a_fault_is_tried_again(store: Store) -> None:
    calls: list[str] = []

    def work(key: str) -> int:
        calls.append(key)
        if len(calls) == 1:
            raise ValueError("first time")
        return len(calls)

    answers: Beside[str, int] = Beside(store, work, patience_s=60)
    with pytest.raises(ValueError, match="first time"):
        answers.answer("a")
    for _ in range(2):
        kept = answers.answer("a")
        assert kept
        assert (kept.value, kept.old) == (2, False)
    with store.writing() as connection:
        shop_events.keep_searches(connection, kept=True)
    kept = answers.answer("a")
    assert kept
    assert kept.value == 3


@pytest.mark.browser
def test_a_person_imports_a_feed_finds_a_product_and_hides_it(patient: None, tmp_path: Path, person: Callable[..., Page]) -> None:
    feed = tmp_path / "stock.csv"
    feed.write_text("id,title,brand,price,currency,category\na1,Blue wool rug,Matt,20,EUR,Home > Rugs\na2,Desk fan,Luft,30,EUR,Home\n")
    page = person()
    page.get_by_role("link", name="Shop", exact=True).click()
    expect(page.get_by_text("Demo catalogue: invented products")).to_be_visible()
    page.get_by_role("link", name="Import your products").click()
    page.get_by_label("File", exact=True).set_input_files(feed)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    page.get_by_role("button", name="Import 2 products").click()
    expect(page.get_by_text("is imported")).to_be_visible()
    page.get_by_role("link", name="Search your products").click()
    for _ in range(20):  # the new catalogue is put in place beside the requests
        if not page.get_by_text("Demo catalogue").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_label("In your own words").fill("a rug for the bedroom under 25")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("up to 25 EUR")).to_be_visible()
    page.get_by_role("link", name="Blue wool rug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blue wool rug")
    page.get_by_role("button", name="Never show on cards").click()
    expect(page.get_by_text("The product is hidden")).to_be_visible()
    page.get_by_role("link", name="Shop", exact=True).first.click()
    page.get_by_role("link", name="Your profile").click()
    expect(page.get_by_role("button", name="Forget a rug for the bedroom under 25")).to_be_visible()
    page.get_by_role("button", name="Show again").click()
    expect(page.get_by_text("None hidden.")).to_be_visible()
