"""The panel on a hashtag's page: what the companion knows of the hashtag, and on to a related one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel
from companion.store import open_store
from tests.companion.graded_scene import Scene
from tests.e2e.layout import COUNT_SHIFTS, layout_shift
from tests.e2e.product import Product, product, says, set_running
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import wait_until
from tests.replica import World

pytestmark = pytest.mark.browser

TILES = '[data-e2e="challenge-item"] a[href*="/video/"]'
PLACES = """() => [...document.querySelectorAll('#app *')]
  .map((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; })"""
VIDEOS = 12
PILL = "button.opener"
WANTS, LAUGHS = "Where can I buy this? I need one", "lol this is so funny"
"""Texts that the running companion, which may read them first, grades as the scene does."""

PATIENCE_S = 60.0
"""The companion reads its encoder and the tree before it knows of a hashtag."""


@pytest.fixture(scope="module", name="product")
def tagged(extension: Path, model: IntentModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A paired browser, two hashtags' pages, and three stored videos with both: 9 of 12 comments are close to buying."""
    with product(tmp_path_factory.mktemp("tagged")) as running:
        running.replica.add_world(World(VIDEOS, 4, tag="moisturizer"))
        running.replica.add_world(World(6, 4, seed=2, tag="dewyglow"))
        store = open_store(running.companion.workspace)
        scene = Scene(store, model.id)
        scene.creator("ana")
        for number in range(3):
            scene.video(f"v{number}", "ana", hashtags=("moisturizer", "dewyglow"))
            scene.says(f"v{number}", 0.9, 0.9, 0.9, text=WANTS)
            scene.says(f"v{number}", 0.1, text=LAUGHS)
        scene.graded()
        yield running


def test_a_hashtags_page_says_where_it_leads_and_moves_nothing(product: Product, tab: Page) -> None:
    product.replica.configure(page_script=COUNT_SHIFTS)
    tab.goto(product.replica.url("/tag/moisturizer"))
    wait_until(tab, lambda: tab.locator(TILES).count() >= VIDEOS, what="the tiles")
    reader = ShadowReader(tab)
    pill = reader.one(PILL, timeout=PATIENCE_S)
    assert pill.text.startswith(f"{says('hashtag_pill')} 75\u00a0% · 12")
    places, shifts = tab.evaluate(PLACES), layout_shift(tab)

    reader.click(pill)
    words = reader.one(".body").text
    assert "#moisturizer" in words
    assert "Beauty › Skin Care" in words
    assert says("quality_of_hashtag", 9, 12, "47\u00a0%", "91\u00a0%") in words
    assert (tab.evaluate(PLACES), layout_shift(tab)) == (places, shifts)
    tab.keyboard.press("Escape")
    wait_until(tab, lambda: not reader.one(".body").shown, what="the folded panel")

    set_running(product.context, on=False)
    wait_until(tab, lambda: not reader.all(PILL), what="a page without us")
    assert tab.evaluate(PLACES) == places
    set_running(product.context, on=True)
    wait_until(tab, lambda: reader.all(PILL), what="the panel once more")


def test_the_keyboard_unfolds_it_and_follows_a_related_hashtag(product: Product, tab: Page) -> None:
    tab.goto(product.replica.url("/tag/moisturizer"))
    reader = ShadowReader(tab)
    reader.evaluate(reader.one(PILL, timeout=PATIENCE_S), "function () { this.focus(); }")
    tab.keyboard.press("Enter")
    assert reader.one(".tags a").text == "#dewyglow"
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(product.replica.url("/tag/dewyglow"))
    assert reader.one(PILL, timeout=PATIENCE_S).text.startswith(says("hashtag_pill"))


def test_another_page_has_no_such_panel(product: Product, tab: Page) -> None:
    tab.goto(product.replica.url("/tag/moisturizer"))
    reader = ShadowReader(tab)
    reader.one(PILL, timeout=PATIENCE_S)
    tab.locator(TILES).first.click()
    wait_until(tab, lambda: not any(one.text.startswith(says("hashtag_pill")) for one in reader.all(PILL)), what="the video's page")
