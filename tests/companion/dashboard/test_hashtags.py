"""Hashtag pages: categories to tags and back, search, comparison, plans and their files."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from companion.hashtag_keeper import AtlasKeeper
from companion.intent import IntentModel
from companion.store import Store, erase, taxonomies
from tests.companion.dashboard.conftest import Press
from tests.companion.graded_scene import DAY, START, Scene

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-hashtags"] = AtlasKeeper(store, patience_s=60)  # a busy machine must not change what is seen
    return Scene(store, model.id)


@pytest.fixture
def stocked(scene: Scene) -> Scene:
    """Skin care that sells, makeup that does not, and tags that stand everywhere."""
    for creator in ("ana", "bo"):
        scene.creator(creator)
    for number in range(6):
        tags = ("fyp", "skincare", "glowserum") if number < 3 else ("fyp", "makeup", "lipgloss")
        scene.video(f"v{number}", "ana" if number % 2 else "bo", hashtags=tags, caption="look at this", created_at=START - number * DAY)
        scene.counted(f"v{number}", START, plays=1000 * (number + 1))
        scene.says(f"v{number}", *([0.9] * 4 if number < 3 else [0.1] * 4))
    scene.graded()
    return scene


def tags_of(page: str) -> list[str]:
    return re.findall(r'dir="auto">#(.*?)</a>', page)


def table(browser: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(path).get_data().decode("utf-8-sig"))))


def test_a_category_lists_the_tags_that_reach_its_buyers(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/category?id=beauty").text
    assert {"skincare", "makeup"} <= set(tags_of(page))
    assert "fyp" not in tags_of(page)
    rows = {row["hashtag"]: row for row in table(entered, "/hashtags/category.csv?id=beauty")}
    assert (rows["skincare"]["videos"], rows["skincare"]["graded_comments"], rows["skincare"]["close_to_buying"]) == ("3", "12", "12")
    assert rows["makeup"]["close_to_buying"] == "0"


def test_buyers_first_ranks_a_tag_whose_comments_want_to_buy_higher(stocked: Scene, entered: FlaskClient) -> None:
    def fits(strategy: str) -> dict[str, float]:
        rows = table(entered, f"/hashtags/category.csv?id=beauty&strategy={strategy}")
        return {row["hashtag"]: float(row["fit"]) for row in rows}

    together, buyers = fits("blend"), fits("intent")
    assert buyers["skincare"] / buyers["makeup"] > together["skincare"] / together["makeup"]


def test_a_tag_says_where_it_leads_why_and_who_uses_it(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/tag/skincare").text
    assert "Skin Care" in page
    assert "from 3 videos" in page
    assert "#glowserum" in page
    assert "@ana" in page
    assert "100%" in page


def test_a_tag_that_no_video_carries_is_judged_by_its_words(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/tag/gamingkeyboard").text
    assert "judged by its words alone" in page
    assert "gaming keyboard" in page


@pytest.mark.parametrize("tag", ["%F0%9F%98%82", "..", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a" * 300, "%D8%AA%D8%AE%D9%81%D9%8A%D8%B6"])
def test_any_text_in_the_address_gives_a_page(stocked: Scene, entered: FlaskClient, tag: str) -> None:
    found = entered.get(f"/hashtags/tag/{tag}", follow_redirects=True)
    assert found.status_code in (200, 404)
    assert EVIL not in found.text


def test_search_finds_tags_and_categories_with_their_likeness(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags?q=skin+care").text
    assert "#skincare" in page
    assert "Beauty › Skin Care" in page
    assert EVIL not in entered.get(f"/hashtags?q={EVIL}").text


def test_the_search_is_judged_as_the_user_chose(stocked: Scene, entered: FlaskClient) -> None:
    for number in range(6, 12):
        stocked.creator(f"c{number}")
        stocked.video(
            f"v{number}", f"c{number}", hashtags=("zorbixa", "skincare", "moisturizer"), caption="my skin care routine", created_at=START
        )
    by_videos, by_words = (entered.get(f"/hashtags?q=skin+care&strategy={one}").text.split("Videos read")[0] for one in ("graph", "text"))
    assert "#zorbixa" in by_videos
    assert "#zorbixa" not in by_words
    assert "#skincare" in by_videos
    assert "#skincare" in by_words


def test_the_planner_keeps_to_the_chosen_tree(stocked: Scene, entered: FlaskClient, press: Press, store: Store) -> None:
    with store.writing() as connection:
        taxonomies.replace(connection, "mine", "own", [taxonomies.StoredCategory("x1", ("Pets",), None, ())], 1)
    assert "There is no such category" in entered.get("/hashtags/plan?category=beauty").text
    category = entered.get("/hashtags/category?id=beauty&tree=default").text
    way = re.search(r'href="(/hashtags/plan[^"]*)"', category)
    assert way is not None
    page = entered.get(html.unescape(way[1])).text
    assert 'name="tree" value="default"' in page
    assert "tree=default" in re.findall(r'href="(/hashtags/plan\.csv[^"]*)"', page)[0]
    saved = press("/hashtags/plans", category="beauty", budget="3", tree="default", name="Ours")
    assert "tree=default" in re.findall(r'href="(/hashtags/plan\?[^"]*)"', entered.get(saved.location).text)[0]


def test_the_tree_in_use_is_the_one_that_is_shown_as_chosen(stocked: Scene, entered: FlaskClient, store: Store) -> None:
    for at, name in enumerate(("older", "newer"), 1):
        with store.writing() as connection:
            taxonomies.replace(connection, name, "own", [taxonomies.StoredCategory("x1", (f"Pets {name}",), None, ())], at)
    page = entered.get("/hashtags").text
    options = re.findall(r'<option value="([^"]*)"( selected)?', page.split('id="tree"')[1].split("</select>")[0])
    assert options == [("newer", ""), ("older", ""), ("default", "")]
    assert "Pets newer" in page
    assert "Pets older" in entered.get("/hashtags?tree=older").text


def test_a_plan_hands_its_hashtags_to_the_scraper(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/plan?category=beauty&budget=2").text
    planned = tags_of(page)[:2]
    handed = re.search(r'href="(/[^"]*targets=[^"]*)"', page)
    assert handed is not None
    form = entered.get(html.unescape(handed[1])).text
    assert all(tag in form for tag in planned)


def test_the_picture_of_a_tag_is_a_list_too(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/tag/skincare").text
    listed = page.split('class="beside"')[1].split("</ol>")[0]
    assert sorted(tags_of(listed)) == ["fyp", "glowserum"]
    assert "3 videos in common" in listed


def test_an_empty_store_says_what_to_do_and_still_reads_words(scene: Scene, entered: FlaskClient) -> None:
    assert "No hashtags stored yet" in entered.get("/hashtags").text
    assert "Skin Care" in entered.get("/hashtags/tag/skincare").text
    assert "No hashtag of your videos leads here" in entered.get("/hashtags/category?id=beauty").text


@pytest.mark.parametrize("page", ["category?id=beauty/skin", "plan?category=beauty/skin"])
def test_a_category_without_hashtags_offers_to_collect_those_of_its_name(scene: Scene, entered: FlaskClient, page: str) -> None:
    offered = re.search(r'href="(/[^"]*targets=skincare)">Collect hashtags for it', entered.get(f"/hashtags/{page}").text)
    assert offered is not None
    assert "skincare" in entered.get(html.unescape(offered[1])).text


def test_what_was_deleted_is_not_shown_again(stocked: Scene, entered: FlaskClient, store: Store) -> None:
    assert "#skincare" in entered.get("/hashtags").text
    erase.everything(store)
    page = entered.get("/hashtags").text
    assert "#skincare" not in page
    assert "No hashtags stored yet" in page


def test_comparing_tags_leaves_out_those_that_are_too_many(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/compare?t=skincare&tags=makeup,fyp+a1+b2+c3+d4+skincare").text
    assert tags_of(page) == ["skincare", "makeup", "fyp", "a1", "b2", "c3"]
    assert "1 hashtag more left out" in page


def test_what_was_compared_is_saved_with_the_categories(stocked: Scene, entered: FlaskClient) -> None:
    page = entered.get("/hashtags/compare?tags=skincare+fyp").text
    link = re.search(r'href="(/hashtags/compare\.csv[^"]*)"', page)
    assert link is not None
    rows = table(entered, html.unescape(link[1]))
    assert [(row["hashtag"], row["videos"], row["category"]) for row in rows] == [("skincare", "3", "Beauty › Skin Care"), ("fyp", "6", "")]
    assert f"{float(rows[0]['fit']) * 100:.0f} <span" in page


def test_what_was_found_and_what_is_used_together_are_saved(stocked: Scene, entered: FlaskClient) -> None:
    found = table(entered, "/hashtags/found.csv?q=skin+care")
    assert ("hashtag", "skincare", "3") in [(row["kind"], row["id"], row["videos"]) for row in found]
    assert "Beauty > Skin Care" in [row["name"] for row in found if row["kind"] == "category"]
    beside = table(entered, "/hashtags/beside.csv?tag=skincare")
    cells = sorted((row["hashtag"], row["videos_in_common"], row["videos"]) for row in beside)
    assert cells == [("fyp", "3", "6"), ("glowserum", "3", "3")]
    assert table(entered, "/hashtags/beside.csv?tag=unknownhere") == []


def test_a_long_list_shows_the_first_and_more_when_asked(stocked: Scene, entered: FlaskClient) -> None:
    for number in range(30):
        stocked.video(f"w{number}", "ana", hashtags=(f"skincare{number}", "skincare"), caption="skin care", created_at=START)
    page = entered.get("/hashtags/category?id=beauty").text
    more = re.search(r'href="(/hashtags/category\?[^"]*shown=60)#t-21"', page)
    assert (len(re.findall('name="t"', page)), "The best 20" in page) == (20, True)
    assert more is not None
    whole = entered.get(html.unescape(more[1])).text
    assert 'id="t-21"' in whole
    assert "Show more" not in whole
    assert re.findall('name="t" value="(.*?)"', whole)[:20] == re.findall('name="t" value="(.*?)"', page)
    assert len(re.findall('name="t"', entered.get("/hashtags").text)) == 20


def test_how_sure_a_category_is_is_said_in_words(stocked: Scene, entered: FlaskClient) -> None:
    assert "The first is a clear match" in entered.get("/hashtags/tag/skincare").text


def test_an_unknown_category_or_file_is_a_clear_page(stocked: Scene, entered: FlaskClient) -> None:
    assert entered.get("/hashtags/category?id=nothing").status_code == 404
    assert "choose one from the menu under Hashtags" in entered.get("/hashtags/category?id=nothing").text
    assert entered.get("/hashtags.exe").status_code == 404


def test_all_files_of_a_table_hold_the_same_cells(stocked: Scene, entered: FlaskClient) -> None:
    rows = json.loads(entered.get("/hashtags.json").get_data())
    sheet = load_workbook(io.BytesIO(entered.get("/hashtags.xlsx").get_data())).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    columns = pq.read_table(io.BytesIO(entered.get("/hashtags.parquet").get_data())).to_pylist()
    assert columns == rows
    assert cells == [list(rows[0]), *(list(row.values()) for row in rows)]
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows] == table(entered, "/hashtags.csv")


def test_a_saved_plan_stays_as_it_was(stocked: Scene, entered: FlaskClient, press: Press) -> None:
    saved = press("/hashtags/plans", category="beauty", budget="3", mix="buyers", name="Spring " + EVIL)
    before = table(entered, f"{saved.location}.csv")
    assert before[0]["hashtag"] in ("skincare", "glowserum")
    assert EVIL not in entered.get(saved.location).text
    stocked.video("late", "ana", hashtags=("skincare",), caption="", created_at=START)
    assert table(entered, f"{saved.location}.csv") == before
    assert press(f"{saved.location}/delete").status_code == 303
    assert entered.get(saved.location).status_code == 404


def as_shown(row: dict[str, Any]) -> list[str]:
    """The cells of a plan's row on the page."""
    share = f"{row['share_close_to_buying']:.0%} (at least {row['share_low']:.0%}, of {row['graded_comments']:,})"
    fit = f"{row['fit'] * 100:.0f} of 100"
    cells = [str(row["place"]), f"#{row['hashtag']}", fit, f"{row['videos']:,}", f"{row['usual_views']:,.0f}", share]
    return [*cells, "\n".join(reason[:1].upper() + reason[1:] for reason in row["reasons"])]


@pytest.mark.browser
def test_a_plan_made_by_clicks_alone_is_the_plan_in_its_files(stocked: Scene, person: Callable[..., Page]) -> None:
    page = person()
    page.get_by_role("link", name="Hashtags", exact=True).click()
    page.get_by_role("link", name="Plan a campaign").click()
    page.get_by_label("Category").select_option(label="All of Beauty")
    page.get_by_label("How many hashtags").fill("3")
    page.get_by_label("Mix").select_option(label="more buyers than reach")
    page.get_by_role("button", name="Plan").click()
    page.get_by_label("Name of the plan").fill("Spring")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring")
    shown = [[cell.inner_text().strip() for cell in row.get_by_role("cell").all()] for row in page.locator("tbody tr").all()]
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    files = {}
    for kind in ("CSV", "JSON", "XLSX", "PARQUET"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=kind, exact=True).click()
        files[kind] = waiting.value.path().read_bytes()
    rows = json.loads(files["JSON"])
    assert [as_shown(row) for row in rows] == shown
    assert pq.read_table(io.BytesIO(files["PARQUET"])).to_pylist() == rows
    flat = [{**row, "reasons": "|".join(row["reasons"])} for row in rows]
    sheet = load_workbook(io.BytesIO(files["XLSX"])).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [list(row.values()) for row in flat]
    written = list(csv.DictReader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    assert written == [{key: "" if value is None else str(value) for key, value in row.items()} for row in flat]
