"""Answering by keys: what is pressed is what is stored, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from companion.store import Store
from tests.labeling.screen.conftest import troubles_of
from tests.labeling.screen.scene import Annotator, item, outbox, practice, stored, task

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]

TEXTS = [f"comment {number}" for number in range(12)]


@pytest.fixture
def twelve(store: Store) -> str:
    """A task of twelve comments with three questions."""
    return task(store, [item(text, place) for place, text in enumerate(TEXTS)])


def answers(grade: int, signal: str, sentiment: str) -> dict[str, object]:
    return {"grade": grade, "signal": signal, "sentiment": sentiment}


def test_the_screen_goes_on_after_the_last_question(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    troubles = troubles_of(person.page)
    assert person.text == "comment 0"
    person.press("grade:10", "signal:bought")
    assert person.text == "comment 0"
    person.answer("sentiment:positive")
    assert person.text == "comment 1"
    person.answer("sentiment:neutral", "signal:none", "grade:2")  # in any order
    person.answer("grade:3", "grade:4", "signal:praise", "sentiment:positive")  # the last press of a question counts
    person.sent()
    found = stored(store, "local")
    assert {text: one["answers"] for text, one in found.items()} == {
        "comment 0": answers(10, "bought", "positive"),
        "comment 1": answers(2, "none", "neutral"),
        "comment 2": answers(4, "praise", "positive"),
    }
    expect(person.page.locator("[data-numbers]")).to_contain_text("3 done · 9 left")
    assert troubles == []


def test_flags_and_notes_go_along_and_flags_may_go_alone(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    person.press("unsure", "creator", "creator", "spam")  # pressed twice is not set
    person.page.keyboard.press("KeyN")
    person.page.keyboard.type("8 wie w? ha")  # typing answers nothing
    person.page.keyboard.press("Enter")
    person.answer("grade:2", "signal:none", "sentiment:neutral")
    person.press("spam")
    person.answer("send")
    person.sent()
    found = stored(store, "local")
    assert found["comment 0"] == {
        "action": "submit", "answers": answers(2, "none", "neutral"), "flags": ["unsure", "spam"], "note": "8 wie w? ha",
        "contradiction": False,
    }  # fmt: skip
    assert found["comment 1"]["answers"] == {}
    assert found["comment 1"]["flags"] == ["spam"]


def test_a_contradiction_is_asked_about_once_and_logged(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    doubt = person.page.locator("[data-doubt]")
    person.press("grade:8", "signal:objection", "sentiment:negative")
    expect(doubt).to_contain_text("Grade 8 says close to buying")
    assert person.text == "comment 0"
    person.answer("send")
    person.press("grade:8", "signal:objection", "sentiment:negative")
    expect(doubt).to_be_visible()
    person.answer("grade:1")  # thought better of it
    person.press("grade:8", "signal:want", "dispute", "sentiment:neutral")
    expect(doubt).to_contain_text("you dispute that")
    person.answer("sentiment:neutral")  # the last answer again keeps it, too
    person.sent()
    found = stored(store, "local")
    assert [(one["answers"]["grade"], one["contradiction"]) for one in found.values()] == [(8, True), (1, False), (8, True)]


def test_undo_goes_back_without_limit_sent_or_not(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    for grade in (1, 2, 3):
        person.answer(f"grade:{grade}", "signal:none", "sentiment:neutral")
    person.answer("skip")
    person.sent()
    person.press("undo", "undo", "undo", "undo", "undo")
    person.ready()
    assert person.text == "comment 0"
    for grade in (9, 8, 7, 6, 5):
        person.answer(f"grade:{grade}", "signal:want", "sentiment:positive")
    person.sent()
    found = stored(store, "local")
    assert {text: one["answers"]["grade"] for text, one in found.items()} == {f"comment {n}": 9 - n for n in range(5)}
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM annotation_event WHERE action = 'undo'").fetchone()[0] == 4


def test_an_answer_undone_before_it_was_sent_is_never_sent(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    person.page.context.set_offline(True)
    person.answer("grade:2", "signal:none", "sentiment:neutral")  # tried in vain: it may have arrived
    expect(person.page.locator("[data-banner]")).to_contain_text("1 answer waits in this browser")
    person.answer("grade:3", "signal:none", "sentiment:neutral")  # not tried while the first one is waited for
    expect(person.page.locator("[data-banner]")).to_contain_text("2 answers wait")
    person.press("undo")
    expect(person.page.locator("[data-banner]")).to_contain_text("1 answer waits")
    person.ready()
    assert person.text == "comment 1"
    person.answer("grade:4", "signal:praise", "sentiment:positive")
    person.page.context.set_offline(False)
    person.sent()
    expect(person.page.locator("[data-banner]")).to_be_hidden()
    with store.reading() as connection:
        actions = [row[0] for row in connection.execute("SELECT action FROM annotation_event ORDER BY rowid")]
    assert actions == ["submit", "submit"]
    assert stored(store, "local")["comment 1"]["answers"]["grade"] == 4


def test_keys_count_only_for_the_comment_in_sight(labels: Labels, twelve: str, store: Store) -> None:
    person = labels()
    keyboard = person.page.keyboard
    person.press("grade:2")
    keyboard.down("Digit5")  # held down: one press
    keyboard.down("Digit5")
    keyboard.up("Digit5")
    keyboard.press("Control+Digit9")
    keyboard.press("Alt+KeyX")
    expect(person.page.locator('[data-action="grade:5"]')).to_have_attribute("aria-pressed", "true")
    keyboard.press("Numpad7")
    expect(person.page.locator('[data-action="grade:7"]')).to_have_attribute("aria-pressed", "true")
    person.page.locator("[data-comment]").dispatch_event("keydown", {"code": "Digit1", "isComposing": True})
    expect(person.page.locator('[data-action="grade:7"]')).to_have_attribute("aria-pressed", "true")
    person.page.locator('[data-action="signal:want"]').focus()
    keyboard.press("Space")  # a focused button is pressed, not skipped
    expect(person.page.locator('[data-action="signal:want"]')).to_have_attribute("aria-pressed", "true")
    assert person.text == "comment 0"
    assert outbox(person.page) == []


def test_a_half_given_answer_outlives_the_tab(labels: Labels, twelve: str) -> None:
    person = labels()
    person.press("grade:8", "unsure")
    person.page.reload()
    person.ready()
    assert person.text == "comment 0"
    expect(person.page.locator('[data-action="grade:8"]')).to_have_attribute("aria-pressed", "true")
    expect(person.page.locator('[data-action="flag:unsure"]')).to_have_attribute("aria-pressed", "true")


def test_two_tabs_share_the_work(labels: Labels, twelve: str, store: Store) -> None:
    one = labels()
    other = Annotator(one.page.context.new_page(), "t1").open()
    assert other.text != one.text
    seen = []
    for tab, grade in [(one, 3), (other, 4), (one, 5), (other, 6), (one, 7), (other, 8), (one, 1)]:
        tab.page.bring_to_front()
        tab.ready()
        seen.append(tab.text)
        tab.answer(f"grade:{grade}", "signal:none", "sentiment:neutral")
    one.sent()
    other.sent()
    assert len(set(seen)) == len(seen)
    assert {text: found["answers"]["grade"] for text, found in stored(store, "local").items()} == dict(
        zip(seen, (3, 4, 5, 6, 7, 8, 1), strict=True)
    )
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM annotation_event").fetchone()[0] == len(seen)


def test_practice_tells_the_right_answer_after_each(labels: Labels, store: Store) -> None:
    right = {"grade": 8, "signal": "availability", "sentiment": "positive", "why": "Asks for the link."}
    practice(store, [("NEED this, link?", right), ("first", {"grade": 2, "signal": "none", "sentiment": "neutral", "why": "Off topic."})])
    person = labels("practice")
    with person.page.expect_response("**/label/api/lease"):
        person.page.reload()
    person.ready()
    assert "Asks for the link" not in person.page.content()
    person.press("grade:6", "signal:want", "sentiment:positive")
    feedback = person.page.locator("[data-feedback]")
    expect(feedback).to_contain_text("The guide sees it otherwise")
    expect(feedback).to_contain_text("8 · availability · positive")
    expect(feedback).to_contain_text("Asks for the link.")
    person.press("send")
    person.ready()
    person.press("grade:2", "signal:none", "sentiment:neutral")
    expect(feedback).to_contain_text("As the guide has it")
    person.press("send")
    expect(person.page.locator("[data-finished]")).to_be_visible()


def test_nothing_of_the_model_is_told_unless_assisted(labels: Labels, store: Store) -> None:
    task(store, [item("need this, where is the link", place) for place in range(6)], "blind")
    task(store, [item(f"need this, where is the link {place}", place) for place in range(30)], "assisted", assisted=True)
    person = labels("blind")
    with person.page.expect_response("**/label/api/lease") as answered:
        person.page.reload()
    person.ready()
    assert {one["suggestion"] for one in answered.value.json()["items"]} == {None}
    assert person.page.locator("[data-suggestion]").is_hidden()
    person.task = "assisted"
    person.open()
    shown = []
    for _ in range(10):
        shown.append(person.page.locator("[data-suggestion]").is_visible())
        person.answer("grade:8", "signal:availability", "sentiment:positive")
    person.sent()
    with store.reading() as connection:
        noted = connection.execute("SELECT suggestion_shown FROM annotation_event ORDER BY rowid").fetchall()
    assert [bool(row[0]) for row in noted] == shown
    assert any(shown)
