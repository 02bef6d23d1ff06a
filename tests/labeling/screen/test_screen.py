"""The annotate screen as people meet it: on a phone, in another script, signed out, with the guide open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from companion.store import Store, label_tasks
from labeling import serving
from tests.labeling.screen.conftest import troubles_of
from tests.labeling.screen.scene import Annotator, item, log_in, outbox, person, stored, task

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

FAMILY = "👨‍👩‍👧‍👦"


def five(store: Store, *texts: str, **more: object) -> str:
    said = [*texts, *(f"comment {number}" for number in range(5 - len(texts)))]
    return task(store, [item(text, place, **more) for place, text in enumerate(said)])


def visible_box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return dict(box)


@pytest.mark.parametrize(
    ("scheme", "width", "height"), [("light", 1280, 900), ("dark", 1280, 900), ("light", 360, 740), ("dark", 640, 450), ("light", 320, 568)]
)
def test_the_screen_fits_and_every_control_has_a_name(labels: Labels, store: Store, scheme: str, width: int, height: int) -> None:
    five(
        store,
        "longwordwithoutanybreak" * 30,
        context={"caption": "c" * 400, "hashtags": ["h" * 90], "product": "p" * 200, "parent": "q" * 300},
    )
    at = labels(color_scheme=scheme, viewport={"width": width, "height": height})
    page, troubles = at.page, troubles_of(at.page)
    at.page.reload()
    at.ready()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    for state in ("as it opens", "with one answer", "with the guide"):
        unnamed = page.evaluate(
            "[...document.querySelectorAll('a,button,input:not([type=hidden])')].filter(e => e.checkVisibility() &&"
            " !(e.innerText.trim() || e.ariaLabel || e.labels?.length)).length"
        )
        small = page.evaluate(
            "[...document.querySelectorAll('button,.button')].filter(e => e.checkVisibility() &&"
            " Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24).map(e => e.outerHTML)"
        )
        assert (unnamed, small) == (0, []), state
        if state == "as it opens":
            at.press("grade:8")
        elif state == "with one answer":
            page.keyboard.press("KeyG")
            page.locator("[data-guide-text] h2").first.wait_for()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert troubles == []


def test_a_long_text_scrolls_inside_and_leaves_the_answers_in_sight(labels: Labels, store: Store) -> None:
    five(store, "so much to say " * 400)
    for options in ({"viewport": {"width": 1280, "height": 900}}, PHONE):
        page = labels(**options).page
        page.locator("[data-comment][tabindex='0'], .stage").first.wait_for()
        pad = visible_box(page, '[data-action="grade:10"]')
        assert pad["y"] + pad["height"] <= page.viewport_size["height"], options  # type: ignore[index]
        page.context.close()


def test_a_phone_labels_by_touch_alone(labels: Labels, store: Store) -> None:
    five(store, "where can I buy this?")
    at = labels(**PHONE)
    page = at.page
    lower = 740 * 0.45
    for action in ("grade:8", "signal:availability", "sentiment:positive"):
        button = page.locator(f'[data-action="{action}"]')
        button.wait_for()
        box = visible_box(page, f'[data-action="{action}"]')
        assert box["y"] > lower, "out of a thumb's reach"
        assert box["height"] >= 44
        button.tap()
    page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 0'")
    at.ready()
    page.wait_for_timeout(300)
    page.locator('[data-action="grade:9"]').tap()
    page.locator("[data-again=grade]").tap()  # thought better of it
    page.locator('[data-action="grade:3"]').tap()
    page.locator('[data-action="flag:creator"]').tap()
    page.locator('[data-action="signal:none"]').tap()
    page.locator('[data-action="sentiment:neutral"]').tap()
    page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 1'")
    page.wait_for_timeout(300)
    page.locator('[data-action="skip"]').tap()
    page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 2'")
    page.locator('[data-action="undo"]').tap()
    page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 1'")
    at.sent()
    found = stored(store, "local")
    assert [(text, one["answers"]["grade"], one["flags"]) for text, one in found.items()] == [
        ("where can I buy this?", 8, []),
        ("comment 0", 3, ["creator"]),
    ]


def test_a_second_tap_of_a_double_tap_answers_nothing(labels: Labels, store: Store) -> None:
    task(store, [item(f"comment {n}", n) for n in range(5)], questions=("grade",))
    at = labels(**PHONE)
    button = at.page.locator('[data-action="grade:8"]')
    button.tap()
    at.ready()
    button.click()  # at once, on the next comment
    at.page.wait_for_timeout(400)
    assert at.text == "comment 1"
    button.tap()
    at.page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'comment 2'")


def test_every_text_has_its_own_direction(labels: Labels, store: Store) -> None:
    context = {"caption": "my lamp", "hashtags": ["lamp", "المنزل"], "product": "מנורה", "parent": "how much?"}
    five(store, f"أين يمكنني شراء هذا المنتج؟ love it {FAMILY}", context=context, lang="ar", likes=1234, by_creator=True)
    at = labels()
    page = at.page
    comment = page.locator("[data-comment]")
    assert comment.evaluate("e => [getComputedStyle(e).direction, e.lang]") == ["rtl", "ar"]
    assert page.locator("[data-caption-text]").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator("[data-product-text]").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("[data-parent-text]").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator(".hashtag").all_inner_texts() == ["#lamp", "#المنزل"]
    assert comment.locator(".emoji").inner_text() == FAMILY
    facts = page.locator("[data-facts]")
    for words in ("written by the creator", "Arabic", "♥ 1,234"):
        expect(facts).to_contain_text(words)
    assert page.evaluate("getComputedStyle(document.querySelector('.pad')).direction") == "ltr"  # the screen is not mirrored


def test_an_unpleasant_text_is_hidden_until_asked_for(labels: Labels, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "TOXIC", 0.3)
    five(store, "you are a fucking idiot", "fuck off you retard")
    at = labels()
    comment = at.page.locator("[data-comment]")
    assert comment.get_attribute("aria-hidden") == "true"
    assert "idiot" not in at.page.locator("[data-say]").inner_text()
    at.press("grade:1", "signal:objection", "sentiment:negative")
    assert outbox(at.page) == []  # nobody answers what they have not seen
    at.answer("skip")
    assert comment.get_attribute("aria-hidden") == "true"
    at.page.get_by_role("button", name="Show it").click()
    assert comment.get_attribute("aria-hidden") is None
    at.answer("grade:1", "signal:objection", "sentiment:negative")
    at.sent()
    assert [one["action"] for one in stored(store, "local").values()] == ["skip", "submit"]


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


def test_a_video_is_judged_by_its_quality(labels: Labels, store: Store) -> None:
    task(store, [item(f"video {n}", n, target_id=f"v{n}", video_id=f"v{n}") for n in range(3)], kind="video", questions=("quality",))
    at = labels()
    assert at.page.get_by_role("button", name="1 fair").is_visible()
    at.page.keyboard.press("Digit2")
    at.page.wait_for_function("() => document.querySelector('[data-comment]').textContent === 'video 1'")
    at.ready()
    at.page.keyboard.press("Numpad0")
    at.sent()
    assert [one["answers"] for one in stored(store, "local").values()] == [{"quality": 2}, {"quality": 0}]


def test_the_comment_is_read_out_and_the_screen_obeys_a_wish_for_little_motion(labels: Labels, store: Store) -> None:
    five(store, "where is the link")
    page = labels(reduced_motion="reduce").page
    expect(page.locator("[aria-live=polite][data-say]")).to_have_text("where is the link")
    assert page.evaluate("getComputedStyle(document.querySelector('.choice')).transitionDuration") in ("0s", "")
    page.locator('[data-action="grade:5"]').focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_sheet_takes_its_colours_from_the_tokens() -> None:
    sheet = (Path(__file__).parents[3] / "labeling" / "static" / "do.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsl", sheet)
