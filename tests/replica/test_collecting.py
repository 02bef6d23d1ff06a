"""Reading a thread through the page, as a patient reader does, meets everything that the replica holds."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from tests.e2e.browser import browser, wait_for_comments
from tests.replica import Layout, Replica, World

pytestmark = pytest.mark.browser

OPENERS = '[data-e2e^="view-more-"], [class*="DivViewRepliesContainer"][role=button]'
# Rows stand in the page in another order than on the screen, so the topmost opener is looked for.
CLICK_TOPMOST = """(openers) => {
  const top = (one) => one.getBoundingClientRect().top;
  const [first] = openers.filter((one) => one.textContent.startsWith('View')).sort((a, b) => top(a) - top(b));
  first?.click();
  return Boolean(first);
}"""
STEP = "(list) => { const before = list.scrollTop; list.scrollBy(0, 400); return list.scrollTop > before; }"


@pytest.fixture(scope="module")
def world() -> Iterator[Replica]:
    with Replica() as running:
        running.add_world(World(2, 28))
        yield running


@pytest.fixture(scope="module", name="window")
def one_window(world: Replica) -> Iterator[BrowserContext]:
    with browser(None, world) as opened:
        yield opened


def read_to_the_end(page: Page, scroller: str) -> None:
    stuck = 0
    while stuck < 3:
        if page.locator(OPENERS).evaluate_all(CLICK_TOPMOST):
            page.wait_for_timeout(50)
            continue
        moved = page.locator(scroller).first.evaluate(STEP)
        page.wait_for_timeout(60)
        stuck = 0 if moved else stuck + 1


@pytest.mark.parametrize(("layout", "scroller"), [("g2", '[class*="DivCommentListContainer"]'), ("g4", '[class*="DivCommentMain"]')])
def test_every_comment_and_reply_arrives_and_none_twice(window: BrowserContext, world: Replica, layout: Layout, scroller: str) -> None:
    world.configure(layout=layout, scroll_jumps="ignored")
    page = window.new_page()
    got: dict[str, list[str]] = {}

    def note(answer: Response) -> None:
        if "/api/comment/list/" in answer.url:
            for row in answer.json()["comments"] or []:
                got.setdefault(row["aweme_id"], []).append(row["cid"])

    page.on("response", note)
    page.goto(world.url("/tag/lamptok"))
    page.locator('[data-e2e="challenge-item"] a').first.click()
    wait_for_comments(page)
    video = page.url.rsplit("/", 1)[-1]
    read_to_the_end(page, scroller)
    assert sorted(got[video]) == sorted(world.holdings("lamptok")[video].ids)
    assert len(got) == 2, "the neighbour's first page came too"
    page.close()
