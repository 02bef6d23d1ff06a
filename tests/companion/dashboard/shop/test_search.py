"""Search with what was understood, facets and files, and pages that count once."""

from __future__ import annotations

import io
import json
import re

import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from companion.dashboard.shop.choice import Choice, narrow
from companion.dashboard.shop.keeper import Beside
from companion.dashboard.shop.product_page import line_of
from companion.shop.currencies import Rates
from companion.shop.product import Product
from companion.store import Store, shop_events
from companion.store.catalogue import PricePoint
from tests.companion.dashboard.shop.scene import EVIL, put, table, titles


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


def test_a_misspelt_search_says_what_was_searched_for_instead_and_can_be_taken_as_typed(stocked: Store, entered: FlaskClient) -> None:
    page = entered.get("/shop?q=mushrom+table+lamp").text
    assert "Searched for <strong>mushroom</strong> instead of “mushrom”" in page
    assert "Mushroom table lamp" in page
    typed = re.search(r'href="([^"]*typed=1[^"]*)"', page)
    assert typed
    assert "instead of" not in entered.get(typed[1].replace("&amp;", "&")).text


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
