"""Comments that try to become markup, to turn the line around or to burst it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from companion.intent import IntentModel
from tests.e2e.badges import SeenBadge, expected, right, seen_badges
from tests.e2e.layout import row_boxes
from tests.e2e.product import Product, set_running
from tests.e2e.shadow import ShadowElement, ShadowReader
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread
from tests.replica import Layout

pytestmark = pytest.mark.browser

MARKUP = (
    "<img src=x onerror=\"window.hacked='img'\"> where can I buy this",
    "<svg/onload=\"window.hacked='svg'\"> need it",
    "</style><script>window.hacked='script'</script> how much",
    "javascript:window.hacked='link' does it ship to Canada?",
    '"><a href="javascript:window.hacked=1">get yours</a>',
    "{{constructor.constructor('window.hacked=1')()}} I bought two",
)
OVERRIDE = "\u202egro.live//:sptth\u202c \u2067need this\u2069 where to buy"
ZALGO = "w" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 40 + "ant th\u030d\u030e\u0310\u0311\u0312is lamp"
EMOJI = "😍" * 10_000
JOINERS = "need\u200d\u200d\u200d\u200c\u200b\u2060 this 👩\u200d👩\u200d👧\u200d👦 " + "\u200d" * 500
WILD = (OVERRIDE, ZALGO, EMOJI, JOINERS)

DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_MARKS = 3


def unfold(reader: ShadowReader) -> list[ShadowElement]:
    """Open the panel and give the texts in its list."""
    reader.click(reader.one("button.pill"))
    return reader.wait_for("ul.comments .text")


def quoted(reader: ShadowReader, badge: SeenBadge) -> str:
    """The comment as the open card quotes it; opens the card, and anew where the reasons did not come in time."""
    if reader.all(".problem"):
        reader.page.keyboard.press("Escape")
    if not reader.all("[role=dialog]"):
        reader.click(badge.element)
    return next((quote.text for quote in reader.all(".quote")), "")


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_attack_20_markup_in_a_comment_is_shown_as_text(layout: Layout, product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("markup", *MARKUP)
    reader = product.open(tab, video, layout)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badge on every hostile comment")
    for badge in seen_badges(reader):
        wait_until(tab, lambda: quoted(reader, badge) == badge.comment, what="the comment in its card")  # noqa: B023 - used at once
        tab.keyboard.press("Escape")
    assert {element.text for element in unfold(reader)} == set(MARKUP)
    assert reader.all("script, style, img, svg, iframe, object, embed, a, [onerror], [onload]") == []
    assert tab.evaluate("window.hacked") is None


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_attack_21_wild_text_and_names_leave_the_rows_as_they_were(layout: Layout, product: Product, tab: Page) -> None:
    plain = thread(f"wild-{layout}", *WILD, "and a plain one, where can I get it")
    comments = tuple(
        replace(one, user=replace(one.user, nickname=text[:300])) for one, text in zip(plain.comments, (*WILD, "Plain"), strict=True)
    )
    reader = product.open(tab, replace(plain, comments=comments), layout)
    wait_until(tab, lambda: len(seen_badges(reader)) >= 2, what="badges")
    with_badges = row_boxes(tab)
    set_running(product.context, False)
    wait_until(tab, lambda: reader.all("button") == [], what="the page without badges")
    without = row_boxes(tab)
    set_running(product.context, True)
    assert with_badges == without


def test_attack_21_the_panel_stays_readable_beside_wild_text(product: Product, tab: Page) -> None:
    video = thread("wild-panel", *WILD[:2], WILD[3], "and a plain one, where can I get it", "😍" * 1_500)
    reader = product.open(tab, video, "g4")
    wait_until(tab, lambda: len(reader.all("button.pill")) == 1, what="the panel")
    unfold(reader)
    wait_until(tab, lambda: len(reader.all("ul.comments .text")) == len(video.comments), what="every comment in the panel")
    (body,) = reader.all("section.body:not([hidden])")
    for text in reader.all("ul.comments .text"):
        assert not DIRECTION.search(text.text)
        assert len(text.text) <= 1_000
        assert longest_stack(text.text) <= MOST_MARKS
        assert text.box.height <= 48, "a comment takes two lines at most"
        assert body.box.x <= text.box.x
        assert text.box.x + text.box.width <= body.box.x + body.box.width
    assert reader.evaluate(body, "function () { return this.scrollWidth - this.clientWidth; }") <= 0


def longest_stack(text: str) -> int:
    """The most combining marks that stand on one letter."""
    longest = run = 0
    for letter in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(letter) == "Mn" else 0
        longest = max(longest, run)
    return longest
