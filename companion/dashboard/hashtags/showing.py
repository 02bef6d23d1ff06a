"""How many rows of a list a page shows: a few at first, more when asked."""

from __future__ import annotations

from collections.abc import Mapping

FIRST = 20
STEP = 40
MOST = 200
"""Rows on one page; files hold more."""


def shown_of(args: Mapping[str, str]) -> int:
    """Rows wanted by an address; a number that is none counts as the first few.

    >>> shown_of({}), shown_of({"shown": "60"}), shown_of({"shown": "9999"}), shown_of({"shown": "-1"})
    (20, 60, 200, 20)
    """
    text = args.get("shown", "")
    return max(FIRST, min(MOST, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else FIRST


def next_shown(shown: int, there: int) -> int:
    """Rows of the page with more; 0 where all `there` are shown or the page is full.

    >>> next_shown(20, 21), next_shown(20, 20), next_shown(180, 500), next_shown(200, 500)
    (60, 0, 200, 0)
    """
    return min(MOST, shown + STEP) if there > shown and shown < MOST else 0
