"""Answers find their clicks, late ones too."""

from __future__ import annotations

from scraper.clicks import Clicks

A, B = "7700000000000000001", "7700000000000000002"


def test_where_the_page_has_ids_an_answer_belongs_to_its_comment() -> None:
    clicks = Clicks()
    clicks.click(A)
    clicks.click(B)
    clicks.hear([B])
    assert (clicks.answers(A), clicks.answers(B), clicks.comment(B)) == (0, 1, B)
    clicks.hear([B, A])
    assert (clicks.answers(A), clicks.answers(B)) == (1, 1)


def test_without_ids_a_late_answer_belongs_to_the_click_that_waits_longest() -> None:
    clicks = Clicks()
    clicks.click("/@mia|where|0")
    clicks.click("/@joe|price|0")
    clicks.hear([A])
    assert (clicks.answers("/@mia|where|0"), clicks.answers("/@joe|price|0")) == (1, 0)
    clicks.hear([A, A, B])
    assert (clicks.answers("/@mia|where|0"), clicks.comment("/@joe|price|0")) == (2, B)


def test_a_click_that_met_nothing_waits_for_nothing() -> None:
    clicks = Clicks()
    clicks.click("/@mia|where|0")
    clicks.withdraw("/@mia|where|0")
    clicks.click("/@joe|price|0")
    clicks.hear([A])
    assert clicks.comment("/@joe|price|0") == A
    assert clicks.comment("/@mia|where|0") is None
