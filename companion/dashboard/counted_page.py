"""What pages over the demand board share: which rows stand on the page, and whether the figures are of now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from companion.store import clock

PAGE = 50
"""Rows on a page."""


class _Chosen(Protocol):
    @property
    def page(self) -> int:
        """Number of the page, from 1."""


class CountedPage:
    """Mixin of a view with `choice`, `rows` and `counted_at` (ms UTC, None while counting goes on)."""

    choice: _Chosen
    rows: Sequence[object]
    counted_at: int | None

    @property
    def first(self) -> int:
        """Number of the first row shown."""
        return (self.choice.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def is_old(self) -> bool:
        """Whether the figures may be behind what is stored."""
        return self.counted_at is not None and clock.now_ms() - self.counted_at > clock.MINUTE
