"""Around the comment: who is signed in, the hints, the guide, a pause, and what other browsers and admins did meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from companion.store import Store, label_tasks
from tests.labeling.screen.scene import Annotator, five, log_in, outbox, person, stored, visible_box

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

FAMILY = "👨‍👩‍👧‍👦"


def test_answers_wait_for_their_own_person_to_sign_in_again(labels: Labels, store: Store) -> None:
    five(store)
    ana, bo = person(store, "Ana"), person(store, "Bo")
    at = labels(name="Ana")
    banner = at.page.locator("[data-banner]")
    at.page.context.clear_cookies()
    at.answer("grade:8", "signal:want", "sentiment:positive")
    expect(banner).to_contain_text("You are signed out. 1 answer waits in this browser and will be sent as soon as you sign in again.")
    at.answer("grade:2", "signal:none", "sentiment:neutral")
    other = at.page.context.new_page()
    log_in(other, "Bo")
    at.page.bring_to_front()
    expect(banner).to_contain_text("Bo is signed in now.")
    assert (stored(store, ana), stored(store, bo)) == ({}, {})
    log_in(other, "Ana")
    at.page.bring_to_front()
    expect(banner).to_be_hidden()
    at.sent()
    assert [one["answers"]["grade"] for one in stored(store, ana).values()] == [8, 2]
    assert stored(store, bo) == {}


def test_an_answer_that_is_not_accepted_is_said_and_holds_up_no_other(labels: Labels, store: Store) -> None:
    five(store)
    at = labels()
    with store.writing() as connection:  # the writer of the comment asked to be forgotten
        connection.execute("DELETE FROM label_item WHERE target_id = 'c0'")
    at.answer("grade:8", "signal:want", "sentiment:positive")
    at.answer("grade:2", "signal:none", "sentiment:neutral")
    expect(at.page.locator("[data-banner]")).to_contain_text("1 answer could not be stored: this comment is not here any more")
    at.sent()
    assert list(stored(store, "local")) == ["comment 1"]
    assert [row["state"] for row in outbox(at.page)] == ["refused", "sent"]
    at.page.get_by_role("button", name="Try again").click()
    at.page.get_by_role("button", name="Let it go").click()
    expect(at.page.locator("[data-banner]")).to_be_hidden()
    assert [row["state"] for row in outbox(at.page)] == ["dropped", "sent"]


def test_hints_come_once_and_go(labels: Labels, store: Store) -> None:
    five(store)
    at = labels()
    page = at.page.context.new_page()
    at.page.close()
    page.goto("/label")
    page.evaluate("localStorage.removeItem('buysignal-label-hints')")
    page.goto("/label/do/t1")
    first = Annotator(page, "t1")
    first.ready()
    coach = page.locator("[data-coach]")
    expect(coach).to_contain_text("1 of 4: Read")
    page.get_by_role("button", name="Next").click()
    first.answer("grade:2", "signal:none", "sentiment:neutral")
    expect(coach).to_contain_text("3 of 4")
    page.get_by_role("button", name="No hints").click()
    page.reload()
    first.ready()
    expect(coach).to_be_hidden()


def test_the_guide_stands_beside_the_work(labels: Labels, store: Store) -> None:
    five(store)
    at = labels()
    at.page.keyboard.press("KeyG")
    guide = at.page.get_by_role("complementary", name="Labeling guide")
    expect(guide).to_contain_text("how close is this writer to buying")
    at.answer("grade:2", "signal:none", "sentiment:neutral")  # keys go on
    comment, panel = visible_box(at.page, ".stage"), visible_box(at.page, "[data-guide]")
    assert comment["x"] + comment["width"] <= panel["x"]
    at.page.keyboard.press("Escape")
    expect(guide).to_be_hidden()


def test_a_pause_stops_keys_and_clock(labels: Labels, store: Store) -> None:
    five(store)
    at = labels()
    at.page.get_by_role("button", name="Pause").click()
    at.press("grade:2")
    expect(at.page.locator('[data-action="grade:2"]')).to_have_attribute("aria-pressed", "false")
    at.page.wait_for_timeout(1500)
    at.page.get_by_role("button", name="Go on").click()
    at.answer("grade:2", "signal:none", "sentiment:neutral")
    at.sent()
    with store.reading() as connection:
        assert 0 < connection.execute("SELECT spent_ms FROM annotation_event").fetchone()[0] < 1500


def test_undo_reaches_what_was_answered_in_another_browser(labels: Labels, store: Store) -> None:
    five(store)
    ana = person(store, "Ana")
    at = labels(name="Ana")
    for grade in (1, 2):
        at.answer(f"grade:{grade}", "signal:none", "sentiment:neutral")
    at.sent()
    elsewhere = labels(name="Ana")
    assert elsewhere.text == "comment 2"
    elsewhere.press("undo", "undo")
    elsewhere.ready()
    assert elsewhere.text == "comment 0"
    elsewhere.answer("grade:9", "signal:want", "sentiment:positive")
    elsewhere.answer("grade:8", "signal:want", "sentiment:positive")
    elsewhere.sent()
    assert {text: one["answers"]["grade"] for text, one in stored(store, ana).items()} == {"comment 0": 9, "comment 1": 8}


def test_a_closed_task_says_so(labels: Labels, store: Store) -> None:
    five(store)
    at = labels()
    with store.writing() as connection:
        label_tasks.close(connection, "t1", 1)
    at.page.reload()
    expect(at.page.locator("[data-finished]")).to_contain_text("The task was closed.")
