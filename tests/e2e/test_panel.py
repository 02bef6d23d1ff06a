"""The panel's sums, its order and its table, and the settings that decide what is a quiet dot."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from math import floor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel, Prediction
from tests.e2e.badges import BADGE, expected, readings, right
from tests.e2e.product import Product, says
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import extension_page, wait_until
from tests.e2e.threads import thread
from tests.replica import User, Video

pytestmark = pytest.mark.browser

TEXTS = (
    "the cat in the background is the star",
    "where can I buy this lamp?? need it today",
    '=HYPERLINK("http://evil.example";"how much is it")',
    "+1 just ordered two of these",
    "-20% and I would buy it right now",
    "@sample.person look, where do they sell it",
    "too expensive for a piece of plastic",
    "first",
    "ordered mine yesterday, so excited",
    "does it ship to Canada, and how much",
    "I love the colour, so pretty",
    "broke after two days, do not buy",
    'the "warm, soft" light, what is the price',
)
FORMULA_STARTS = "=+-@"
HIGH = 0.5
ANSWER = "restock on friday, link in bio, order yours"


def scene(slug: str) -> Video:
    """A thread in which the creator answers too; what creators write is no buyer's."""
    video = thread(slug, *TEXTS, ANSWER)
    creator = User(video.creator.uid, video.creator.handle, video.creator.nickname)
    return replace(video, comments=(*video.comments[:-1], replace(video.comments[-1], user=creator)))


def opened(product: Product, tab: Page, model: IntentModel, slug: str) -> tuple[Video, ShadowReader, list[tuple[str, Prediction]]]:
    """The thread with all badges, the panel unfolded, and what the model says of the commenters' words."""
    video = scene(slug)
    reader = product.open(tab, video, "g4")
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="every badge")
    reader.click(reader.one("button.pill"))
    wait_until(tab, lambda: len(reader.all("ul.comments .text")) == len(TEXTS), what="every comment in the panel")
    said = readings(model, video)
    return video, reader, [(text, said[text]) for text in TEXTS]


def buyers_first(said: list[tuple[str, Prediction]]) -> list[str]:
    """Texts as the panel must list them: high intent first, then by grade, then as they came."""
    return [text for text, _ in sorted(said, key=lambda one: (one[1].p_high < HIGH, -one[1].grade))]


def percent(share: float) -> str:
    return f"{floor(share * 100 + 0.5)}\u00a0%"


def test_the_panel_counts_what_the_model_says_and_lists_buyers_first(product: Product, tab: Page, model: IntentModel) -> None:
    _, reader, said = opened(product, tab, model, "panel-counts")
    high = sum(one.p_high >= HIGH for _, one in said)
    assert 0 < high < len(TEXTS), "the thread must hold buyers and others, or this test says little"
    summary = reader.one(".summary").text
    assert reader.one(".share .big").text.startswith(percent(high / len(TEXTS)))
    assert says("panel_of_seen_other", len(TEXTS), high) in " ".join(summary.split())
    counted = {label.text: int(count.text) for label, count in zip(reader.all("ul.asks .label"), reader.all("ul.asks b"), strict=True)}
    asks = {says(f"popover_signal_{name}"): sum(one.signal == name for _, one in said) for name in SIGNALS}
    assert counted == {phrase: count for phrase, count in asks.items() if count}
    doubts = [text for text, one in said if one.signal == "objection"]
    assert [quote.text for quote in reader.all("ul.objections li")] == doubts[:3]
    assert [text.text for text in reader.all("ul.comments .text")] == buyers_first(said)
    reader.click(reader.one(".sort"))
    wait_until(tab, lambda: [text.text for text in reader.all("ul.comments .text")] == list(TEXTS), what="the order of the page")
    buyers = next(button for button in reader.all(".filters button") if button.text == says("panel_filter_buyers"))
    reader.click(buyers)
    kept = [text for text, one in said if one.p_high >= HIGH]
    wait_until(tab, lambda: [text.text for text in reader.all("ul.comments .text")] == kept, what="buyers only")


SIGNALS = ("price", "availability", "question", "want", "bought")


def test_the_downloaded_table_has_a_row_a_comment_and_no_formula(product: Product, tab: Page, model: IntentModel, tmp_path: Path) -> None:
    video, reader, said = opened(product, tab, model, "panel-csv")
    button = next(one for one in reader.all(".export button") if one.text == says("panel_download"))
    with tab.expect_download() as coming:
        reader.click(button)
    file = tmp_path / "table.csv"
    coming.value.save_as(file)
    assert coming.value.suggested_filename == f"buysignal-{video.id}.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    by_text = dict(said)
    assert [row["text"].removeprefix("'") for row in rows] == buyers_first(said)
    for row in rows:
        one = by_text[row["text"].removeprefix("'")]
        assert float(row["grade"]) == pytest.approx(one.grade, abs=0.01)
        assert row["high_intent"] == ("yes" if one.p_high >= HIGH else "no")
        assert row["signal"] == one.signal
        assert row["link"].endswith(video.path)
        assert not any(cell.startswith(tuple(FORMULA_STARTS)) for cell in row.values())
    neutralised = [row["text"] for row in rows if row["text"].startswith("'")]
    assert len(neutralised) == sum(text.startswith(tuple(FORMULA_STARTS)) for text in TEXTS)
    handles = {comment.user.handle for comment in video.comments if comment.user.handle != video.creator.handle}
    assert not any(handle in file.read_text(encoding="utf-8-sig") for handle in handles), "who wrote is left out"


def test_the_popup_shows_the_panels_counts(product: Product, tab: Page, model: IntentModel) -> None:
    _, _, said = opened(product, tab, model, "panel-popup")
    popup = extension_page(product.context, "popup")
    tab.bring_to_front()  # the popup tells of the tab in front
    expect(popup.locator("#high")).to_have_text(str(sum(one.p_high >= HIGH for _, one in said)))
    expect(popup.locator("#unsure")).to_have_text(str(sum(one.unsure for _, one in said)))
    expect(popup.locator("#seen")).to_have_text(str(len(TEXTS)))
    popup.close()


def test_the_threshold_decides_what_is_a_quiet_dot(product: Product, tab: Page, model: IntentModel) -> None:
    _, reader, said = opened(product, tab, model, "panel-threshold")
    by_text = dict(said)
    for threshold in (0.95, 0.05, 0.5):
        set_threshold(product, threshold)
        quiet = {text for text, one in by_text.items() if is_quiet(one, threshold)}
        wait_until(tab, lambda: quiet_dots(reader) & set(TEXTS) == quiet, what=f"the dots below {threshold}")  # noqa: B023 - used at once
    with closing(sqlite3.connect(product.companion.database)) as database:
        assert database.execute("SELECT count(*) FROM label_event").fetchone() == (0,)


def is_quiet(one: Prediction, threshold: float) -> bool:
    """Below the user's line, or so unsure that even the best case is no buyer."""
    return floor(one.interval[1] + 0.5) < 7 if one.unsure else one.p_high < threshold


def quiet_dots(reader: ShadowReader) -> set[str]:
    """Texts of the comments whose badge is a dot."""
    show = """function () {
      const host = this.getRootNode().host;
      const row = host.closest('[class*="DivCommentItemWrapper"]');
      return [this.firstChild.classList.contains('quiet'), row.querySelector('[data-e2e^="comment-level"]').innerText];
    }"""
    return {text for is_dot, text in (reader.evaluate(badge, show) for badge in reader.all(BADGE)) if is_dot}


def set_threshold(product: Product, value: float) -> None:
    """Move the slider on the options page."""
    page = extension_page(product.context, "options")
    slider = page.locator("#threshold")
    expect(page.locator("#state")).to_have_text(says("state_ready"))
    slider.fill(str(round(value * 100)))
    slider.dispatch_event("change")
    expect(page.locator("#threshold-value")).to_contain_text(str(round(value * 100)))
    page.wait_for_timeout(200)
    page.close()
