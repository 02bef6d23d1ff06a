"""The creators page: whose comments hold the most buyers, organic videos by default, at equal depth."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard.counted_page import PAGE
from companion.dashboard.demand_board import Asked, DemandBoard
from companion.intent import IntentModel
from companion.store import Store, clock, creators, labels, quality_learned, videos
from companion.store.creators import Creator
from companion.store.quality_learned import CreatorScore, Learned
from companion.store.videos import Video
from tests.companion.graded_scene import Scene
from tests.companion.store.scenes import label

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)  # a busy machine must not change what is seen
    return Scene(store, model.id)


def names(page: str) -> list[str]:
    return re.findall(r'<td class="about"[^>]*><a [^>]*>(.*?)</a>', page)


def saved(browser: FlaskClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(f"/creators.csv{query}").get_data().decode("utf-8-sig"))))


def figures(browser: FlaskClient, query: str = "") -> dict[str, tuple[str, str, str]]:
    """Videos seen, comments counted and those close to buying, by creator."""
    rows = saved(browser, query)
    return {row["creator"]: (row["videos seen"], row["comments counted"], row["close to buying"]) for row in rows}


def test_few_comments_do_not_stand_before_many(scene: Scene, entered: FlaskClient) -> None:
    for creator, shares in {"few": [0.9] * 3 + [0.1], "many": [0.9] * 14 + [0.1] * 6, "none": [0.1] * 5}.items():
        scene.creator(creator)
        scene.video(f"v-{creator}", creator)
        scene.says(f"v-{creator}", *shares)
    assert names(entered.get("/creators").text) == ["@many", "@few", "@none"]
    assert names(entered.get("/creators?sort=share").text) == ["@few", "@many", "@none"]
    assert names(entered.get("/creators?sort=handle").text) == ["@few", "@many", "@none"]
    page = entered.get("/creators").text
    assert "70% <span" in page
    assert "(48% to 85%)" in page


def test_the_same_number_of_first_comments_counts_under_every_video(scene: Scene, entered: FlaskClient) -> None:
    for creator in ("deep", "short"):
        scene.creator(creator)
        scene.video(f"v-{creator}", creator)
        scene.says(f"v-{creator}", *[0.9] * 10)
    scene.says("v-deep", *[0.1] * 40, seen=2)
    assert figures(entered, "?depth=10") == {"deep": ("1", "10", "10"), "short": ("1", "10", "10")}
    assert figures(entered, "?depth=50")["deep"] == ("1", "50", "10")
    assert figures(entered) == {"deep": ("1", "20", "10"), "short": ("1", "10", "10")}


def test_organic_videos_alone_count_unless_chosen_otherwise(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.creator("seller")
    for kind in ("organic", "unknown", "ad", "partnership", "shop"):
        scene.video(kind, "maker" if kind == "organic" else "seller", kind)
        scene.says(kind, 0.9)
    assert figures(entered) == {"maker": ("1", "1", "1")}
    assert figures(entered, "?kind=open") == {"maker": ("1", "1", "1"), "seller": ("1", "1", "1")}
    assert figures(entered, "?kind=all")["seller"] == ("4", "4", "4")
    assert "4 videos of other kinds left out" in entered.get("/creators").text


def test_own_comments_replies_and_repeats_are_left_out(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    scene.says("v1", 0.9, 0.1)
    scene.says("v1", 0.9, is_creator_reply=True)
    scene.says("v1", 0.9, 0.9, level=2, parent_id="c1")
    scene.says("v1", 0.9, 0.9, 0.9, author="same", text="link please")
    assert figures(entered) == {"maker": ("1", "3", "2")}
    assert "2 repeats left out" in entered.get("/creators").text


def test_the_users_own_grade_stands_instead_of_the_models(scene: Scene, store: Store, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    scene.says("v1", 0.9, 0.1)
    assert figures(entered) == {"maker": ("1", "2", "1")}
    with store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="c2", grade=9))
    assert figures(entered) == {"maker": ("1", "2", "2")}


def test_grades_of_another_model_do_not_count(scene: Scene, store: Store, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    Scene(store, "another").says("v1", 0.9)
    assert figures(entered) == {"maker": ("1", "", "")}
    assert "none graded yet" in entered.get("/creators").text


def test_creators_are_found_by_handle_or_name(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("amy.tests", name="Amy")
    scene.creator("bo.tests", name="Boris the Baker")
    for creator in ("amy.tests", "bo.tests"):
        scene.video(f"v-{creator}", creator)
    assert names(entered.get("/creators?q=%40AMY").text) == ["@amy.tests"]
    assert names(entered.get("/creators?q=baker").text) == ["@bo.tests"]
    assert "Nothing fits" in entered.get("/creators?q=nobody").text


def test_a_creator_leads_to_their_videos(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("amy.tests")
    scene.creator("bo.tests")
    scene.video("one", "amy.tests")
    scene.video("two", "bo.tests")
    page = entered.get("/creators?q=amy").text
    link = re.search(r'href="(/videos\?[^"]+)"', page)
    assert link is not None
    listed = entered.get(link[1].replace("&amp;", "&")).text
    assert "Videos by" in listed
    assert ("about one" in listed, "about two" in listed) == (True, False)


def test_the_videos_page_ranks_organic_videos_unless_chosen_otherwise(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("amy.tests")
    scene.video("one", "amy.tests")
    scene.video("two", "amy.tests", "ad")
    assert "about two" not in entered.get("/videos").text
    assert "1 video of other kinds left out" in entered.get("/videos").text
    assert "advert" in entered.get("/videos?kind=all").text


def test_pages_go_on_and_the_file_holds_all(scene: Scene, store: Store, entered: FlaskClient) -> None:
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", f"{n:03}", handle=f"maker{n:03}") for n in range(PAGE + 5)], 1)
        videos.save(connection, [Video("tiktok", f"v{n:03}", creator_id=f"{n:03}", commerce="organic") for n in range(PAGE + 5)], 1)
    assert len(names(entered.get("/creators?sort=handle").text)) == PAGE
    assert names(entered.get("/creators?sort=handle&page=2").text) == [f"@maker{PAGE + n:03}" for n in range(5)]
    assert names(entered.get("/creators?sort=handle&page=99").text) == [f"@maker{PAGE + n:03}" for n in range(5)]
    assert len(saved(entered)) == PAGE + 5


def test_names_from_outside_are_shown_and_saved_as_text(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("7", handle=EVIL, name='=HYPERLINK("http://evil.example")')
    scene.video("v1", "7")
    page = entered.get("/creators").text
    assert EVIL not in page
    assert "&lt;script&gt;" in page
    assert saved(entered)[0]["name"].startswith("'=")


def test_unknown_choices_count_as_the_usual_ones(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    for query in ("?sort=x&kind=x&depth=7&page=x", "?page=0&depth=", "?page=99999999"):
        assert names(entered.get(f"/creators{query}").text) == ["@maker"]


def test_an_empty_workspace_says_what_to_do(scene: Scene, entered: FlaskClient) -> None:
    assert "No creators yet" in entered.get("/creators").text


def test_only_unmarked_videos_lead_to_the_switch(scene: Scene, entered: FlaskClient) -> None:
    scene.creator("maker")
    scene.video("v1", "maker", "unknown")
    page = entered.get("/creators").text
    assert "Show also those not known" in page
    assert "/creators?kind=open" in page


def test_a_page_does_not_wait_for_a_long_count(scene: Scene, store: Store, model: IntentModel, entered: FlaskClient, app: Flask) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    scene.says("v1", 0.9)
    board = DemandBoard(store, patience_s=0)
    app.extensions["buysignal-demand"] = board
    with board._one_at_a_time:  # as if another count were under way
        page = entered.get("/creators").text
        assert "Counting comments" in page
        assert 'hx-trigger="load delay:1s"' in page
    asked = Asked(model.id, 20, ("organic",))
    before = board.answer(asked, wait=True)
    assert before is not None
    with board._one_at_a_time:
        scene.says("v1", 0.1)
        assert board.answer(asked) == before  # what was counted before stands meanwhile
    after = board.answer(asked, wait=True)
    assert after is not None
    assert after.demand["tiktok", "maker"].share.n == 2
    assert board.answer(replace(asked, kinds=("ad",)), wait=True) != after


def test_the_list_shows_the_score_of_the_creators_own_page_and_what_a_partial_one_lacks(
    furnished: FlaskClient, app: Flask, store: Store
) -> None:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    page = furnished.get("/creators").text
    listed = re.findall(
        r'href="/creators/sample/(sample-c\d)".*?data-label="Score"><div>(\d+) <span class="hint small" tabindex="0">partial', page, re.S
    )
    assert len(listed) == len(names(page)) == 5
    for creator, score in listed:
        own = furnished.get(f"/creators/sample/{creator}").text
        assert re.search(rf"<dt>Score</dt><dd>{score}<span[^>]*> of 100, partial", own), creator
    assert "without “Better than expected” and “Passed on”; why stands on the creator" in html.unescape(page)
    assert "from one video only, without" in html.unescape(page)
    assert {row["score is partial"] for row in saved(furnished)} == {"yes"}
    assert [row["score"] for row in saved(furnished, "?sort=score")] == sorted((row["score"] for row in saved(furnished)), reverse=True)


def test_a_score_of_the_last_comparison_stands_on_the_list_and_is_not_made_again(
    scene: Scene, store: Store, model: IntentModel, entered: FlaskClient
) -> None:
    scene.creator("maker")
    scene.video("v1", "maker")
    with store.writing() as connection:
        whole = CreatorScore("tiktok", "maker", 1, "2", model.id, 61.2, False, 9, 60.0, 60.0, 65.0, 60.0)
        quality_learned.add_scores(connection, [whole])
        quality_learned.put(connection, Learned(clock.now_ms(), 0, 0, {}, {}), [])  # so that none is begun in the background
    page = entered.get("/creators").text
    assert 'data-label="Score"><div>61</div>' in page
    with store.writing() as connection:
        quality_learned.add_scores(connection, [replace(whole, at=2, partial=True, share_value=None)])
    page = html.unescape(entered.get("/creators").text)
    assert "61 <span" in page
    assert "without “Passed on”" in page


def test_the_sample_is_there_to_look_at(furnished: FlaskClient, app: Flask, store: Store) -> None:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    page = furnished.get("/creators").text
    assert len(names(page)) >= 2
    assert page.count("tag sample") == len(names(page))
