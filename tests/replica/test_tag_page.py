"""A hashtag's page in Chromium, with a world under it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser import browser, wait_for_comments
from tests.replica import Layout, Replica, Settings, World

pytestmark = pytest.mark.browser

TILES = '[data-e2e="challenge-item"] a[href*="/video/"]'
LEVEL_2 = '[data-e2e="comment-level-2"]'


@pytest.fixture(scope="module")
def world() -> Iterator[Replica]:
    with Replica() as running:
        running.add_world(World(70, 40))
        running.add_special()
        yield running


@pytest.fixture(scope="module", name="window")
def one_window(world: Replica) -> Iterator[BrowserContext]:
    with browser(None, world) as opened:
        yield opened


@pytest.fixture
def tab(world: Replica, window: BrowserContext) -> Iterator[Page]:
    world.state.settings = Settings()
    world.refusals.clear()
    page = window.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def asked(world: Replica, path: str) -> list[str]:
    return [one.path for one in world.requests if one.path.startswith(path)]


def scroll_down(tab: Page) -> None:
    tab.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")


def test_it_shows_its_name_and_numbers_and_loads_more_as_the_window_scrolls(tab: Page, world: Replica) -> None:
    tab.goto(world.url("/tag/lamptok"))
    expect(tab.locator('[data-e2e="challenge-title"]')).to_have_text("#lamptok")
    expect(tab.locator('[data-e2e="challenge-vvcount"][title="posts"]')).to_have_text("52K posts")
    for shown in (30, 60, 70):
        expect(tab.locator(TILES)).to_have_count(shown)
        scroll_down(tab)
    assert tab.locator('[data-e2e="challenge-item-list"] .user-name').first.inner_text().startswith("maker1.")


@pytest.mark.parametrize(("layout", "opens"), [("g4", "route"), ("g4", "overlay"), ("g2", "overlay")])
def test_a_tile_opens_in_the_app_and_going_back_returns_to_the_grid(tab: Page, world: Replica, layout: Layout, opens: str) -> None:
    world.configure(layout=layout, grid_opens=opens)
    tab.goto(world.url("/tag/lamptok"))
    tab.evaluate("window.sameDocument = true")
    tile = tab.locator(TILES).nth(3)
    path = tile.get_attribute("href") or ""
    tile.click()
    wait_for_comments(tab)
    assert tab.url == world.url(path)
    assert tab.locator(TILES).count() == (0 if opens == "route" else 30)
    if opens == "route":
        tab.go_back()
    else:
        tab.locator('[data-e2e="browse-close"]').click()
    expect(tab.locator(TILES)).to_have_count(30)
    assert tab.url == world.url("/tag/lamptok")
    assert tab.evaluate("window.sameDocument")


def test_the_first_videos_may_come_without_a_request(tab: Page, world: Replica) -> None:
    world.configure(first_items="html")
    before = len(asked(world, "/api/challenge/item_list/"))
    tab.goto(world.url("/tag/lamptok"))
    expect(tab.locator(TILES)).to_have_count(30)
    assert len(asked(world, "/api/challenge/item_list/")) == before
    scroll_down(tab)
    expect(tab.locator(TILES)).to_have_count(60)
    assert "cursor=30" in asked(world, "/api/challenge/item_list/")[-1]


def test_a_tile_under_the_mouse_is_covered_and_its_link_still_works(tab: Page, world: Replica) -> None:
    world.configure(hover_preview=True, layout="g2")
    tab.goto(world.url("/tag/lamptok"))
    tile = tab.locator(TILES).first
    with tab.expect_response(lambda answer: "/api/preload/item_list/" in answer.url):
        tile.hover(force=True)
    box = tile.bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert tab.url == world.url("/tag/lamptok")
    tile.evaluate("link => link.click()")
    wait_for_comments(tab)


def test_photo_posts_open_and_silent_or_missing_videos_say_so(tab: Page, world: Replica) -> None:
    special = {video.slug: video for video in world.state.tagged(lambda video: "special" in video.hashtags)}
    said = {"comments-off": "Comments are turned off", "no-comments": "Be the first to comment!", "deleted": "Video currently unavailable"}
    for layout in ("g4", "g2"):
        world.configure(layout=layout)
        tab.goto(world.url(special["photo-post"].path))
        wait_for_comments(tab)
        for kind, words in said.items():
            tab.goto(world.url(special[kind].path))
            expect(tab.get_by_text(words, exact=True)).to_be_visible()


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_a_reply_count_that_is_too_high_ends_with_the_last_reply(tab: Page, world: Replica, layout: Layout) -> None:
    video = next(one for one in world.videos.values() if any(comment.hidden_replies for comment in one.comments[:15]))
    place, comment = next((place, one) for place, one in enumerate(video.comments) if one.hidden_replies)
    world.configure(layout=layout)
    tab.goto(world.url(video.path))
    wait_for_comments(tab)
    total = len(comment.replies) + 1
    text = "[data-e2e='comment-level-1']"
    thread = tab.locator("[class*='DivCommentObjectWrapper'], [class*='DivCommentItemContainer']").filter(has=tab.locator(text)).nth(place)
    thread.get_by_text(f"View {total} replies", exact=True).click()
    for shown in range(3, len(comment.replies), 3):
        expect(thread.locator(LEVEL_2)).to_have_count(shown)
        thread.get_by_text(f"View {total - shown} more", exact=True).click()
    expect(thread.locator(LEVEL_2)).to_have_count(len(comment.replies))
    expect(thread.get_by_text("View 1 more", exact=True)).to_have_count(0)
    thread.get_by_text("Hide", exact=True).click()
    expect(thread.get_by_text(f"View {total} replies", exact=True)).to_be_visible()


def test_a_neighbours_comments_may_come_before_it_is_opened_and_then_no_second_page(tab: Page, world: Replica) -> None:
    world.configure(layout="g2", prefetched="stalls")
    tab.goto(world.url("/tag/lamptok"))
    videos = world.state.tagged(lambda video: "lamptok" in video.hashtags)
    first, second = videos[:2]
    with tab.expect_response(lambda answer: f"aweme_id={second.id}" in answer.url):
        tab.locator(TILES).first.click()
    wait_for_comments(tab)
    before = len(asked(world, "/api/comment/list/"))
    tab.locator('[data-e2e="arrow-right"]').click()
    tab.wait_for_function(f"replica.rows()[0]?.cid === '{second.comments[0].cid}'")
    tab.evaluate("document.querySelector('[class*=DivCommentListContainer]').scrollBy(0, 600)")
    tab.wait_for_timeout(400)
    mine = [path for path in asked(world, "/api/comment/list/")[before:] if second.id in path]
    assert mine == []
    assert first.id not in tab.url
