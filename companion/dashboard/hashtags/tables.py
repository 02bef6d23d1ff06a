"""Rows of tags as the pages and their files show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.dashboard.hashtags.numbers import growth_words, numbers_of, share_of, trend_line
from companion.exporting.tables import Column, Value
from companion.hashtags import Atlas, TagMatch, TagStatistics
from companion.quality.shares import Share

COLUMNS = (
    Column("hashtag"),
    Column("fit", "number"),
    Column("videos", "integer"),
    Column("creators", "integer"),
    Column("graded_comments", "integer"),
    Column("close_to_buying", "integer"),
    Column("share_close_to_buying", "number"),
    Column("share_low", "number"),
    Column("share_high", "number"),
    Column("growth", "number"),
    Column("median_plays", "number"),
    Column("ranked_by"),
)
"""Of every table of tags that can be saved."""


@dataclass(frozen=True)
class TagRow:
    """A tag with its numbers; `fit` 0 to 1 is how well it matches what was asked, None where nothing was."""

    numbers: TagStatistics
    fit: float | None = None
    ranked_by: str = ""

    @property
    def tag(self) -> str:
        """Without "#"."""
        return self.numbers.tag

    @property
    def share(self) -> Share | None:
        """Graded comments close to buying."""
        return share_of(self.numbers)

    @property
    def growth(self) -> str:
        """In words."""
        return growth_words(self.numbers)

    @property
    def trend(self) -> str:
        """Points of the line of videos a week."""
        return trend_line(self.numbers.trend)

    @property
    def values(self) -> list[Value]:
        """In the order of `COLUMNS`."""
        n, share = self.numbers, self.share
        shares: list[Value] = [None, None, None]
        if share:
            shares = [round(share.value, 4), round(share.low, 4), round(share.high, 4)]
        growth = None if n.growth is None else round(n.growth, 3)
        return [n.tag, self.fit, n.videos, n.creators, n.graded, n.high, *shares, growth, n.median_plays, self.ranked_by or None]


def tag_rows(numbers: Iterable[TagStatistics]) -> tuple[TagRow, ...]:
    """Rows of tags that nothing was asked of."""
    return tuple(TagRow(one) for one in numbers)


def match_rows(atlas: Atlas, matches: Iterable[TagMatch]) -> tuple[TagRow, ...]:
    """Rows of tags that match a category, best first."""
    return tuple(TagRow(numbers_of(atlas, match.tag), match.score, match.strategy) for match in matches)
