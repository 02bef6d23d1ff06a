"""The dashboard in Chromium: no console error, no policy violation, no shift, keyboard and theme work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from companion.store import Store, inbox, labels

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]

PATHS = (
    "/",
    "/comments",
    "/comments/sample/sample-v1-2/why",
    "/comments/sample/sample-v1-2/reply",
    "/comments/settings",
    "/videos",
    "/videos/sample/sample-v1",
    "/creators",
    "/models",
    "/models/shipped",
    "/settings",
)


def watched(page: Page) -> list[str]:
    """Everything that went wrong on the page from now on. Policy violations are console errors in Chromium."""
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    # an icon still under way when the test opens the next page is aborted by the browser itself
    page.on("requestfailed", lambda request: None if request.failure == "net::ERR_ABORTED" else troubles.append(f"failed: {request.url}"))
    return troubles


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 768), ("light", 360)])
def test_pages_are_clean_and_fit(person: Enter, scheme: str, width: int) -> None:
    page = person(color_scheme=scheme, viewport={"width": width, "height": 800})
    troubles = watched(page)
    for path in PATHS:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.locator("h1").count() == 1, path
        assert page.locator("nav[aria-label=Pages] [aria-current=page]").count() == 1, path
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        unnamed = page.evaluate(
            "[...document.querySelectorAll('a,button,input:not([type=hidden]),select')].filter(e => e.checkVisibility() &&"
            " !(e.innerText || e.ariaLabel || e.labels?.length)).length"
        )
        assert unnamed == 0, path
        small = page.evaluate(
            "[...document.querySelectorAll('button,select,summary,.button')].filter(e => e.checkVisibility() &&"
            " Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24).length"
        )
        assert small == 0, path
    assert troubles == []


def test_pages_do_not_shift(person: Enter) -> None:
    page = person()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in PATHS:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(100)
        assert page.evaluate("window.shift") == 0, path


def test_filter_why_and_correct_without_a_new_page(person: Enter, sampled: Store) -> None:
    page = person()
    troubles = watched(page)
    page.goto("/comments")
    page.get_by_label("Words in the comment").fill("cordless")
    expect(page.locator(".comments tbody")).to_have_count(1)
    assert "/comments?q=cordless&" in page.url
    assert "q=cordless" in (page.get_by_role("link", name="Save as CSV").get_attribute("href") or "")
    page.get_by_role("link", name="Why this grade").click()
    page.locator(".why").wait_for()
    page.get_by_label("3", exact=True).check(force=True)
    page.get_by_role("button", name="Save my grade").click()
    page.get_by_text("your grade", exact=True).wait_for()
    with sampled.reading() as connection:
        assert [(label.grade, label.source) for label in labels.listed(connection)] == [(3, "annotator")]
    page.get_by_role("button", name="Take my grade back").click()
    page.get_by_role("button", name="Take my grade back").wait_for(state="detached")
    with sampled.reading() as connection:
        assert labels.count(connection) == 0
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.innerText") == "Why?"
    assert troubles == []


def test_a_comment_is_put_away_by_one_key_and_its_reply_copied(person: Enter, sampled: Store) -> None:
    with sampled.writing() as connection:
        inbox.put_template(connection, None, "Where", "It is {product}.")
    page = person()
    troubles = watched(page)
    page.goto("/comments?q=cordless")
    page.get_by_role("button", name="Later").focus()
    page.keyboard.press("Enter")
    page.get_by_text("for later").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Answered").wait_for()
    page.get_by_role("link", name="Reply to").click()
    page.get_by_role("button", name="Copy").wait_for()
    assert "It is Rechargeable mushroom table lamp, warm light." in page.locator(".replies").inner_text()
    page.get_by_text("More choices").click()
    page.get_by_label("Hashtag of the video").fill("nosuchtag")
    page.keyboard.press("Tab")
    page.get_by_text("Nothing fits").wait_for()
    assert troubles == []


def test_the_code_appears_counts_down_and_ends(person: Enter, services: object) -> None:
    page = person()
    troubles = watched(page)
    page.get_by_role("button", name="Show pairing code").click()
    code = page.locator(".code")
    code.wait_for()
    assert len(code.inner_text()) == 8
    first = page.locator("[data-until]").inner_text()
    expect(page.locator("[data-until]")).not_to_have_text(first)
    services.pairing.close()  # type: ignore[attr-defined]
    page.get_by_text("That code is over").wait_for()
    assert troubles == []


def test_the_theme_is_chosen_and_kept(person: Enter) -> None:
    page = person(color_scheme="light")
    button = page.get_by_role("button", name="Theme")
    button.click()
    button.click()
    assert button.inner_text() == "Theme: dark"
    page.goto("/videos")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert not page.locator(".masthead").is_visible()


def test_the_keyboard_reaches_the_content_first(person: Enter) -> None:
    page = person()
    page.goto("/comments")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_pages_work_without_scripts(person: Enter) -> None:
    page = person(java_script_enabled=False)
    page.goto("/comments?q=cordless")
    page.get_by_role("link", name="Why this grade").click()
    assert page.locator(".why").is_visible()
    page.locator("input[name=grade][value='3']").check(force=True)
    page.get_by_role("button", name="Save my grade").click()
    assert page.get_by_text("Your grade is saved.").is_visible()


def test_the_chart_is_drawn(person: Enter) -> None:
    page = person()
    page.goto("/videos/sample/sample-v1")
    page.locator(".chart canvas").wait_for()
    painted = page.locator(".chart canvas").evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((v, i) => i % 4 === 3 && v).length"
    )
    assert painted > 1000
