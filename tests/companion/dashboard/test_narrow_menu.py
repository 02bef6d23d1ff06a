"""The menu on a phone: the entry of the page that is open is in sight, and so are its neighbours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.companion.dashboard.test_in_browser import Enter

pytestmark = pytest.mark.browser

IN_SIGHT = """() => { const box = document.querySelector(".menu [aria-current]").getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth }"""


@pytest.mark.parametrize("path", ["/", "/hashtags", "/label", "/label/coverage", "/models", "/settings"])
def test_the_open_page_is_in_sight_in_the_menu(person: Enter, path: str) -> None:
    page: Page = person(viewport={"width": 390, "height": 800})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(IN_SIGHT)
    assert page.evaluate("document.querySelector('.menu').scrollWidth > innerWidth")  # else there would be nothing to see
    assert page.evaluate("scrollY") == 0
