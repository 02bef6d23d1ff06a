"""The forms of the Collect page: what they start, refuse and stop."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from companion.store import Store, clock, settings, videos
from companion.store.file_lock import exclusive
from companion.store.videos import Video
from scraper import process, terms
from scraper.extra import SCRAPE
from scraper.process import lock_path
from tests.companion.dashboard.conftest import Press
from tests.scraper.conftest import Script
from tests.scraper.scenes import FIRST, POLLED_NO_MORE, words
from tests.scraper.test_process import states, told_at, until


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


def test_one_that_did_not_start_says_why(entered: FlaskClient, press: Press, script: Script, store: Store) -> None:
    script(says="Error: no Chromium or Chrome was found", status=2)
    press("/collect/start", kind="tag", targets="unboxing")
    until(lambda: not process.standing(store.workspace).busy)
    assert "The run did not start" in entered.get("/collect/").text
    assert "Error: no Chromium or Chrome was found" in entered.get("/collect/now").text


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
