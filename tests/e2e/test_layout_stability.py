"""Badges move nothing on the page, and follow what the page does with its rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from companion.intent import Context, IntentModel, Item
from tests.e2e.badges import PENDING, SeenBadge, expected, expected_name, right, seen, seen_badges, wrong
from tests.e2e.browser import browser, open_video
from tests.e2e.layout import COUNT_SHIFTS, layout_shift, row_boxes
from tests.e2e.product import Product, says, set_running
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread
from tests.replica import Layout, Video

pytestmark = pytest.mark.browser

TEXTS = (
    "where can I buy this lamp",
    "how much is it with shipping to Canada",
    "my cat would knock it over in a second",
    "just ordered two, so happy",
    "the music is too loud",
    "need this for my desk right now",
)
CHANGED = "does anybody know the name of this song"
COLOURS = """function () {
  const { color, backgroundColor, borderColor } = getComputedStyle(this.firstChild);
  return [color, backgroundColor, borderColor].join();
}"""


def scroll(page: Page) -> None:
    """Read down the list as a person does, and stay a while."""
    page.locator('[data-e2e="comment-level-1"]').first.hover()
    for _ in range(6):
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(150)
    page.wait_for_timeout(500)


def test_nothing_on_the_page_moves_because_of_us(product: Product, tab: Page, extension: Path, model: IntentModel) -> None:
    boxes, shifts = {}, {}
    video = product.replica.videos["clip-lamp"]
    layouts: tuple[Layout, ...] = ("g4", "g2", "g1")
    for layout in layouts:
        reader = product.open(tab, video, layout, page_script=COUNT_SHIFTS)
        wanted = expected(model, video)
        wait_until(tab, lambda: len(right(reader, wanted)) >= 5, what="badges")  # noqa: B023 - used at once
        boxes[layout] = row_boxes(tab)
        scroll(tab)
        shifts[layout] = layout_shift(tab)
    with browser(None, product.replica) as plain:
        page = plain.new_page()
        for layout in layouts:
            open_video(page, product.replica, video, layout)
            page.wait_for_timeout(500)
            assert boxes[layout] == row_boxes(page), layout
            scroll(page)
            assert shifts[layout] == pytest.approx(layout_shift(page), abs=0.0005), layout


def on_row(reader: ShadowReader, index: int) -> SeenBadge | None:
    """The badge of the row at ``index`` in the order of the page."""
    texts = reader.page.locator('[data-e2e="comment-level-1"]')
    words = seen(texts.nth(index).inner_text())
    return next((badge for badge in seen_badges(reader) if seen(badge.comment) == words), None)


def opened(product: Product, tab: Page, model: IntentModel, slug: str, layout: Layout) -> tuple[Video, ShadowReader, dict[str, str]]:
    """A thread whose badges are all right."""
    video = thread(slug, *TEXTS)
    reader = product.open(tab, video, layout)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badge on every comment")
    return video, reader, wanted


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_a_row_whose_text_changes_is_scored_anew(layout: Layout, product: Product, tab: Page, model: IntentModel) -> None:
    video, reader, wanted = opened(product, tab, model, f"changed-{layout}", layout)
    (said,) = model.read([Item(CHANGED, Context(video.caption, video.hashtags))])
    new = expected_name(said)
    assert new != wanted[TEXTS[0]], "the two texts must have different badges, or this test says nothing"
    tab.evaluate(f"replica.changeText(0, {CHANGED!r})")
    badge = on_row(reader, 0)
    while badge is None or badge.name != new:
        assert badge is None or badge.name == PENDING, "the badge of the text that was there before"
        tab.wait_for_timeout(20)
        badge = on_row(reader, 0)
    assert wrong(reader, {**wanted, CHANGED: new}) == []


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_a_row_that_the_page_uses_for_another_comment_shows_that_ones_badge(
    layout: Layout, product: Product, tab: Page, model: IntentModel
) -> None:
    _, reader, wanted = opened(product, tab, model, f"reused-{layout}", layout)
    assert wanted[TEXTS[0]] != wanted[TEXTS[2]]
    tab.evaluate("replica.reuseRow(0, 2)")
    assert wrong(reader, wanted) == []
    wait_until(tab, lambda: [seen(b.comment) for b in seen_badges(reader)].count(TEXTS[2]) == 2, what="a badge on both rows")
    wait_until(tab, lambda: all(badge.name == wanted[badge.comment] for badge in seen_badges(reader)), what="the same badge on both")


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_a_panel_that_the_page_builds_again_has_one_right_badge_a_row(
    layout: Layout, product: Product, tab: Page, model: IntentModel
) -> None:
    _, reader, wanted = opened(product, tab, model, f"remounted-{layout}", layout)
    for _ in range(3):
        tab.evaluate("replica.remountPanel()")
        wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badges after the panel was built again")
    assert sorted(badge.comment for badge in seen_badges(reader)) == sorted(TEXTS)


def test_badges_and_panel_follow_the_pages_theme(product: Product, tab: Page, model: IntentModel) -> None:
    _, reader, wanted = opened(product, tab, model, "theme", "g2")
    themes = "[...document.querySelectorAll('span[data-theme], div[data-theme]')].map((host) => host.dataset.theme)"

    def colours() -> list[str]:
        return [reader.evaluate(badge.element, COLOURS) for badge in seen_badges(reader)]

    light = colours()
    assert set(tab.evaluate(themes)) == {"light"}
    tab.evaluate("replica.setTheme('dark')")
    wait_until(tab, lambda: set(tab.evaluate(themes)) == {"dark"}, what="the dark theme on every host")
    assert all(dark != bright for dark, bright in zip(colours(), light, strict=True))
    assert right(reader, wanted) == set(wanted)
    tab.evaluate("replica.setTheme('light')")
    wait_until(tab, lambda: colours() == light, what="the light theme again")


def test_a_page_in_an_unknown_layout_is_named_as_changed(product: Product, tab: Page) -> None:
    video = product.replica.videos["clip-lamp"]
    product.replica.configure(unknown_layout=True)
    tab.goto(product.replica.url(video.path))
    tab.get_by_text("take my money").wait_for()
    reader = ShadowReader(tab)
    wait_until(tab, lambda: any(one.text.startswith(says("panel_pill_changed")) for one in reader.all("button.pill")), what="the pill")
    reader.click(reader.one("button.pill"))
    assert reader.one("p.notice").text == says("panel_page_changed")
    assert seen_badges(reader) == []


def test_paused_badges_vanish_and_come_back(product: Product, tab: Page, model: IntentModel) -> None:
    _, reader, wanted = opened(product, tab, model, "paused", "g4")
    before = row_boxes(tab)
    set_running(product.context, False)
    wait_until(tab, lambda: reader.all("*") == [], what="a page without anything of ours")
    assert row_boxes(tab) == before
    set_running(product.context, True)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the badges again")
