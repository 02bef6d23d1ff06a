"""Feeds taken in by the page, and the catalogue's health."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from companion.services import Services
from companion.shop.product import Product
from companion.store import Store, catalogue, clock
from tests.companion.dashboard.conftest import Press
from tests.companion.dashboard.shop.scene import TABLE, on_desk, put, token_of, upload


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
