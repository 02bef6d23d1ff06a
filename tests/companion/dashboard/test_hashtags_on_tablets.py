"""Hashtags on a screen of middle width: one line each, its numbers beside its name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.companion.dashboard.test_in_browser import Enter

pytestmark = pytest.mark.browser

READING_MS = 60_000
"""By then a busy machine has read the sample's hashtags."""

LINES = """() => [...document.querySelectorAll("table.hashtags tbody tr")].map((row) =>
    [row.querySelector(".about").getBoundingClientRect(), row.querySelector("[data-label=Creators]").getBoundingClientRect()]
  ).map(([name, number]) => name.right <= number.left && Math.abs(name.top - number.top) < 8)"""


@pytest.mark.parametrize("width", [768, 1000])
def test_a_hashtags_numbers_stand_beside_its_name(person: Enter, width: int) -> None:
    page: Page = person(viewport={"width": width, "height": 900})
    page.goto("/hashtags")
    expect(page.locator("table.hashtags")).to_be_visible(timeout=READING_MS)
    beside = page.evaluate(LINES)
    assert beside == [True] * page.locator("table.hashtags tbody tr").count()
    assert beside != []
