"""The shop card: scroll the feed, a card comes, a click opens the product and changes the next card, a hide is for good."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.layout import COUNT_SHIFTS, layout_shift
from tests.e2e.product import Product, fresh_tab, look_again, product, says
from tests.e2e.shadow import ShadowElement, ShadowReader
from tests.e2e.stack import ROOT, extension_page, wait_until
from tests.e2e.threads import thread
from tests.replica.content import NOW

pytestmark = pytest.mark.browser

SHOP = "shop.example"
EVERY = 2
LAMPS = ("mushroom", "moon", "brass", "paper", "sunset", "cordless", "ceramic", "arc")
BACKPACKS = ("canvas", "leather", "beach", "laptop", "gym", "rolltop", "hiking", "school")
LAMP_CAPTION = "this table lamp on my nightstand makes the whole bedroom cozy #tablelamp"
BACKPACK_CAPTION = "packing my backpack for a week, everything fits #backpack"
CAPTIONS = (LAMP_CAPTION, BACKPACK_CAPTION, LAMP_CAPTION, LAMP_CAPTION, LAMP_CAPTION, LAMP_CAPTION, LAMP_CAPTION, LAMP_CAPTION)
"""Of the first videos of the feed; a card comes at every second."""

CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, [id^="xgwrapper-"]')]
  .map((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height, one.outerHTML.slice(0, 90)]; })
  .filter(([x, y, width, height]) => width > 0 && height > 0 && x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight)"""
PLACES = """() => [...document.querySelectorAll('#app *')]
  .map((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; })"""


@dataclass(frozen=True)
class Seen:
    """A product on the card."""

    title: str
    element: ShadowElement


@pytest.fixture(scope="module")
def shop(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A paired browser, a catalogue of lamps and backpacks, a feed about both."""
    folder = tmp_path_factory.mktemp("shop")
    with product(folder) as running:
        fill_catalogue(running.companion.workspace, folder / "feed.csv")
        for number, caption in enumerate(CAPTIONS):
            video = thread(f"shop-{number}", "so pretty", caption=caption)
            running.replica.add(replace(video, create_time=NOW + 1_000 - number), listed=True)
        running.context.route(f"https://{SHOP}/**", product_page)
        options = extension_page(running.context, "options")
        expect(options.locator("#state")).to_have_text(says("state_ready"))
        options.locator("#shop-every").fill(str(EVERY))
        options.locator("#shop-hosts").fill(SHOP)
        options.locator("#shop-form button[type=submit]").click()
        expect(options.locator("#shop-message")).to_have_text(says("options_shop_saved"))
        options.close()
        yield running


def fill_catalogue(workspace: Path, feed: Path) -> None:
    """Import lamps and backpacks by the command line, as a user does."""
    with feed.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "title", "category", "price", "currency", "link"])
        for kind, names, path in (("table lamp", LAMPS, "Home > Lighting > Table lamps"), ("backpack", BACKPACKS, "Bags > Backpacks")):
            for number, name in enumerate(names):
                ident = f"{name}-{kind.split()[-1]}"
                rows.writerow([ident, f"{name.title()} {kind}", path, 20 + 5 * number, "USD", f"https://{SHOP}/{ident}"])
    command = [sys.executable, "-m", "companion", "shop", "import", str(feed), "--workspace", str(workspace)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


def product_page(route: Route) -> None:
    """The shop's answer, in place of the web."""
    route.fulfill(body=f"<title>{route.request.url}</title>", content_type="text/html")


def open_feed(running: Product, page: Page) -> ShadowReader:
    running.replica.configure(page_script=COUNT_SHIFTS)
    page.goto(running.replica.url("/foryou"))
    expect(page.locator("#one-column-item-0 video")).to_be_attached()
    page.wait_for_timeout(1_000)
    return ShadowReader(page)


def scroll_to(page: Page, place: int) -> None:
    """Turn the wheel over the feed until that video is in the middle."""
    page.mouse.move(720, 300)
    top = "(place) => Math.abs(document.querySelector(`#one-column-item-${place}`)?.getBoundingClientRect().top ?? 1e6)"
    while page.evaluate(top, place) > 1:
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(700)


def card(reader: ShadowReader) -> list[Seen]:
    """The products on the card on screen, once there are any."""
    wait_until(reader.page, lambda: any(one.shown for one in reader.all("section.card .title")), what="the card")
    titles = [one for one in reader.all("section.card .title") if one.shown]
    return [Seen(one.text, one) for one in titles]


def press(reader: ShadowReader, title: str, name: str) -> None:
    """Click what bears that accessible name for that product."""
    label = says(name, title, SHOP)
    reader.click(next(one for one in reader.all("section.card a, section.card button") if one.attributes.get("aria-label") == label))


def events(running: Product) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(running.companion.database)) as database:
        return database.execute("SELECT kind, product, place, propensity FROM shop_event ORDER BY seq").fetchall()


def no_card(reader: ShadowReader) -> bool:
    return not any(one.shown for one in reader.all("section.card"))


def test_scroll_click_hide_and_restart(shop: Product) -> None:
    with fresh_tab(shop) as tab:
        reader = open_feed(shop, tab)
        assert no_card(reader), "the first video gets none"
        scroll_to(tab, 1)
        places, shifts = tab.evaluate(PLACES), layout_shift(tab)
        first = card(reader)
        assert all("backpack" in one.title for one in first)
        assert tab.evaluate(PLACES) == places, "the page must not move"
        assert layout_shift(tab) == shifts
        covers_nothing(reader)
        buttons_in_one_line(reader)
        wait_until(tab, lambda: len(events(shop)) >= len(first), what="the impressions")
        assert all(kind == "impression" and place > 0 and 0 < propensity <= 1 for kind, _, place, propensity in events(shop))

        clicked = first[0].title
        with shop.context.expect_page() as opening:
            press(reader, clicked, "shop_open_name")
        opened = opening.value
        opened.wait_for_load_state()
        assert opened.url.startswith(f"https://{SHOP}/")
        assert opened.evaluate("[window.opener, document.referrer]") == [None, ""]
        opened.close()
        wait_until(tab, lambda: any(kind == "click" for kind, *_ in events(shop)), what="the click in the database")

        scroll_to(tab, 2)
        wait_until(tab, lambda: no_card(reader), what="the card to leave with its video")
        scroll_to(tab, 3)
        second = card(reader)
        backpacks = [one.title for one in second if "backpack" in one.title]
        assert backpacks, "a lamp's card has a backpack now, because one was opened"
        assert clicked not in backpacks
        assert says("shop_reason_opened", clicked) in why(reader, backpacks[0])
        lamp = next(one.title for one in second if "lamp" in one.title)
        press(reader, lamp, "shop_hide_name")
        wait_until(tab, lambda: lamp not in {one.title for one in card(reader)}, what="the hidden lamp to go")
        wait_until(tab, lambda: any(kind == "hide" for kind, *_ in events(shop)), what="the hide in the database")
        for place in (5, 7):
            scroll_to(tab, place)
            assert lamp not in {one.title for one in card(reader)}

    shop.companion.stop()
    shop.companion.start()
    look_again(shop.context, "ready")
    with fresh_tab(shop) as tab:
        reader = open_feed(shop, tab)
        scroll_to(tab, 1)
        card(reader)
        scroll_to(tab, 3)
        again = {one.title for one in card(reader)}
        assert lamp not in again
        assert any("backpack" in title for title in again), "the click is remembered"


def why(reader: ShadowReader, title: str) -> str:
    """Unfold "Why this?" of a product and read it."""
    item = next(one for one in reader.all("section.card .items > li") if title in one.text)
    place = item.attributes["data-product"]
    button = next(one for one in reader.all("section.card button") if one.attributes.get("aria-controls") == f"why-{place}")
    reader.click(button)
    return next(one.text for one in reader.all("section.card .why") if one.attributes["id"] == f"why-{place}")


def covers_nothing(reader: ShadowReader) -> None:
    """The card lies over no control and no video of the page."""
    box = next(one for one in reader.all("section.card") if one.shown).box
    for x, y, width, height, html in reader.page.evaluate(CONTROLS):
        apart = x >= box.x + box.width or x + width <= box.x or y >= box.y + box.height or y + height <= box.y
        assert apart, f"the card covers {html}"


def buttons_in_one_line(reader: ShadowReader) -> None:
    """What a person can do with a product stands side by side."""
    rows = {(one.text, one.box.y) for one in reader.all("section.card .items > li:first-child .hands > *") if one.shown}
    assert len(rows) == 4, rows
    assert len({y for _, y in rows}) == 1, rows


def test_the_card_can_be_used_by_keyboard_and_keeps_its_keys_to_itself(shop: Product) -> None:
    with fresh_tab(shop) as tab:
        reader = open_feed(shop, tab)
        scroll_to(tab, 1)
        card(reader)
        focused = "function () { return this.getRootNode().activeElement === this; }"
        for _ in range(120):
            tab.keyboard.press("Tab")
            if any(reader.evaluate(one, focused) for one in reader.all("section.card a.open")):
                break
        else:
            pytest.fail("Tab never came to the card")
        tab.keyboard.press("ArrowDown")
        tab.wait_for_timeout(500)
        assert abs(tab.evaluate("document.querySelector('#one-column-item-1').getBoundingClientRect().top")) <= 1, "the feed must not move"
        tab.keyboard.press("Escape")
        wait_until(tab, lambda: no_card(reader), what="the card to close")


def test_one_switch_turns_it_off(shop: Product) -> None:
    with fresh_tab(shop) as tab:
        reader = open_feed(shop, tab)
        scroll_to(tab, 1)
        card(reader)
        options = extension_page(shop.context, "options")
        expect(options.locator("#shop-card")).to_be_checked()
        options.locator("#shop-card").set_checked(False, force=True)
        tab.bring_to_front()
        wait_until(tab, lambda: no_card(reader), what="the card to go")
        options.locator("#shop-card").set_checked(True, force=True)
        options.close()
