"""Collect and a run's page: who may see them, what they show, and what their forms do."""

from __future__ import annotations

import json
import re
from functools import reduce
from importlib.metadata import entry_points

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard import navigation
from companion.store import Store, clock, runs, settings, videos
from companion.store.file_lock import exclusive
from companion.store.runs import PageCount, Standing
from companion.store.videos import Video
from scraper import process, terms
from scraper.extra import SCRAPE
from scraper.process import lock_path
from tests.companion.dashboard.conftest import Press
from tests.scraper.conftest import Script
from tests.scraper.scenes import FIRST, add_run, note
from tests.scraper.test_process import states, told_at, until

PAGES = ("/collect/", "/collect/now", "/collect/runs/r1", "/collect/runs/r1/panel", "/collect/runs/r1/lines", "/collect/runs/r1.json")
POSTS = (
    "/collect/start",
    "/collect/refresh",
    "/collect/stop",
    "/collect/runs/r1/go-on",
    "/collect/schedules",
    "/collect/schedules/1/remove",
)
POLLED_NO_MORE = 286


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("path", PAGES)
def test_a_person_with_the_link_sees_them_and_nobody_else_does(store: Store, entered: FlaskClient, client: FlaskClient, path: str) -> None:
    add_run(store, state="paused")
    assert entered.get(path).status_code in (200, POLLED_NO_MORE)
    answer = client.get(path)
    assert answer.status_code == 403
    assert "unboxing" not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_its_token_changes_nothing(store: Store, entered: FlaskClient, script: Script, path: str) -> None:
    add_run(store, state="paused")
    answer = entered.post(path, data={"kind": "tag", "targets": "unboxing", "at": "10:00"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert not (process.logs(store.workspace) / process.OUTPUT).exists()
    assert entered.get(path).status_code == 405


def test_every_form_is_listed_here(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("scrapes.") and "POST" in (rule.methods or ())}
    filled = {"<run_id>": "r1", "<int:schedule_id>": "1"}
    assert {reduce(lambda rule, pair: rule.replace(*pair), filled.items(), rule) for rule in rules} == set(POSTS)


@pytest.mark.parametrize("path", PAGES[:5])
def test_pages_allow_no_inline_code_and_load_nothing_from_elsewhere(store: Store, entered: FlaskClient, path: str) -> None:
    add_run(store)
    text = entered.get(path).text
    assert not re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", text)
    assert not re.findall(r"""(?:src|href|action|hx-get|hx-post)=["'](?:https?:)?//""", text)
    assert not re.search(r"\bcomplet\w*", words(text).lower())


def test_the_entry_stands_in_the_navigation_and_is_marked_on_every_page_below(store: Store, entered: FlaskClient, app: Flask) -> None:
    add_run(store)
    assert [entry.label for entry in navigation.entries(app) if entry.endpoint.startswith("scrapes.")] == ["Collect"]
    for path in ("/collect/", "/collect/runs/r1"):
        assert re.search(r'<a href="/collect/" aria-current="page">', entered.get(path).text)
    assert "aria-current" not in re.findall(r'<a href="/collect/".*?>', entered.get("/").text)[0]


def test_without_the_scraper_the_companion_starts_without_its_pages(model: object, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion import app as app_module
    from companion.app import create_app
    from companion.config import Config
    from companion.live_model import LiveModel
    from companion.registry import SHIPPED_NAME, Registry

    assert "scrapes" in [plugin.name for plugin in entry_points(group="buysignal.blueprints")]
    monkeypatch.setattr(app_module, "entry_points", lambda **_: [])
    bare = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)  # type: ignore[arg-type]
    assert "Collect" not in [entry.label for entry in navigation.entries(bare)]
    assert not any(rule.rule.startswith("/collect") for rule in bare.url_map.iter_rules())


def test_an_unknown_run_is_a_friendly_404(entered: FlaskClient) -> None:
    answer = entered.get("/collect/runs/none")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_run_is_started_followed_and_listed(store: Store, entered: FlaskClient, press: Press, script: Script) -> None:
    script(lasts=30)
    answer = press("/collect/start", kind="tag", targets="#Unboxing, amazonfinds", videos="12")
    assert (answer.status_code, answer.location) == (303, "/collect/")
    asked = store.workspace.root / "asked.json"
    until(asked.exists)
    until(lambda: bool(process.standing(store.workspace).run_id))
    assert json.loads(asked.read_text())[-5:] == ["--videos", "12", "--", "unboxing", "amazonfinds"]
    page = entered.get("/collect/").text
    assert "The run has started." in page
    assert 'hx-trigger="every 2s"' in page
    assert "7 comments and 0 replies so far" in words(page)
    run_id = process.standing(store.workspace).run_id
    panel = entered.get(f"/collect/runs/{run_id}/panel")
    assert (panel.status_code, 'hx-trigger="every 3s"' in panel.text) == (200, True)
    assert "@brightbuys 7300000000000000001 is being read" in words(panel.text)
    assert press("/collect/stop", run=run_id).location == f"/collect/runs/{run_id}"
    until(lambda: states(store) == ["paused"])
    panel = entered.get(f"/collect/runs/{run_id}/panel")
    assert (panel.status_code, panel.headers["HX-Trigger"]) == (POLLED_NO_MORE, "run-moved")
    assert "Go on with this run" in panel.text
    script()
    assert press(f"/collect/runs/{run_id}/go-on").status_code == 303
    until(lambda: states(store) == ["finished"])
    until(lambda: not process.standing(store.workspace, told_at(store)).busy)
    shown = entered.get("/collect/now")
    assert shown.status_code == POLLED_NO_MORE
    assert "The run has ended." in shown.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "tag", "targets": ""}, "Nothing was named; a hashtag is one word"),
        ({"kind": "tag", "targets": "--headless"}, "does not fit; a hashtag is one word"),
        ({"kind": "video", "targets": "http://example.com/x"}, "does not fit; a video is its address"),
        ({"kind": "video", "targets": "https://www.tiktok.com/legal"}, ""),
        ({"kind": "creator", "targets": "@a b;rm"}, ""),
        ({"kind": "tag", "targets": " ".join(f"t{n}" for n in range(51))}, "51 at once are too many"),
        ({"kind": "tag", "targets": "unboxing", "videos": "many"}, "write a whole number from 1 to 1,000"),
        ({"kind": "tag", "targets": "unboxing", "videos": "0"}, "write a whole number"),
        ({"kind": "preset:none", "targets": ""}, "Nothing was named"),
        ({"kind": "rm", "targets": "x"}, "cannot be collected"),
    ],
)
def test_what_cannot_be_collected_is_named_beside_the_field(
    entered: FlaskClient, press: Press, script: Script, fields: dict[str, str], said: str
) -> None:
    if not said:  # reads as an order; the command itself has the last word
        assert press("/collect/start", **fields).status_code == 303
        return
    answer = press("/collect/start", **fields)
    assert answer.status_code == 422
    assert said in answer.text.replace("&#39;", "'")
    assert 'aria-invalid="true"' in answer.text


def test_the_preset_is_one_choice(store: Store, press: Press, script: Script) -> None:
    script(status=0)
    press("/collect/start", kind="preset:shopping", targets="ignored")
    asked = store.workspace.root / "asked.json"
    until(asked.exists)
    until(lambda: asked.read_text().endswith("]"))
    assert json.loads(asked.read_text())[-5:] == ["unboxing", "amazonfinds", "amazonmusthaves", "aliexpressfinds", "petsmusthavesamazon"]


def test_before_the_first_run_the_terms_are_shown_and_asked_once(store: Store, entered: FlaskClient, press: Press, script: Script) -> None:
    with store.writing() as connection:
        settings.remove(connection, "scraper.terms_read")
    script(status=0)
    page = entered.get("/collect/").text
    assert "robots.txt" in page
    assert 'name="terms"' in page
    press("/collect/start", kind="tag", targets="unboxing")
    assert "please read what TikTok" in entered.get("/collect/").text
    assert not terms.accepted(store)
    press("/collect/start", kind="tag", targets="unboxing", terms="1")
    assert terms.accepted(store)
    assert 'name="terms"' not in entered.get("/collect/").text


def test_without_a_screen_the_page_says_so_and_starts_nothing(
    store: Store, entered: FlaskClient, press: Press, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "There is no screen here" in entered.get("/collect/").text
    press("/collect/start", kind="tag", targets="unboxing")
    assert "no screen here on which the browser window could open" in entered.get("/collect/").text
    assert not (process.logs(store.workspace) / process.OUTPUT).exists()


def test_without_the_tools_the_page_says_how_to_add_them(
    store: Store, entered: FlaskClient, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(SCRAPE), "installed", False)
    page = entered.get("/collect/").text
    assert "make run EXTRAS=scrape" in page
    assert 'action="/collect/start"' not in page
    press("/collect/refresh")
    assert "nothing was started" in entered.get("/collect/").text


def test_a_second_run_is_refused_in_words(store: Store, entered: FlaskClient, press: Press, script: Script) -> None:
    with exclusive(lock_path(store.workspace), content="{}"):
        press("/collect/start", kind="tag", targets="unboxing")
        assert "A run is under way already" in entered.get("/collect/").text


def test_a_login_window_is_no_run(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    with exclusive(lock_path(store.workspace), content=process.lock_content("")):
        page = words(entered.get("/collect/").text)
        assert "The browser window is in use" in page
        assert "Cut off" in page


def test_one_that_did_not_start_says_why(entered: FlaskClient, press: Press, script: Script, store: Store) -> None:
    script(says="Error: no Chromium or Chrome was found", status=2)
    press("/collect/start", kind="tag", targets="unboxing")
    until(lambda: not process.standing(store.workspace).busy)
    assert "The run did not start" in entered.get("/collect/").text
    assert "Error: no Chromium or Chrome was found" in entered.get("/collect/now").text


def test_while_it_waits_for_a_person_both_pages_say_so_loudly(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    with exclusive(lock_path(store.workspace), content=process.lock_content("r1")):
        note(store, "r1", Standing("waiting", "ok", "TikTok shows a captcha"))
        for path in ("/collect/", "/collect/now", "/collect/runs/r1", "/collect/runs/r1/panel"):
            shown = entered.get(path).text
            assert "TikTok asks for a person: look at the browser window." in shown, path
            assert 'role="alert"' in shown
        note(store, "r1", Standing("running"))
        assert "asks for a person" not in entered.get("/collect/runs/r1").text


def test_the_table_is_asked_anew_when_another_task_begins(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    with exclusive(lock_path(store.workspace), content=process.lock_content("r1")):
        address = re.search(r'hx-get="(/collect/runs/r1/panel\?mark=[^"]+)"', entered.get("/collect/runs/r1").text)
        assert address is not None
        assert "HX-Trigger" not in entered.get(address[1].replace("&amp;", "&")).headers
        assert entered.get("/collect/runs/r1/panel?mark=old").headers["HX-Trigger"] == "run-moved"


def test_a_run_whose_process_is_gone_is_offered_to_go_on(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    page = words(entered.get("/collect/runs/r1").text)
    assert "Cut off" in page
    assert "Go on with this run" in page
    assert "Cut off" in words(entered.get("/collect/").text)
    add_run(store, "r2", started_at=clock.now_ms() + 1000)
    assert "Go on with this run" not in entered.get("/collect/runs/r1").text  # the same command would take up the later one


def test_the_report_shows_each_video_with_its_figures_and_its_end(store: Store, entered: FlaskClient) -> None:
    add_run(store, state="finished", reason="nothing is left to open")
    page = words(entered.get("/collect/runs/r1").text)
    assert f"@brightbuys {FIRST} 119 100 19 41 41 60 504 TikTok said that nothing more follows" in page
    assert "#unboxing 3 videos found, 2 new enough videos; TikTok said that more follows" in page
    assert "Comments found 139 101 new, 38 seen before" in page
    assert "Replies that TikTok promised 60" in page
    assert 'hx-trigger="every' not in entered.get("/collect/runs/r1").text


def test_drift_and_lost_rows_are_loud(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    with store.writing() as connection:
        for _ in range(4):
            runs.count_page(connection, "r1", PageCount(4, 2, 1), clock.now_ms())
    page = entered.get("/collect/runs/r1").text
    assert "pages seem to have changed" in page
    assert "4 rows were lost" in page
    assert "pages changed" in entered.get("/collect/").text


def test_due_counters_are_counted_and_read_again_by_a_click(store: Store, entered: FlaskClient, press: Press, script: Script) -> None:
    assert "None is due now" in entered.get("/collect/").text
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", FIRST)], clock.now_ms() - 70 * clock.MINUTE)
        videos.save(connection, [Video("tiktok", "2")], clock.now_ms())
    assert "1 video is due." in words(entered.get("/collect/").text)
    script(status=0)
    press("/collect/refresh")
    until((store.workspace.root / "asked.json").exists)


def test_deleting_everything_stops_the_run_first(store: Store, press: Press, script: Script) -> None:
    script(lasts=30)
    press("/collect/start", kind="tag", targets="unboxing")
    until(lambda: bool(process.standing(store.workspace).run_id))
    store.workspace.browser_profile.mkdir()
    press("/settings/delete-everything", confirmation="delete")
    assert states(store) == []
    assert not store.workspace.logs.exists()
    assert not store.workspace.browser_profile.exists()
    assert not process.standing(store.workspace, clock.now_ms()).busy
