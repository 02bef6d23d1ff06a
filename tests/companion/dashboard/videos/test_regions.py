"""Videos by the country where they were posted: groups, their file, and the choice in the list."""

from __future__ import annotations

from flask.testing import FlaskClient

from companion.store import Store, videos
from companion.store.videos import Video
from tests.companion.dashboard.videos.scene import compared, names, posted, rows_of, table_of
from tests.companion.graded_scene import Scene


def test_by_region_countries_stand_by_name_and_those_not_known_last_with_how_many(
    looked: Scene, store: Store, entered: FlaskClient
) -> None:
    posted(store, v1="VN", v2="KR")
    looked.says("v1", *[0.9] * 8)
    elastic = {"value": 0.81, "low": 0.7, "high": 0.9, "n": 40, "creators": 12, "reason": "40 videos"}
    thin = {"value": None, "low": None, "high": None, "n": 1, "creators": 1, "reason": "not enough data: 1 videos of 1 creators"}
    compared(store, {"region": {"VN": elastic, "KR": thin}})
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
    compared(store, {"subject": {}, "language": {}, "site": {}})
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
