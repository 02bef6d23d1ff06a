"""What goes wrong under quick fingers and is put right: a typed ten, a skipped comment, a mark without a grade, a note half typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from companion.store import Store
from tests.labeling.screen.scene import Annotator, item, outbox, stored, task, visible_box

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = "so much to say about this lamp " * 40


@pytest.fixture
def grades(store: Store) -> str:
    """A task of six comments that asks a grade alone; the third is long."""
    texts = ["comment 0", "comment 1", LONG, "comment 3", "comment 4", "comment 5"]
    return task(store, [item(text, place) for place, text in enumerate(texts)], questions=("grade",))


def actions(store: Store) -> list[tuple[str, int | None]]:
    """All events in the order in which they were stored: (action, grade)."""
    sql = "SELECT action, json_extract(answers, '$.grade') AS grade FROM annotation_event ORDER BY rowid"
    with store.reading() as connection:
        return [(row["action"], row["grade"]) for row in connection.execute(sql)]


def marks(page: Page) -> list[float]:
    """Where two buttons stand on screen (px from the top)."""
    return [visible_box(page, f'[data-action="{action}"]')["y"] for action in ("grade:8", "flag:spam")]


def test_ten_typed_as_one_and_zero_is_a_ten_for_the_same_comment(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    at.sent()
    at.press("grade:1", "grade:10")
    expect(at.page.locator("[data-last]")).to_contain_text("Saved: grade 10")
    assert at.ready() == "comment 1"
    at.page.wait_for_timeout(500)
    at.answer("grade:1")
    at.sent()  # the 1 has arrived when the next answer is given
    at.page.wait_for_timeout(1000)
    at.answer("grade:10")  # no part of a number any more
    at.sent()
    assert {text: one["answers"]["grade"] for text, one in stored(store, "local").items()} == {"comment 0": 10, "comment 1": 1, LONG: 10}
    at.press("undo", "undo", "undo")
    at.ready()
    assert at.text == "comment 0"  # the ten is one answer, and so is what undo takes back


def test_a_typed_ten_takes_back_a_one_that_has_arrived(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    with at.page.expect_response("**/label/api/events"):
        at.page.evaluate(
            """() => { const press = (code) => document.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true }));
            press("Digit1"); setTimeout(() => press("Digit0"), 300); }"""
        )
    expect(at.page.locator("[data-last]")).to_contain_text("Saved: grade 10")
    at.sent()
    assert actions(store) == [("submit", 1), ("undo", None), ("submit", 10)]
    assert stored(store, "local")["comment 0"]["answers"] == {"grade": 10}


def test_skipped_comments_are_counted_and_come_back_when_asked_for(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    at.press("unsure")
    at.answer("skip")
    skipped = at.page.locator("[data-skips]")
    expect(skipped).to_have_text("1 skipped: answer it now")
    expect(at.page.locator("[data-numbers]")).to_contain_text("0 done · 5 left")
    skipped.click()
    at.page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 0'")
    at.ready()
    expect(at.page.locator('[data-action="flag:unsure"]')).to_have_attribute("aria-pressed", "true")
    expect(skipped).to_be_hidden()
    at.answer("grade:4")
    assert at.text == "comment 1"  # the one that stood there comes next
    at.answer("skip")
    for _ in range(4):
        at.answer("grade:3")
    expect(at.page.get_by_role("heading", name="Only what you skipped is left")).to_be_visible()
    at.page.get_by_role("button", name="1 skipped: answer it now").click()
    assert at.ready() == "comment 1"
    at.answer("grade:7")
    expect(at.page.locator("[data-finished]")).to_contain_text("Every comment of this task is answered.")
    at.press("undo")
    assert at.ready() == "comment 1"
    at.answer("grade:8")
    at.sent()
    found = {text: one["answers"].get("grade") for text, one in stored(store, "local").items()}
    assert found == {"comment 0": 4, "comment 1": 8, LONG: 3, "comment 3": 3, "comment 4": 3, "comment 5": 3}
    assert [row["state"] for row in outbox(at.page) if row["state"] not in ("sent", "waiting")] == []


def test_nothing_moves_under_the_pointer_and_a_mark_alone_is_warned_about(labels: Labels, grades: str) -> None:
    for options in ({"viewport": {"width": 1280, "height": 800}}, PHONE):
        at = labels(**options)
        page, before = at.page, marks(at.page)
        at.press("unsure")
        expect(page.locator("[data-bare]")).to_contain_text("Marked as unsure. Now the grade.")
        send, note = page.locator("[data-send]"), visible_box(page, "[data-action=note]")
        expect(send).to_be_visible()
        box = send.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < before[0] < note["y"]  # far from where Note is pressed
        assert marks(page) == before
        at.press("unsure")
        page.keyboard.press("KeyN")
        assert marks(page) == before
        page.keyboard.press("Escape")
        at.answer("skip")
        at.answer("skip")
        assert at.text == LONG
        assert marks(page) == before
        at.press("undo", "undo")
        at.ready()
        at.sent()
        page.context.close()


def test_a_note_is_kept_while_it_is_typed_and_said_to_be_saved(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    at.page.keyboard.press("KeyN")
    at.page.keyboard.type("half a thou")
    at.page.reload()
    at.ready()
    expect(at.page.locator("[data-bare]")).to_contain_text("Your note is kept")
    at.page.keyboard.press("KeyN")
    expect(at.page.get_by_label("Note", exact=True)).to_have_value("half a thou")
    at.page.keyboard.type("ght")
    at.page.keyboard.press("Enter")
    at.page.wait_for_timeout(600)
    at.answer("grade:3")
    expect(at.page.locator("[data-last]")).to_have_text("Saved: grade 3, with your note")
    at.sent()
    assert stored(store, "local")["comment 0"]["note"] == "half a thought"


def test_an_answer_too_fast_to_have_read_is_said_and_a_second_look_is_not(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    for grade in (3, 4):
        at.page.wait_for_timeout(700)
        at.answer(f"grade:{grade}")
    assert at.text == LONG
    at.page.wait_for_timeout(300)
    at.answer("grade:5")
    expect(at.page.locator("[data-last]")).to_contain_text("quicker than it can be read")
    at.press("undo", "undo")
    assert at.ready() == "comment 1"
    at.answer("grade:6")
    expect(at.page.locator("[data-last]")).to_have_text("Saved: grade 6")
    at.sent()
    with store.reading() as connection:
        spent = connection.execute("SELECT spent_ms FROM annotation_event WHERE action = 'submit' ORDER BY rowid DESC").fetchone()[0]
    assert spent >= 700  # the first look counts


def test_back_closes_the_guide_on_a_phone_and_the_comment_stays_in_sight(labels: Labels, grades: str) -> None:
    at = labels(**PHONE)
    page = at.page
    page.locator("[data-action=guide]").tap()
    guide = page.get_by_role("complementary", name="Labeling guide")
    expect(guide).to_contain_text("how close is this writer to buying")
    comment = visible_box(page, "[data-comment]")
    assert comment["y"] + comment["height"] <= visible_box(page, "[data-guide]")["y"]
    page.go_back()
    expect(guide).to_be_hidden()
    assert at.text == "comment 0"
    page.locator("[data-action=guide]").tap()
    page.locator("[data-guide-close]").tap()
    expect(guide).to_be_hidden()
    assert page.url.endswith("/label/do/t1")


def test_until_a_comment_stands_there_nothing_can_be_pressed_and_a_key_says_so(labels: Labels, grades: str, store: Store) -> None:
    at = labels()
    page = at.page
    page.route("**/label/api/lease", lambda _: None)
    page.reload()
    page.wait_for_function("() => !document.querySelector('[data-action=pause]').disabled")
    assert page.locator(".choice:enabled").count() == 0
    page.keyboard.press("Digit8")
    expect(page.locator("[data-last]")).to_have_text("There is no comment to answer yet: that did nothing.")
    assert stored(store, "local") == {}
