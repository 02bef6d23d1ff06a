"""Scrolling, replies and moving between pages, in Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import open_video, wait_for_comments
from tests.replica import Layout, Replica

pytestmark = pytest.mark.browser

LAYOUTS: tuple[Layout, ...] = ("g4", "g2", "g1")


def rows(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("replica.rows()")
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_scrolling_loads_the_whole_thread(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    assert page.evaluate("replica.scrollToEnd()") == len(video.comments)
    attached = [row["cid"] for row in rows(page)]
    assert attached[-1] == video.comments[-1].cid
    if layout == "g2":
        assert len(attached) < 40
    else:
        assert attached == [comment.cid for comment in video.comments]


def test_the_virtual_list_reuses_its_elements_for_other_comments(page: Page, replica: Replica) -> None:
    open_video(page, replica, replica.videos["clip-lamp"], "g2")
    page.evaluate("window.kept = new Map([...document.querySelectorAll('[data-comment-ui-enabled]')].map((row) => [row, row.id]))")
    page.evaluate("replica.scrollToEnd()")
    reused = page.evaluate(
        "[...document.querySelectorAll('[data-comment-ui-enabled]')].filter((row) => kept.has(row) && kept.get(row) !== row.id)"
    )
    assert len(reused) > 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_replies_open_three_a_click_and_hide_restores_the_opener(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    index = next(place for place, comment in enumerate(video.comments) if len(comment.replies) == 7)
    opener = {"g4": "View 7 replies", "g2": "View 7 replies", "g1": "View more replies (7)"}[layout]
    replies = page.locator('[data-e2e="comment-level-2"]')
    page.get_by_text(opener, exact=True).click()
    expect(replies).to_have_count(3)
    page.get_by_text("View 4 more", exact=True).click()
    expect(replies).to_have_count(6)
    page.get_by_text("View 1 more", exact=True).click()
    expect(replies).to_have_count(7)
    assert [row["text"] for row in rows(page) if row["level"] == 2] == [reply.text for reply in video.comments[index].replies]
    page.get_by_text("Hide", exact=True).click()
    expect(replies).to_have_count(0)
    expect(page.get_by_text(opener, exact=True)).to_be_visible()


def test_a_grid_opens_a_video_as_a_route_and_back_returns(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    page.goto(replica.url("/@lumen.desk"))
    embedded = page.locator("#__UNIVERSAL_DATA_FOR_REHYDRATION__").text_content()
    page.locator(f'[data-e2e="user-post-item"] a[href="{video.path}"]').click()
    wait_for_comments(page)
    assert page.url == replica.url(video.path)
    assert page.locator('[data-e2e="user-post-item"]').count() == 0
    assert page.locator("#__UNIVERSAL_DATA_FOR_REHYDRATION__").text_content() == embedded
    assert video.id not in (embedded or "")
    page.go_back()
    expect(page.locator('[data-e2e="user-post-item"]')).to_have_count(2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_grid_opens_a_video_as_an_overlay_that_leaves_the_grid(page: Page, replica: Replica, layout: Layout) -> None:
    replica.configure(layout=layout, grid_opens="overlay")
    page.goto(replica.url("/search?q=desk"))
    video = replica.videos["desk-vacuum"]
    page.locator(f'[data-e2e="search_top-item"] a[href="{video.path}"]').click()
    wait_for_comments(page)
    assert page.url == replica.url(video.path)
    assert rows(page)[0]["cid"] == video.comments[0].cid
    assert page.locator('[data-e2e="search_top-item"]').count() == 3
    page.locator('[data-e2e="browse-close"]').click()
    expect(page.locator('[data-e2e="browse-close"]')).to_have_count(0)
    assert page.url == replica.url("/search?q=desk")


def test_search_box_navigates_without_a_reload(page: Page, replica: Replica) -> None:
    page.goto(replica.url("/foryou"))
    page.evaluate("window.sameDocument = true")
    page.locator('[data-e2e="search-user-input"]').fill("cat fountain")
    page.keyboard.press("Enter")
    expect(page.locator('[data-e2e="search_top-item"]')).to_have_count(1)
    assert page.evaluate("window.sameDocument")
    assert page.url == replica.url("/search?q=cat%20fountain")


def test_the_feed_drawer_follows_the_card_and_far_cards_are_emptied(page: Page, replica: Replica) -> None:
    newest, second = sorted(replica.videos.values(), key=lambda video: -video.create_time)[:2]
    page.goto(replica.url("/foryou"))
    page.locator('[data-e2e="comment-icon"]').first.click()
    wait_for_comments(page)
    assert rows(page)[0]["cid"] == newest.comments[0].cid
    assert page.locator("#one-column-item-0 .xgplayer-container").get_attribute("id") == f"xgwrapper-0-{newest.id}"
    for place in (1, 2):
        page.evaluate(f"document.getElementById('one-column-item-{place}').scrollIntoView()")
        expect(page.locator(f"#one-column-item-{place + 1} [data-e2e=video-desc]")).to_be_attached()
        if place == 1:
            page.wait_for_function(f"replica.rows()[0]?.cid === '{second.comments[0].cid}'")
    expect(page.locator("#one-column-item-0 > *")).to_have_count(0)


@pytest.mark.parametrize(("panel", "clicks"), [("open", 0), ("closed", 1), ("other-tab", 2)])
def test_the_comment_panel_opens_after_as_many_clicks_as_set(page: Page, replica: Replica, panel: str, clicks: int) -> None:
    replica.configure(panel=panel)
    page.goto(replica.url(replica.videos["budget-app"].path))
    icon = page.locator('[data-e2e="comment-icon"]')
    texts = page.locator('[data-e2e="comment-level-1"]')
    for _ in range(clicks):
        expect(texts).to_have_count(0)
        icon.click()
    wait_for_comments(page)


def test_opening_a_video_prefetches_a_neighbours_comments(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    before = len(replica.requests)
    with page.expect_response(lambda answer: "/api/comment/list/" in answer.url and video.id not in answer.url):
        open_video(page, replica, video, "g4")
    asked = [one.path for one in replica.requests[before:] if one.path.startswith("/api/comment/list/")]
    assert len(asked) == 2
