"""What Collect and a run's page say of a run: how it stands, what it found, what went wrong."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from companion.store import Store, clock, runs
from companion.store.file_lock import exclusive
from companion.store.runs import PageCount, Standing
from scraper import process
from scraper.process import lock_path
from tests.scraper.scenes import FIRST, add_run, note, words


def test_a_login_window_is_no_run(store: Store, entered: FlaskClient) -> None:
    add_run(store)
    with exclusive(lock_path(store.workspace), content=process.lock_content("")):
        page = words(entered.get("/collect/").text)
        assert "The browser window is in use" in page
        assert "Cut off" in page


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
