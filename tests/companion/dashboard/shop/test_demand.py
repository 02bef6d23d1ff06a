"""The board of needs, a product with the demand behind it, and the brief for an ad manager."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.companion.dashboard.shop.scene import EVIL, table
from tests.companion.graded_scene import Scene


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
