"""The demand page: products, hashtags and videos ranked as creators are."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard.counted_page import PAGE
from companion.dashboard.demand_board import DemandBoard
from companion.intent import IntentModel
from companion.store import Store
from tests.companion.graded_scene import Scene


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    return Scene(store, model.id)


def names(page: str) -> list[str]:
    return re.findall(r'<td class="about"[^>]*><(?:a|strong)[^>]*>(.*?)</', page)


def test_few_comments_do_not_stand_before_many(scene: Scene, entered: FlaskClient) -> None:
    for tag, shares in {"few": [0.9] * 3, "many": [0.9] * 15 + [0.1] * 5}.items():
        scene.video(f"v-{tag}", None, hashtags=(tag,))
        scene.says(f"v-{tag}", *shares)
    assert names(entered.get("/demand?by=hashtag").text) == ["#many", "#few"]
    assert names(entered.get("/demand?by=hashtag&sort=share").text) == ["#few", "#many"]
    assert names(entered.get("/demand?by=hashtag&q=%23FE").text) == ["#few"]
    assert names(entered.get("/demand?by=video").text) == ["about v-many", "about v-few"]


def test_the_file_holds_all_and_no_formula(scene: Scene, entered: FlaskClient) -> None:
    for number in range(PAGE + 2):
        scene.video(f"v{number}", None, product=f"=product {number:03}")
        scene.says(f"v{number}", 0.9)
    assert len(names(entered.get("/demand").text)) == PAGE
    assert len(names(entered.get("/demand?page=2").text)) == 2
    rows = list(csv.DictReader(io.StringIO(entered.get("/demand.csv").get_data().decode("utf-8-sig"))))
    assert len(rows) == PAGE + 2
    assert rows[0]["name"] == "'=product 000"


def test_products_of_the_shop_lead_to_the_switch(scene: Scene, entered: FlaskClient) -> None:
    scene.video("v1", None, "shop", product="Lamp")
    scene.says("v1", 0.9)
    page = entered.get("/demand").text
    assert "Nothing of organic videos only" in page
    assert "/demand?by=product&amp;kind=all" in page
    assert names(entered.get("/demand?kind=all").text) == ["Lamp"]


def test_an_empty_workspace_says_what_to_do(scene: Scene, entered: FlaskClient) -> None:
    assert "Nothing stored yet" in entered.get("/demand").text


def test_a_page_does_not_wait_for_a_long_count(scene: Scene, store: Store, entered: FlaskClient, app: Flask) -> None:
    scene.video("v1", None, product="Lamp")
    scene.says("v1", 0.9)
    board = DemandBoard(store, patience_s=0)
    app.extensions["buysignal-demand"] = board
    with board._one_at_a_time:
        assert "Counting comments" in entered.get("/demand").text
