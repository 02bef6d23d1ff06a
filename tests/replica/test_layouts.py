"""The markup of the three layouts, and what tests may do to an open page."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import browser, open_video, wait_for_comments
from tests.replica import Layout, Replica

pytestmark = pytest.mark.browser

LAYOUTS: tuple[Layout, ...] = ("g4", "g2", "g1")


def rows(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("replica.rows()")
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_shows_the_first_page_with_its_own_marks(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    first = page.locator('[data-e2e="comment-level-1"]').first
    expect(first).to_contain_text("restock friday")
    ids = page.evaluate("[...document.querySelectorAll('[data-e2e=comment-level-1]')].map(e => e.closest('[id]').id)")
    expected = [comment.cid for comment in video.comments]
    if layout == "g4":
        assert set(ids) == {"main-content-video_detail"}
        assert page.locator('[class*="DivCommentObjectWrapper"]').count() == 19
    else:
        assert ids == expected[: len(ids)]
    assert page.locator('[class*="DivVirtualItemContainer"]').count() == (len(ids) if layout == "g2" else 0)
    assert page.locator('[data-e2e="comment-list"], [data-e2e="comment-item"]').count() == 0
    assert page.locator('[data-e2e=""]').count() > 20
    expect(page.locator('[data-e2e="comments"]')).to_be_hidden()


def test_the_unknown_layout_shows_comments_under_no_known_mark(page: Page, replica: Replica) -> None:
    replica.configure(unknown_layout=True)
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    expect(page.get_by_text("take my money")).to_be_visible()
    known = '[data-e2e^="comment-level"], [data-e2e^="comment-username"], [class*="DivCommentItem"], [class*="DivCommentMain"]'
    assert page.locator(known).count() == 0


def test_class_hashes_differ_between_runs_while_names_stay() -> None:
    seeds = []
    for _ in range(2):
        with Replica() as running, browser(None, running) as opened:
            tab = opened.new_page()
            open_video(tab, running, running.videos["gel-pens"], "g4")
            seeds.append(tab.locator('[class*="DivCommentItemWrapper"]').first.get_attribute("class") or "")
    shape = re.compile(r"^css-[a-z0-9]{6}-[0-9a-f]{8}--DivCommentItemWrapper e[a-z0-9]{8}$")
    assert all(shape.match(seed) for seed in seeds)
    assert seeds[0] != seeds[1]


def test_row_geometry_of_the_drawer_matches_the_measured_one(page: Page, replica: Replica) -> None:
    open_video(page, replica, replica.videos["clip-lamp"], "g4")
    row = page.locator('[class*="DivCommentItemWrapper"]', has_text="take my money").first
    box = row.bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(77, abs=0.5)


def test_hostile_text_stays_text(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, "g4")
    page.evaluate("replica.scrollToEnd()")
    expect(page.get_by_text("<img src=x onerror=alert(1)> nice lamp")).to_be_attached()
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_helpers_change_reuse_and_remount(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    texts = page.locator('[data-e2e="comment-level-1"]')
    page.evaluate("replica.changeText(2, 'text changed by the page')")
    expect(texts.nth(2)).to_have_text("text changed by the page")
    page.evaluate("replica.reuseRow(3, 5)")
    expect(texts.nth(3)).to_have_text(video.comments[5].text)
    page.evaluate("window.oldRow = document.querySelector('[data-e2e=comment-level-1]'); replica.remountPanel()")
    wait_for_comments(page, 4)
    assert not page.evaluate("oldRow.isConnected")
    expect(texts.nth(3)).to_have_text(video.comments[3].text)


def test_theme_comes_from_settings_the_address_or_a_switch_at_run_time(page: Page, replica: Replica) -> None:
    html = page.locator("html")
    page.goto(replica.url("/foryou?theme=dark"))
    expect(html).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(246, 246, 246)"
    page.evaluate("replica.setTheme('light')")
    expect(html).to_have_attribute("data-tux-color-scheme", "light")


def test_a_strict_policy_lets_the_page_and_the_test_script_run_and_nothing_inline(page: Page, replica: Replica) -> None:
    replica.configure(csp="strict", page_script="window.attack = 'ran';")
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    open_video(page, replica, replica.videos["gel-pens"], "g2")
    assert page.evaluate("window.attack") == "ran"
    assert violations == []
    page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: 'x{}'}))")
    assert any("Content Security Policy" in text for text in violations)


def test_other_hosts_and_embeds_are_served(page: Page, replica: Replica) -> None:
    video = replica.videos["gel-pens"]
    for host in ("ads.tiktok.com", "seller.tiktok.com"):
        page.goto(replica.url(video.path, host))
        wait_for_comments(page)
    page.goto(replica.url(f"/?frame={replica.url(video.path)}", "blog.replica.example"))
    inside = page.frame_locator("#embed").locator('[data-e2e="comment-level-1"]')
    expect(inside.first).to_be_visible()


def test_no_other_host_resolves(page: Page) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("https://www.tiktok.example/")
