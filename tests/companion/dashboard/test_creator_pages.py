"""One creator closely, on one sheet, side by side; the shortlist and what a fee buys."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard.creators_money import cost_of
from companion.dashboard.creators_seen import line_of
from companion.dashboard.demand_board import DemandBoard
from companion.dashboard.shortlist import fee_of, link_fault
from companion.intent import IntentModel
from companion.quality.demand import Demand
from companion.quality.shares import wilson
from companion.quality_learning import rescore
from companion.store import Store, quality_shortlist
from companion.store.quality_shortlist import Listed
from tests.companion.dashboard.conftest import Press
from tests.companion.graded_scene import DAY, START, Scene

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    made = Scene(store, model.id)
    for maker, followers in (("mia", 5_000), ("bo", 2_000_000)):
        made.creator(maker, handle=f"{maker}.tests", followers=followers)
        made.video(f"v-{maker}", maker, created_at=START)
        made.counted(f"v-{maker}", START + DAY, plays=1_000, likes=90, comments=4, shares=12)
    made.says("v-mia", 0.9, 0.9, signal="price", text="how much is it?")
    made.says("v-mia", 0.1, signal="objection", text="too expensive for me")
    made.says("v-bo", 0.1, 0.1)
    return made


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("<wbr>", "")).split())


def test_a_creator_shows_demand_score_reasons_asks_and_videos(scene: Scene, entered: FlaskClient) -> None:
    page = text_of(entered.get("/creators/tiktok/mia").text)
    assert "67% 2 of 3 comments, the first 20 of 1 video; likely 21% to 94%" in page
    assert "the price 2" in page
    assert "too expensive 1" in page
    assert "answered 0 of 3 top comments" in page
    assert "1,000" in page
    assert "nan" not in page.lower().split()


def test_a_creators_pages_stand_under_creators_in_the_menu(scene: Scene, entered: FlaskClient) -> None:
    for path in ("/creators/tiktok/mia", "/creators/tiktok/mia/card", "/creators/compare?c=tiktok:mia&c=tiktok:bo"):
        here = re.findall(r'<a href="([^"]+)" aria-current="page"', entered.get(path).text)
        assert here == ["/creators"], path


def test_the_sheet_names_missing_parts_in_the_words_of_its_table(scene: Scene, entered: FlaskClient) -> None:
    page = text_of(entered.get("/creators/tiktok/mia/card").text)
    assert "without “Better than expected”" in page
    assert "without deviation" not in page


def test_a_creator_whose_videos_do_not_count_leads_to_the_switch(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("ad")
    scene.video("v-ad", "ad", "ad")
    scene.says("v-ad", 0.9)
    page = entered.get("/creators/tiktok/ad")
    assert "1 video of other kinds left out of the demand" in text_of(page.text)
    assert "100%" in text_of(entered.get("/creators/tiktok/ad?kind=all").text)


def test_a_creator_without_videos_says_what_to_do(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("new")
    assert "No video of this creator is stored" in entered.get("/creators/tiktok/new").text
    assert entered.get("/creators/tiktok/nobody").status_code == 404


def test_names_from_outside_are_shown_as_text(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("7", handle="seven", name=EVIL)
    for path in ("/creators/tiktok/7", "/creators/tiktok/7/card", "/creators/compare?c=tiktok:7&c=tiktok:mia"):
        assert EVIL not in entered.get(path).text


def test_the_sheet_to_share_keeps_note_and_fee_to_itself(scene: Scene, store: Store, entered: FlaskClient) -> None:
    with store.writing() as connection:
        quality_shortlist.put(connection, Listed("tiktok", "mia", note="our secret", fee=987.0, currency="EUR"))
    page = text_of(entered.get("/creators/tiktok/mia/card").text)
    assert "our secret" not in page
    assert "987" not in page
    assert "5,000 followers" in page


def test_two_to_four_creators_stand_side_by_side(scene: Scene, entered: FlaskClient) -> None:
    page = text_of(entered.get("/creators/compare?c=tiktok:mia&c=tiktok:bo&c=tiktok:nobody&c=tiktok:mia").text)
    assert "@mia.tests @bo.tests Close to buying 67%" in page
    one = entered.get("/creators/compare?c=tiktok:mia", follow_redirects=True)
    assert "Choose 2 to 4 creators to compare; 1 is chosen." in one.text


def test_what_changes_stands_side_by_side_at_once(scene: Scene, store: Store, entered: FlaskClient) -> None:
    pair = "/creators/compare?c=tiktok:mia&c=tiktok:bo"
    before = text_of(entered.get(pair).text)
    assert "Fee for a video not noted not noted" in before
    assert text_of(entered.get(pair).text) == before
    with store.writing() as connection:
        quality_shortlist.put(connection, Listed("tiktok", "bo", fee=250.0, currency="EUR"))
    assert "Fee for a video not noted 250 EUR" in text_of(entered.get(pair).text)


def test_small_creators_are_found_by_their_followers(scene: Scene, entered: FlaskClient) -> None:
    found = entered.get("/creators?band=nano").text
    assert ("mia.tests" in found, "bo.tests" in found) == (True, False)
    assert "bo.tests" in entered.get("/creators?band=large").text
    assert "place 2" in text_of(found)  # mia is the second by followers, though the only one here


def test_the_creators_page_shows_the_last_score(scene: Scene, store: Store, model: IntentModel, entered: FlaskClient) -> None:
    rescore(store, model.id)
    written = entered.get("/creators.csv?sort=score").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["place by demand"] for row in sorted(rows, key=lambda row: row["creator"])] == ["2", "1"]
    assert all(0 <= float(row["score"]) <= 100 for row in rows)


def test_the_shortlist_says_what_a_comment_costs(scene: Scene, store: Store, entered: FlaskClient, press: Press) -> None:
    press("/shortlist/tiktok/mia", status="asked", note="warm", fee="300,50", currency="eur", link="https://shop.example/x")
    page = text_of(entered.get("/shortlist").text)
    assert "Asked 67%" in page
    assert "300.50 EUR" in page
    assert "150.25 EUR" in page  # two of the three first comments of her one video
    with store.reading() as connection:
        entry = quality_shortlist.find(connection, "tiktok", "mia")
    assert entry is not None
    assert (entry.status, entry.note, entry.fee, entry.link) == ("asked", "warm", 300.5, "https://shop.example/x")
    [row] = csv.DictReader(io.StringIO(entered.get("/shortlist.csv").get_data().decode("utf-8-sig")))
    assert (row["creator"], row["cost of a comment close to buying"]) == ("mia.tests", "150.25")
    press("/shortlist/tiktok/mia", remove="1")
    assert "Nobody yet" in entered.get("/shortlist").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fee": "a lot"}, "is no amount"),
        ({"fee": "-5"}, "is no amount"),
        ({"link": "javascript:alert(1)"}, "must begin with https://"),
    ],
)
@pytest.mark.usefixtures("scene")
def test_what_cannot_be_noted_is_said_and_nothing_changes(
    store: Store, entered: FlaskClient, press: Press, fields: dict[str, str], said: str
) -> None:
    press("/shortlist/tiktok/mia", **fields)
    assert said in entered.get("/shortlist").text
    with store.reading() as connection:
        assert quality_shortlist.listed(connection) == []


def test_a_creator_that_is_not_stored_or_a_status_that_is_none_is_refused(scene: Scene, press: Press) -> None:
    assert press("/shortlist/tiktok/nobody", status="asked").status_code == 404
    assert press("/shortlist/tiktok/mia", status="married").status_code == 400


@pytest.mark.parametrize(("written", "fee"), [("250", 250.0), ("€ 1,200", 1200.0), ("1.5K", 1500.0), ("", None), ("0", 0.0)])
def test_fees_are_read_as_people_write_them(written: str, fee: float | None) -> None:
    assert fee_of(written) == fee


def test_only_web_addresses_are_links() -> None:
    assert link_fault("https://a.example/b") == ""
    assert all(link_fault(link) for link in ("a.example", "javascript://x/%0aalert(1)", "https://", "data:text/html,x"))


def test_a_fee_without_buyers_has_no_cost_and_no_division_by_zero() -> None:
    nobody = Demand("tiktok", "c", 1, 0, wilson(0, 20), 0, None, None)  # type: ignore[arg-type]
    cost = cost_of(Listed("tiktok", "c", fee=100.0), nobody)
    assert cost is not None
    assert (cost.value, cost.high) == (None, None)
    assert cost.low > 0
    assert cost_of(Listed("tiktok", "c"), nobody) is None


def test_a_line_needs_three_looks_and_bears_a_flat_one() -> None:
    assert line_of([(0, 1), (1, 2)]) == ""
    assert line_of([(0, 5), (1, None), (2, 5), (4, 5)]) == "0.0,12.0 50.0,12.0 100.0,12.0"
