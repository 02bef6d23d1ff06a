"""The creator's panel: what the companion knows of a stored creator, and what the page itself shows of any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel
from companion.store import open_store
from tests.companion.graded_scene import DAY, Scene
from tests.e2e.layout import COUNT_SHIFTS, layout_shift
from tests.e2e.product import Product, product, says
from tests.e2e.shadow import ShadowElement, ShadowReader
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread
from tests.replica import Video, World

pytestmark = pytest.mark.browser

VIDEOS = 12
TILES = '[data-e2e="user-post-item"] a[href*="/video/"]'
PILL, NUMBER, BUBBLE = "button.opener", "button.why", ".bubble"
COVERED = """([x, y, width, height]) => [...document.querySelectorAll('a[href], button, input, [role="tab"]')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.left < x + width && x < box.right && box.top < y + height && y < box.bottom;
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module", name="product")
def stored(extension: Path, model: IntentModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A paired browser, a creator with 12 stored videos of which the first has graded comments, and one who is not stored."""
    with product(tmp_path_factory.mktemp("creators")) as running:
        videos = running.replica.add_world(World(VIDEOS, 4)) + running.replica.add_world(World(VIDEOS, 4, seed=2))
        store = open_store(running.companion.workspace)
        scene = Scene(store, model.id)
        maker = videos[0].creator
        scene.creator(maker.uid, handle=maker.handle, followers=8_000)
        for number, video in enumerate(videos[:VIDEOS]):
            at = video.create_time * 1000
            scene.video(video.id, maker.uid, created_at=at, duration_ms=20_000)
            for look in range(1, 4):
                scene.counted(video.id, at + look * DAY, plays=900 * look * (number + 1), likes=60 * look, comments=4, shares=5 * look)
        scene.says(videos[0].id, *[0.9] * 9, *[0.1] * 3, sentiment="positive")
        scene.graded()
        yield running


def made(product: Product, seed: int) -> Video:
    """The newest video of a world."""
    return product.replica.videos[f"world-{seed}-0"]


def unfolded(reader: ShadowReader) -> None:
    if reader.one(PILL).attributes["aria-expanded"] == "false":
        reader.click(reader.one(PILL))


def number(reader: ShadowReader, label: str) -> ShadowElement:
    return next(one for one in reader.wait_for(NUMBER) if label in one.text)


def test_a_profile_tells_rate_score_parts_latest_video_and_tip_and_moves_nothing(product: Product, tab: Page) -> None:
    video = made(product, 1)
    product.replica.configure(page_script=COUNT_SHIFTS)
    tab.goto(product.replica.url(f"/@{video.creator.handle}"))
    reader = ShadowReader(tab)
    wait_until(tab, lambda: tab.locator(TILES).count() >= VIDEOS, what="the tiles")
    wait_until(tab, lambda: "75\u00a0% · 12" in reader.one(PILL).text, what="the rate on the pill")
    shifts = layout_shift(tab)
    unfolded(reader)
    words = reader.one(".body").text
    assert f"@{video.creator.handle}" in words
    assert "8,000 followers · 12 videos stored" in words
    assert says("quality_range", 47, "91\u00a0%") in words
    assert says("quality_of", 12) in words
    assert all(says(f"quality_part_{part}") in words for part in ("deviation", "sentiment", "shares", "engagement"))
    assert says("quality_up_sentiment") in words
    assert "Latest video" in words
    assert "What would help" in words
    assert "NaN" not in words
    assert layout_shift(tab) == shifts, tab.evaluate("window.shifts")


def test_every_number_is_explained_to_pointer_and_keyboard_within_the_panel(product: Product, tab: Page) -> None:
    tab.goto(product.replica.url(f"/@{made(product, 1).creator.handle}"))
    reader = ShadowReader(tab)
    wait_until(tab, lambda: "%" in reader.one(PILL).text, what="the answer")
    unfolded(reader)
    reader.hover(number(reader, says("quality_part_sentiment")))
    wait_until(tab, lambda: says("quality_means_sentiment") in reader.one(BUBBLE).text, what="the bubble under the pointer")
    card, bubble = reader.one(".card").box, reader.one(BUBBLE).box
    assert card.y <= bubble.y
    assert bubble.y + bubble.height <= card.y + card.height
    tab.mouse.move(900, 20)
    wait_until(tab, lambda: not reader.one(BUBBLE).shown, what="no bubble without the pointer")

    reader.evaluate(reader.one(PILL), "function () { this.focus(); }")
    for _ in range(len(reader.all(NUMBER)) + 1):  # back over the way to the companion, to the first number
        tab.keyboard.press("Shift+Tab")
    wait_until(tab, lambda: says("quality_means_rate") in reader.one(BUBBLE).text, what="the bubble of the focused number")
    tab.keyboard.press("Escape")
    wait_until(tab, lambda: not reader.one(BUBBLE).shown, what="no bubble after Escape")
    assert reader.one(".body").shown
    tab.keyboard.press("Escape")
    wait_until(tab, lambda: not reader.one(".body").shown, what="the folded panel")


def test_a_video_has_its_own_stage_and_checks_beside_its_creators(product: Product, tab: Page) -> None:
    reader = product.open(tab, made(product, 1), "g4")
    wait_until(tab, lambda: "%" in reader.one(PILL).text, what="the answer")
    unfolded(reader)
    words = reader.one("[role=tabpanel]").text
    assert says("quality_stage") in words
    assert says("quality_not_looked") in words
    assert says("quality_means_stage") in reader.evaluate(number(reader, says("quality_stage")), "function () { return this.textContent; }")
    reader.click(reader.one("#tab-creator"))
    wait_until(tab, lambda: "12 videos stored" in reader.one("[role=tabpanel]").text, what="the creator's tab")
    tab.keyboard.press("ArrowLeft")
    wait_until(tab, lambda: says("quality_stage") in reader.one("[role=tabpanel]").text, what="the video's tab again")
    reader.click(reader.one("button.pill"))
    wait_until(tab, lambda: not reader.one(PILL).shown, what="room for the video's own panel")
    reader.click(reader.one("button.pill"))
    wait_until(tab, lambda: reader.one(PILL).shown, what="the creator's pill again")


def test_an_unknown_creator_is_told_from_what_the_page_lists(product: Product, tab: Page) -> None:
    tab.goto(product.replica.url(f"/@{made(product, 2).creator.handle}"))
    reader = ShadowReader(tab)
    reader.one(PILL)
    unfolded(reader)
    wait_until(tab, lambda: f"{VIDEOS} videos listed" in reader.one(".body").text, what="what the page lists")
    words = reader.one(".body").text
    assert says("quality_unknown") in words
    assert "1,000 followers" in words
    assert reader.all("footer") == []


def test_the_folded_panel_covers_no_control_of_the_page(product: Product, tab: Page) -> None:
    for width in (1440, 1000):
        tab.set_viewport_size({"width": width, "height": 900})
        for path in (f"/@{made(product, 1).creator.handle}", made(product, 1).path):
            tab.goto(product.replica.url(path))
            reader = ShadowReader(tab)
            pill = reader.one(PILL)
            if pill.attributes["aria-expanded"] == "true":
                reader.click(pill)
            box = reader.one(PILL).box
            assert tab.evaluate(COVERED, [box.x, box.y, box.width, box.height]) == [], (width, path)


def test_the_creators_page_opens_in_the_companion(product: Product, tab: Page) -> None:
    tab.goto(product.replica.url(f"/@{made(product, 1).creator.handle}"))
    reader = ShadowReader(tab)
    wait_until(tab, lambda: "%" in reader.one(PILL).text, what="the answer")
    unfolded(reader)
    with product.context.expect_page() as opening:
        reader.click(reader.one("button.open"))
    page = opening.value
    expect(page).to_have_url(f"http://127.0.0.1:{product.companion.port}/creators/tiktok/{made(product, 1).creator.uid}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"@{made(product, 1).creator.handle}")
    page.close()


def test_a_video_that_is_not_stored_is_scored_from_what_the_page_shows_or_the_reason_stands_there(product: Product, tab: Page) -> None:
    reader = product.open(tab, thread("creator-panel", "where can I buy this lamp??"), "g4")
    reader.one(PILL)
    unfolded(reader)
    wait_until(tab, lambda: reader.all(".body section"), what="what is known")
    assert says("quality_video") in reader.one(".tabs").text
    words = reader.one("[role=tabpanel]").text
    assert says("quality_not_enough") in words or says("quality_part_shares") in words
    assert "NaN" not in words
    reader.click(reader.one("#tab-creator"))
    wait_until(tab, lambda: "No score of this creator yet" in reader.one("[role=tabpanel]").text, what="what the page says of the creator")
