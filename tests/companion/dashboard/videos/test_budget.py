"""The split of a budget: by demand alone, with multipliers once videos are labelled, and amounts as people write them."""

from __future__ import annotations

import math

import pytest
from flask.testing import FlaskClient

from companion.store import Store, clock, quality_learned, quality_looks
from companion.store.quality_learned import Learned
from companion.store.quality_looks import Groups, Subject
from tests.companion.dashboard.videos.scene import NOW, rows_of
from tests.companion.graded_scene import DAY, Scene


@pytest.fixture
def taught(scene: Scene, store: Store) -> Scene:
    """A small creator whose viewers buy and whose subject is found good, beside a large one of whom the opposite holds."""
    scene.creator("small", followers=1_000)
    scene.creator("large", followers=99_000)
    subjects = []
    for maker, subject, high, chance in (("small", "beauty", 0.9, 0.9), ("large", "home", 0.1, 0.2)):
        for week in range(10):
            ident = f"{maker}-{week}"
            scene.video(ident, maker, created_at=NOW - (7 * week + 1) * DAY)
            scene.says(ident, *[chance] * 4, 0.9)
            subjects.append(Subject("tiktok", ident, subject, "#tag", high))
    with store.writing() as connection:
        seen = connection.execute("SELECT max(last_seen) FROM video").fetchone()[0]
        told = {"auc": 0.8, "low": 0.7, "high": 0.9, "n": 60}
        quality_learned.put(connection, Learned(clock.now_ms(), 20, seen, {}, {}), [])
        quality_looks.put_subjects(connection, subjects)
        known = {"labelled": 60, "good": 25, "reason": "", "told": told, "answers": 0}
        quality_looks.put_groups(connection, Groups(clock.now_ms(), True, known, {}))
    return scene


def test_without_labels_no_multiplier_is_shown_but_how_to_get_one(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/budget").text
    assert "0 labelled 2 (good), 0 labelled 0 or 1" in page
    assert "buysignal label task new --kind video" in page
    assert "Multiplier of each subject" not in page
    assert rows_of(entered, "/budget/multipliers.csv") == []


def test_without_labels_a_budget_follows_demand_alone(looked: Scene, entered: FlaskClient) -> None:
    looked.says("v1", *[0.9] * 12)
    page = entered.get("/budget?budget=1000").text
    assert "By demand alone: what people find good is not known yet." in page
    assert ">Multiplier<" not in page
    rows = rows_of(entered, "/budget.csv?budget=1000")
    assert rows[0]["creator"] == "'@m-v1"
    assert {row["multiplier"] for row in rows} == {""}
    assert sum(float(row["amount"]) for row in rows) == pytest.approx(1_000, abs=0.01 * len(rows))
    worth = "close to buying of a video's first comments, at least"
    assert float(rows[0]["amount"]) / float(rows[1]["amount"]) == pytest.approx(float(rows[0][worth]) / float(rows[1][worth]), rel=0.01)


def test_the_split_shows_whom_followers_alone_leave_behind(taught: Scene, entered: FlaskClient) -> None:
    page = entered.get("/budget?budget=1000&currency=EUR").text
    assert page.index("@small") < page.index("@large")
    assert page.count("worth more than followers say</span>") == 1
    rows = rows_of(entered, "/budget.csv?budget=1000&currency=EUR")
    assert [row["creator"] for row in rows] == ["'@small", "'@large"]
    assert sum(float(row["amount"]) for row in rows) == pytest.approx(1_000, abs=0.01)
    assert [float(row["by followers alone"]) for row in rows] == [10.0, 990.0]
    assert float(rows[0]["multiplier"]) > 1 > float(rows[1]["multiplier"])


def test_multipliers_over_time_are_finite_and_within_bounds(taught: Scene, entered: FlaskClient) -> None:
    rows = rows_of(entered, "/budget/multipliers.csv")
    assert {row["subject"] for row in rows} == {"beauty", "home"}
    values = [float(row["multiplier"]) for row in rows]
    assert all(math.isfinite(value) and 0.5 <= value <= 2 for value in values)
    last = {row["subject"]: row for row in rows}
    assert (last["beauty"]["good videos"], last["beauty"]["videos"], last["home"]["good videos"]) == ("10", "10", "0")


@pytest.mark.parametrize("budget", ["1500,50", "1.500,50", "1,500.5", "1 500.50", "1500.50"])
def test_a_budget_may_be_written_with_either_decimal_mark(taught: Scene, entered: FlaskClient, budget: str) -> None:
    assert 'value="1500.5"' in entered.get("/budget", query_string={"budget": budget}).text


@pytest.mark.parametrize("budget", ["-5", "nan", "abc", "0", "1e99", "1_000", "1,2,3", "1.5.2026"])
def test_a_wrong_budget_is_named(taught: Scene, entered: FlaskClient, budget: str) -> None:
    page = entered.get(f"/budget?budget={budget}").text
    assert f"&#34;{budget}&#34; is no amount above 0" in page
    assert "nan" not in page.replace(f"&#34;{budget}&#34;", "").split("<main", 1)[1]
