"""The creator's panel on a video that is not stored: what the page itself shows is scored, or the reason stands there why not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.product import Product, says
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread

pytestmark = pytest.mark.browser


def test_the_panel_says_what_is_known_of_the_video_or_why_nothing_is(product: Product, tab: Page) -> None:
    reader = product.open(tab, thread("creator-panel", "where can I buy this lamp??"), "g4")
    reader.click(reader.one("button.opener"))
    wait_until(tab, lambda: reader.all(".body section"), what="what is known")
    words = " ".join(section.text for section in reader.all(".body section"))
    assert says("quality_video") in words
    assert says("quality_none") in words
    assert "not enough data" in words or says("quality_part_shares") in words
    assert "NaN" not in words
