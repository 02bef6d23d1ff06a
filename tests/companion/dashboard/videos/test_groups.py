"""Groups of videos beside each other: by subject, language and site."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard import sample_data
from companion.dashboard.demand_board import DemandBoard
from companion.intent import IntentModel
from companion.store import Store
from tests.companion.dashboard.videos.scene import compared, table_of
from tests.companion.graded_scene import Scene


def test_groups_show_demand_and_elasticity_with_their_intervals(looked: Scene, store: Store, entered: FlaskClient) -> None:
    elastic = {"value": 0.81, "low": 0.7, "high": 0.9, "n": 40, "creators": 12, "reason": "40 videos"}
    thin = {"value": None, "low": None, "high": None, "n": 2, "creators": 1, "reason": "not enough data: 2 videos"}
    compared(store, {"subject": {"beauty": elastic, "home": thin}, "language": {}, "site": {}})
    page = entered.get("/videos/groups").text
    assert "0.81 %" in page
    assert "(0.70 to 0.90)" in page
    assert "Not enough data: 2 videos" in page
    assert page.index("Beauty") < page.index("Home")  # four comments are surer than two


def test_intent_by_language_counts_comments_by_their_own(looked: Scene, entered: FlaskClient) -> None:
    looked.says("v1", 0.9, 0.9, lang="de")
    looked.says("v1", 0.1, lang="un")
    page = entered.get("/videos/groups?by=language").text
    assert "German" in page
    assert "un<" not in page
    assert "The language is that of the comment" in page
    assert "no count by region" not in page


def test_while_comments_are_counted_groups_look_again_by_themselves(looked: Scene, app: Flask, store: Store, entered: FlaskClient) -> None:
    with store.reading() as connection:
        board = app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=0)
        assert connection.execute("SELECT count(*) FROM comment").fetchone()[0]
        page = entered.get("/videos/groups?by=language&kind=all").text
    assert "Counting comments…" in page
    assert 'hx-get="/videos/groups?by=language&amp;kind=all" hx-trigger="load delay:1s" hx-select="#groups"' in page
    board._patience_s = 60
    page = entered.get("/videos/groups?by=language&kind=all").text
    assert "Counting comments…" not in page
    assert 'hx-trigger="load' not in page
    assert [row[0] for row in table_of(page)] == ["English"]


def test_the_sample_alone_has_no_subjects_and_the_page_says_why(
    scene: Scene, store: Store, model: IntentModel, entered: FlaskClient
) -> None:
    sample_data.add(store, model)
    page = entered.get("/videos/groups").text
    assert "invented sample data is never compared" in page
    assert "nobody marked as organic" not in page
    assert {"English", "Portuguese", "German"} <= {
        row[0].removesuffix(" sample") for row in table_of(entered.get("/videos/groups?by=language").text)
    }
    page = entered.get("/videos/sample/sample-v1").text
    assert "Not looked at: invented sample data is never compared." in page
    assert "yet" not in re.search(r"<dt>Subject</dt><dd>(.*?)</dd>", page)[1]  # type: ignore[index]
