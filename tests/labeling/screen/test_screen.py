"""The annotate screen as people meet it: on a phone, in another script, signed out, with the guide open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from companion.store import Store
from tests.labeling.screen.conftest import troubles_of
from tests.labeling.screen.scene import Annotator, five, item, outbox, stored, task, visible_box

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

FAMILY = "👨‍👩‍👧‍👦"


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


@pytest.mark.parametrize("width", [390, 560])
def test_in_a_narrow_window_of_a_computer_no_buttons_words_stick_out(labels: Labels, store: Store, width: int) -> None:
    task(store, [item("need this", 0)], questions=("grade",))
    at = labels(viewport={"width": width, "height": 844})
    at.ready()
    sticking_out = (
        "[...document.querySelectorAll('[data-pad] button')].filter(e => e.checkVisibility() &&"
        " e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    )
    assert at.page.evaluate(sticking_out) == []


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


TAPS = """() => {
  window.taps = [];
  addEventListener("pointerdown", (event) => window.taps.push(event.timeStamp), true);
  new MutationObserver(() => { window.readyAt = performance.now(); })
    .observe(document.querySelector(".annotate"), { attributes: true, attributeFilter: ["data-ready"] });
}"""
"""When the screen was tapped, and when it last showed another comment."""

SOON_MS = 200
"""A tap this soon after a comment came is surely the second of two."""


def test_a_second_tap_of_a_double_tap_answers_nothing(labels: Labels, store: Store) -> None:
    task(store, [item(f"comment {n}", n) for n in range(20)], questions=("grade",))
    at = labels(**PHONE)
    button = at.page.locator('[data-action="grade:8"]')
    box = visible_box(at.page, '[data-action="grade:8"]')
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    at.page.evaluate(TAPS)
    for n in range(1, 9):  # a machine too busy to tap twice at once tries again
        button.tap()
        at.ready()
        at.page.touchscreen.tap(*middle)  # at once, on the next comment
        at.page.wait_for_timeout(400)
        if at.page.evaluate("window.taps.at(-1) - window.readyAt") < SOON_MS:
            break
        at.page.wait_for_function("n => document.querySelector('[data-comment]').textContent === `comment ${n}`", arg=2 * n)
    assert at.text == f"comment {2 * n - 1}"
    button.tap()
    at.page.wait_for_function("n => document.querySelector('[data-comment]').textContent === `comment ${n}`", arg=2 * n)


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


def test_an_unpleasant_text_is_hidden_until_asked_for(labels: Labels, store: Store) -> None:
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


def test_the_sheets_take_their_colours_from_the_tokens() -> None:
    sheets = (Path(__file__).parents[3] / "labeling" / "static" / "do").glob("*.css")
    found = [sheet.read_text(encoding="utf-8") for sheet in sheets]
    assert len(found) == 6
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsl", "".join(found))
