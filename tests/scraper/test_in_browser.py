"""Collect in Chromium: started, watched, stopped and gone on with, without a shift, a console message or a way past the page's edge."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from companion.store import Store, runs
from companion.store.file_lock import exclusive
from companion.store.runs import Standing
from scraper import process
from tests.companion.dashboard.test_in_browser import Enter, watched
from tests.scraper.conftest import Script
from tests.scraper.scenes import FIRST, add_run, note
from tests.scraper.test_process import until

pytestmark = pytest.mark.browser


def test_a_run_is_started_watched_stopped_and_taken_up_again(person: Enter, sampled: Store, script: Script) -> None:
    script(quiet=1, lasts=60)
    page = person()
    troubles = watched(page)
    page.get_by_role("link", name="Collect").click()
    page.get_by_label("Which").first.fill("unboxing")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Starting…")).to_be_visible()
    page.locator("#now").get_by_role("link", name="#unboxing").click()
    expect(page.get_by_text("@brightbuys 7300000000000000001 is being read")).to_be_visible()
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    with page.expect_response("**/panel?*"):
        pass
    expect(stop).to_be_focused()
    stop.press("Enter")
    expect(page.get_by_text("The run is stopped. What it read is kept.")).to_be_visible()
    script()
    page.get_by_role("button", name="Go on with this run").click()
    expect(
        page.locator("#now").get_by_text("The run has ended.").or_(page.locator("#now").get_by_text("Nothing is being collected."))
    ).to_be_visible()
    until(lambda: not process.standing(sampled.workspace).busy)
    assert troubles == []


def test_the_page_follows_the_run_by_itself(person: Enter, sampled: Store) -> None:
    add_run(sampled)
    with exclusive(process.lock_path(sampled.workspace), content=process.lock_content("r1")):
        page = person()
        troubles = watched(page)
        page.goto("/collect/runs/r1")
        row = page.locator("#lines tr", has_text=FIRST)
        expect(row.get_by_text("TikTok said that nothing more follows")).to_be_visible()
        note(sampled, "r1", Standing("waiting", "ok", "TikTok shows a captcha"))
        expect(page.get_by_role("alert").filter(has_text="look at the browser window")).to_be_visible()
        note(sampled, "r1", Standing("running"))
        expect(page.get_by_text("look at the browser window")).to_have_count(0)
        with sampled.writing() as connection:
            connection.execute("UPDATE task SET state = 'done', reason = 'enough comments' WHERE state = 'doing'")
        expect(page.locator("#lines").get_by_text("enough comments")).to_be_visible()  # the panel tells the table that it moved
        note(sampled, "r1", Standing("finished", "ok", "nothing is left to open"))
        expect(page.locator("#panel").get_by_text("What next")).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    assert troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out(person: Enter, sampled: Store, scheme: str, width: int) -> None:
    states: tuple[runs.State, ...] = ("running", "paused", "finished")
    for number, state in enumerate(states):
        add_run(sampled, f"r{number}", state=state, targets=("unboxing", "petsmusthavesamazon", "a" * 60))
    page = person(color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in ("/collect/", "/collect/runs/r0", "/collect/runs/r1"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
