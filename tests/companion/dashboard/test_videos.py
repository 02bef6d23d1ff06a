"""The videos pages: subjects, what stands out with its evidence, groups, and the split of a budget."""

from __future__ import annotations

import csv
import io
import math
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard import sample_data
from companion.dashboard.demand_board import DemandBoard
from companion.intent import IntentModel
from companion.store import Store, clock, quality_learned, quality_looks, videos
from companion.store.quality_learned import Learned
from companion.store.quality_looks import Groups, Subject, Verdict
from companion.store.videos import Video
from tests.companion.graded_scene import DAY, Scene

LOOKED = (
    ("v1", "beauty/make-up", "yes"),
    ("v2", "beauty", "no"),
    ("v3", "home", "not enough data"),
    ("v4", "", "no"),
)
NAME = "many shares, few views"
NOW = clock.now_ms()


def nothing_known(at: int, reason: str = "0 labelled 2 (good), 0 labelled 0 or 1") -> Groups:
    return Groups(at, True, {"labelled": 0, "good": 0, "reason": reason, "told": None, "answers": 0}, {})


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    return Scene(store, model.id)


@pytest.fixture
def looked(scene: Scene, store: Store) -> Scene:
    """Four videos as a comparison of just now left them."""
    for ident, _, _ in LOOKED:
        scene.creator(f"m-{ident}", followers=1_000)
        scene.video(ident, f"m-{ident}", created_at=NOW - 10 * DAY)
        scene.counted(ident, NOW, plays=1_000, likes=90, comments=4, shares=12)
        scene.says(ident, 0.9, 0.1)
    with store.writing() as connection:
        seen = connection.execute("SELECT max(last_seen) FROM video").fetchone()[0]
        quality_learned.put(connection, Learned(clock.now_ms(), 4, seen, {}, {}), [])
        quality_looks.put_groups(connection, nothing_known(clock.now_ms()))
        quality_looks.put_subjects(connection, [Subject("tiktok", ident, name, "#tag") for ident, name, _ in LOOKED])
        quality_looks.put_verdicts(connection, [Verdict("tiktok", ident, NAME, answer, f"why {ident}") for ident, _, answer in LOOKED])
    return scene


def names(page: str) -> list[str]:
    return sorted(re.findall(r'<td class="about"[^>]*><a[^>]*>about (\w+)</a>', page))


def test_a_subject_holds_its_branches(looked: Scene, entered: FlaskClient) -> None:
    assert names(entered.get("/videos").text) == ["v1", "v2", "v3", "v4"]
    assert names(entered.get("/videos?subject=beauty").text) == ["v1", "v2"]
    assert names(entered.get("/videos?subject=beauty/make-up").text) == ["v1"]
    assert names(entered.get("/videos?subject=none").text) == ["v4"]
    assert names(entered.get("/videos?subject=<script>").text) == ["v1", "v2", "v3", "v4"]
    assert "beauty (2)".capitalize() in entered.get("/videos").text


def test_a_detector_shows_what_it_found_with_the_evidence(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get(f"/videos?out={NAME}").text
    assert names(page) == ["v1"]
    assert "why v1" in page
    assert "Of 4 videos looked at" in page
    assert names(entered.get("/videos?out=anything").text) == ["v1"]
    assert "No video fits" in entered.get("/videos?out=breakout").text


def test_too_little_data_is_said_and_can_be_looked_up(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get(f"/videos?out={NAME}&answer=thin").text
    assert names(page) == ["v3"]
    assert "Why v3" in page
    assert "not enough data" in entered.get("/videos/tiktok/v3").text


def test_a_video_shows_its_numbers_and_names_what_was_not_used(looked: Scene, entered: FlaskClient) -> None:
    looked.counted("v2", NOW + 1, likes=5_000)
    page = entered.get("/videos/tiktok/v2").text
    assert "likes 5,000 is more than 1,000 plays; not used" in page
    assert "Beauty" in page
    assert "why v2" in page


def test_without_videos_every_page_says_what_to_do(scene: Scene, entered: FlaskClient) -> None:
    for path in ("/videos", "/videos/groups"):
        assert "No videos yet" in entered.get(path).text
    assert "No comments yet" in entered.get("/budget").text


def test_groups_show_demand_and_elasticity_with_their_intervals(looked: Scene, store: Store, entered: FlaskClient) -> None:
    elastic = {"value": 0.81, "low": 0.7, "high": 0.9, "n": 40, "creators": 12, "reason": "40 videos"}
    thin = {"value": None, "low": None, "high": None, "n": 2, "creators": 1, "reason": "not enough data: 2 videos"}
    with store.writing() as connection:
        known = nothing_known(clock.now_ms())
        groups = {"subject": {"beauty": elastic, "home": thin}, "language": {}, "site": {}}
        quality_looks.put_groups(connection, Groups(known.at, True, known.high_class, groups))
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


def posted(store: Store, **regions: str) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", ident, region=code) for ident, code in regions.items()], 1)


def table_of(page: str) -> list[list[str]]:
    """The cells of each row as a reader sees them."""
    rows = re.findall(r'<tr role="row">\s*<td.*?</tr>', page, re.DOTALL)
    return [[seen(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


def seen(cell: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", cell, flags=re.DOTALL).replace("&nbsp;", " ").split())


def test_by_region_countries_stand_by_name_and_those_not_known_last_with_how_many(
    looked: Scene, store: Store, entered: FlaskClient
) -> None:
    posted(store, v1="VN", v2="KR")
    looked.says("v1", *[0.9] * 8)
    elastic = {"value": 0.81, "low": 0.7, "high": 0.9, "n": 40, "creators": 12, "reason": "40 videos"}
    thin = {"value": None, "low": None, "high": None, "n": 1, "creators": 1, "reason": "not enough data: 1 videos of 1 creators"}
    with store.writing() as connection:
        known = nothing_known(clock.now_ms())
        quality_looks.put_groups(connection, Groups(known.at, True, known.high_class, {"region": {"VN": elastic, "KR": thin}}))
    page = entered.get("/videos/groups?by=region").text
    rows = table_of(page)
    assert [row[:3] for row in rows] == [["Vietnam", "1", "1,000"], ["South Korea", "1", "1,000"], ["Not known", "2", "1,000"]]
    assert [row[3] for row in rows] == ["90% (60% to 98%, n = 10)", "50% (9% to 91%, n = 2)", "50% (15% to 85%, n = 4)"]
    assert [row[5] for row in rows] == [
        "0.81 % (0.70 to 0.90) 40 videos of 12 creators",
        "Not enough data: 1 videos of 1 creators",
        "not looked at",
    ]
    assert "as its site says" in page


def test_countries_of_each_site_stand_apart_and_lead_to_their_own_videos(looked: Scene, store: Store, entered: FlaskClient) -> None:
    posted(store, v1="VN")
    with store.writing() as connection:
        videos.save(connection, [Video("youtube", f"y{n}", region="VN", commerce="organic") for n in range(2)], 1)
    page = entered.get("/videos/groups?by=region").text
    assert [row[:2] for row in table_of(page)] == [["Vietnam", "1"], ["Vietnam, YouTube", "2"], ["Not known", "3"]]
    assert 'href="/videos?region=VN&amp;kind=all&amp;site=youtube"' in page
    assert 'href="/videos?region=none&amp;kind=all"' in page


def test_the_file_of_groups_says_what_the_page_says(looked: Scene, store: Store, entered: FlaskClient) -> None:
    posted(store, v1="VN", v2="VN")
    rows = rows_of(entered, "/videos/groups.csv?by=region")
    shown = ("data", "what", "group", "code", "videos", "usual views", "comments counted", "close to buying", "share close to buying")
    assert [[row[name] for name in shown] for row in rows] == [
        ["tiktok", "region", "Vietnam", "VN", "2", "1000", "4", "2", "0.5"],
        ["tiktok", "region", "Not known", "", "2", "1000", "4", "2", "0.5"],
    ]
    assert all(float(row["likely from"]) < 0.5 < float(row["likely to"]) and row["model"] for row in rows)
    looked.says("v1", 0.9, lang="de")
    for by in ("subject", "language", "site"):
        assert {row["what"] for row in rows_of(entered, f"/videos/groups.csv?by={by}")} == {by}


def test_without_any_region_the_page_says_where_it_comes_from(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/videos/groups?by=region").text
    assert [row[:2] for row in table_of(page)] == [["Not known", "4"]]
    assert "The country of these videos is not known." in page
    assert "not compared yet" not in page, "what nobody knows is no group that is compared"


def test_a_comparison_of_an_older_version_is_not_taken_for_too_little_data(looked: Scene, store: Store, entered: FlaskClient) -> None:
    posted(store, v1="VN")
    with store.writing() as connection:
        known = nothing_known(clock.now_ms())
        quality_looks.put_groups(connection, Groups(known.at, True, known.high_class, {"subject": {}, "language": {}, "site": {}}))
    assert table_of(entered.get("/videos/groups?by=region").text)[0][5] == "not compared yet"
    assert "not enough data" in entered.get("/videos/groups?by=subject").text


def test_videos_are_chosen_by_the_country_where_they_were_posted(looked: Scene, store: Store, entered: FlaskClient) -> None:
    assert 'id="region"' not in entered.get("/videos").text, "where nobody knows any country there is nothing to choose"
    posted(store, v1="VN", v2="VN", v3="DE")
    page = entered.get("/videos").text
    assert "Vietnam (2)" in page
    assert "Not known (1)" in page
    assert names(entered.get("/videos?region=VN").text) == ["v1", "v2"]
    assert names(entered.get("/videos?region=VN&subject=beauty/make-up").text) == ["v1"]
    assert names(entered.get("/videos?region=none").text) == ["v4"]
    assert names(entered.get("/videos?region=<script>").text) == ["v1", "v2", "v3", "v4"]
    assert "No video fits" in entered.get("/videos?region=FR").text
    assert "Germany" in entered.get("/videos/tiktok/v3").text


def test_without_labels_no_multiplier_is_shown_but_how_to_get_one(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/budget").text
    assert "0 labelled 2 (good), 0 labelled 0 or 1" in page
    assert "buysignal label task new --kind video" in page
    assert "Multiplier of each subject" not in page
    assert rows_of(entered, "/budget/multipliers.csv") == []


def test_without_labels_a_budget_follows_demand_alone(looked: Scene, app: Flask, store: Store, entered: FlaskClient) -> None:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
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


def rows_of(entered: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(entered.get(path).get_data().decode("utf-8-sig"))))


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
