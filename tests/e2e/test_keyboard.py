"""The card behind a badge by keyboard alone: it opens, keeps the Tab key, and gives the focus back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.product import Product, says
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread

pytestmark = pytest.mark.browser

FOCUSED = ".card :focus, .card:focus"
ROUND = 30
"""More steps than the card has buttons."""


def within(reader: ShadowReader) -> str | None:
    """The name of what has the focus in the card ("" for the scrolling reasons); None where the focus is elsewhere."""
    focused = reader.all(FOCUSED)
    return focused[0].attributes.get("aria-label", "") if focused else None


def test_tab_goes_round_in_the_open_card_and_escape_returns_to_its_badge(product: Product, tab: Page) -> None:
    reader = product.open(tab, thread("keyboard", "where can I buy this?"), "g4")
    badge = f'button[aria-label^="{says("badge_name", 8)}"]'
    wait_until(tab, lambda: bool(reader.all(badge)), what="a grade")
    reader.click(reader.one(badge))
    wait_until(tab, lambda: bool(reader.all(".why h3")), what="the reasons")
    met = []
    for _ in range(ROUND):
        tab.keyboard.press("Tab")
        met.append(within(reader))
    assert None not in met
    assert {says("popover_close"), says("popover_set", 1), says("popover_set", 10)} <= set(met)
    tab.keyboard.press("Escape")
    assert reader.all('[role="dialog"][tabindex="-1"] .grades') == []
    assert [one.attributes["aria-expanded"] for one in reader.all(f"{badge}:focus")] == ["false"]
