"""Moving through the site without a page load: each comment is read beside the video it stands under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel
from tests.e2e.badges import expected, right, seen_badges, wrong
from tests.e2e.browser import wait_for_comments
from tests.e2e.product import Product, look_again
from tests.e2e.relay import Relay, relay
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import set_port, wait_until
from tests.replica import Layout, Video

pytestmark = pytest.mark.browser

ENOUGH = 4  # badges that must be right before the next move


@pytest.fixture(scope="module")
def between(product: Product) -> Iterator[Relay]:
    """A relay that keeps the context in which each comment was asked for."""
    with relay(product.companion.port) as running:
        set_port(product.context, running.port)
        look_again(product.context, "ready")
        yield running


def check(page: Page, reader: ShadowReader, between: Relay, model: IntentModel, video: Video) -> None:
    """Wait for badges of ``video``; all are right, and were asked for beside its own caption and hashtags."""
    wanted = expected(model, video)
    wait_until(page, lambda: len(right(reader, wanted)) >= ENOUGH, what=f"badges on {video.slug}")
    assert wrong(reader, wanted) == []
    own = texts_of(video)
    asked = [body for body in between.scores if own & {comment["text"] for comment in body["comments"]}]
    assert asked
    for body in asked:
        assert body["context"]["caption"] == video.caption
        assert body["context"]["hashtags"] == list(video.hashtags)
        assert {comment["text"] for comment in body["comments"]} <= own, "one batch holds comments of one video only"


def texts_of(video: Video) -> set[str]:
    """Every comment and reply of a thread."""
    return {text for one in video.comments for text in (one.text, *(reply.text for reply in one.replies)) if text}


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_every_stop_of_a_journey_has_badges_in_its_own_context(
    layout: Layout, product: Product, tab: Page, between: Relay, model: IntentModel
) -> None:
    videos = product.replica.videos
    newest, second = product.replica.state.listed()[:2]
    lamp, fountain = videos["clip-lamp"], videos["cat-fountain"]
    stops = {video.slug: texts_of(video) for video in (newest, second, lamp, fountain)}
    assert sum(map(len, stops.values())) == len(set().union(*stops.values())), "a text must tell which video it stands under"
    product.replica.configure(layout=layout, grid_opens="overlay")
    tab.goto(product.replica.url("/foryou"))
    tab.evaluate("window.sameDocument = true")
    reader = ShadowReader(tab)
    tab.locator('[data-e2e="comment-icon"]').first.click()
    wait_for_comments(tab)
    check(tab, reader, between, model, newest)
    if layout == "g4":  # the drawer follows the card on screen; the address stays
        tab.evaluate("document.getElementById('one-column-item-1').scrollIntoView()")
        check(tab, reader, between, model, second)
    tab.evaluate(f"replica.navigate('{lamp.path}')")
    check(tab, reader, between, model, lamp)
    tab.evaluate(f"replica.navigate('/@{fountain.creator.handle}')")
    tile = tab.locator(f'[data-e2e="user-post-item"] a[href="{fountain.path}"]')
    expect(tile).to_be_visible()
    wait_until(tab, lambda: seen_badges(reader) == [], what="a profile without badges")
    tile.click()
    wait_for_comments(tab)
    check(tab, reader, between, model, fountain)
    tab.go_back()
    expect(tab.locator('[data-e2e="browse-close"]')).to_have_count(0)
    wait_until(tab, lambda: seen_badges(reader) == [], what="the profile without badges again")
    tab.go_back()
    wait_for_comments(tab)
    check(tab, reader, between, model, lamp)
    assert tab.evaluate("window.sameDocument"), "all of it happened in one document"


@pytest.mark.parametrize("layout", ["g4", "g2", "g1"])
def test_replies_are_read_as_answers_to_their_comment(
    layout: Layout, product: Product, tab: Page, between: Relay, model: IntentModel
) -> None:
    video = product.replica.videos["clip-lamp"]
    reader = product.open(tab, video, layout)
    wanted = expected(model, video)
    parent = next(comment for comment in video.comments if len(comment.replies) == 7)
    opener = {"g4": "View 7 replies", "g2": "View 7 replies", "g1": "View more replies (7)"}[layout]
    tab.get_by_text(opener, exact=True).click()
    for text in ("View 4 more", "View 1 more"):
        tab.get_by_text(text, exact=True).click()
    expect(tab.locator('[data-e2e="comment-level-2"]')).to_have_count(7)
    replies = {" ".join(reply.text.split()) for reply in parent.replies}
    wait_until(tab, lambda: replies <= right(reader, wanted), what="the right badge on every reply")
    assert wrong(reader, wanted) == []
    asked = {comment["text"]: comment["parent"] for body in between.scores for comment in body["comments"]}
    by_others = [reply.text for reply in parent.replies if reply.user.uid != video.creator.uid]
    assert 0 < len(by_others) < len(parent.replies)
    assert {reply.text: asked.get(reply.text) for reply in parent.replies if reply.text in asked} == dict.fromkeys(by_others, parent.text)
