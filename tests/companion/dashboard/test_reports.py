"""Reports: what came in, who creates demand, what is asked, and what changed since the one before."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from companion.dashboard.quality_report import change_of
from companion.intent import IntentModel
from companion.quality.shares import wilson
from companion.store import Store, clock, quality_reports
from tests.companion.dashboard.conftest import Press
from tests.companion.graded_scene import Scene


@pytest.fixture
def scene(store: Store, model: IntentModel) -> Scene:
    made = Scene(store, model.id)
    made.creator("mia", handle="mia.tests")
    made.video("v1", "mia", product="Lamp")
    made.video("v2", None, "ad")
    return made


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("<wbr>", "")).split())


def made(press: Press, entered: FlaskClient, **fields: str) -> str:
    answer = press("/reports", **fields)
    assert answer.status_code == 303
    return entered.get(answer.headers["Location"]).text


def test_a_report_says_who_what_and_which_questions_are_open(scene: Scene, entered: FlaskClient, press: Press) -> None:
    now = clock.now_ms() - 1_000
    scene.says("v1", 0.9, 0.9, signal="price", text="how much?", seen=now, likes=5)
    scene.says("v1", 0.9, signal="availability", text="link please", seen=now)
    scene.says("v1", 0.1, level=2, parent_id="c3", answers_id="c3", is_creator_reply=True, seen=now)
    scene.says("v1", 0.1, signal="objection", text="too expensive", seen=now)
    scene.says("v2", 0.9, seen=now)
    page = text_of(made(press, entered))
    assert "75% 3 of 4 comments under 1 video" in page
    assert "@mia.tests" in page
    assert "Lamp 75%" in page
    assert "the price 2 how much?" in page
    assert "link please" not in page  # the creator answered it
    assert "too expensive 1 too expensive" in page
    assert "first report" in page
    assert "not in the report before" not in page  # there is none


def test_the_next_report_counts_what_came_since_and_says_what_changed(
    scene: Scene, store: Store, entered: FlaskClient, press: Press
) -> None:
    scene.says("v1", *[0.9] * 15, *[0.1] * 5, seen=clock.now_ms() - 1_000)
    made(press, entered)
    scene.says("v1", *[0.1] * 20, seen=clock.now_ms())
    page = text_of(made(press, entered))
    assert "0 of 20 comments" in page
    assert "-75.0 points" in page
    assert "may be chance" not in page.split("Creators who create demand")[0]
    with store.reading() as connection:
        new, old = quality_reports.listed(connection)
    assert new.since == old.at
    written = entered.get(f"/reports/{new.id}.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [(row["part"], row["comments"], row["comments then"], row["change"]) for row in rows[:2]] == [
        ("all", "20", "20", "-0.75"),
        ("creator", "20", "20", "-0.75"),
    ]
    assert {row["model"] for row in rows} == {new.model}


def test_reports_counted_otherwise_are_not_compared(scene: Scene, store: Store, entered: FlaskClient, press: Press) -> None:
    scene.says("v1", 0.9, seen=clock.now_ms() - 1_000)
    made(press, entered)
    page = text_of(made(press, entered, span="all", kind="all"))
    assert "not comparable" in page
    assert "not in the report before" not in page  # it was, counted otherwise
    with store.writing() as connection:
        connection.execute("UPDATE report SET model = 'another', kinds = '[\"organic\"]'")
    assert "made with another model" in text_of(made(press, entered, span="all"))


def test_nothing_new_makes_no_report_and_says_so(scene: Scene, store: Store, entered: FlaskClient, press: Press) -> None:
    scene.says("v1", 0.9, seen=1)  # long ago
    assert press("/reports").headers["Location"] == "/reports"
    page = entered.get("/reports").text
    assert "No graded comment of organic videos only came in within 7 days" in page
    assert "last report" not in page.lower()  # there is none
    assert "100%" in text_of(made(press, entered, span="all"))
    assert "Since the last report" in entered.get("/reports").text
    with store.reading() as connection:
        assert [head.since for head in quality_reports.listed(connection)] == [0]


def test_a_report_is_deleted_and_unknown_ones_are_not_found(scene: Scene, entered: FlaskClient, press: Press) -> None:
    scene.says("v1", 0.9, seen=clock.now_ms() - 1_000)
    made(press, entered)
    press("/reports/1/remove")
    assert "No report yet" in entered.get("/reports").text
    assert entered.get("/reports/1").status_code == 404
    assert entered.get("/reports/1.csv").status_code == 404
    assert press("/reports", span="9").status_code == 400


def test_an_empty_workspace_says_what_to_do(entered: FlaskClient) -> None:
    assert "No comments yet" in entered.get("/reports").text


def test_the_interval_of_a_change_is_newcombes() -> None:
    change = change_of(wilson(56, 70), wilson(48, 80))  # his example (a): 0.0524 to 0.3339
    assert change is not None
    assert (round(change.value, 4), round(change.low, 4), round(change.high, 4), change.is_sure) == (0.2, 0.0524, 0.3339, True)
    assert change_of(None, wilson(1, 2)) is None
