"""Needs as the pages and their files show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.dashboard.shop.words import Item, prices_asked
from companion.exporting.tables import Column, Value
from companion.shop.demand import Answer, Need
from companion.store import clock

COLUMNS = (
    Column("need"),
    *(Column(name, "integer") for name in ("people", "comments_asking", "comments_about", "close_to_buying")),
    *(Column(name, "number") for name in ("share_close_to_buying", "share_low", "share_high")),
    Column("bought", "integer"),
    *(Column(name, "list") for name in ("asks", "prices_named", "objections", "languages")),
    Column("videos", "integer"),
    Column("in_catalogue"),
    Column("product_ids", "list"),
    *(Column(name) for name in ("first", "last")),
    Column("comment_ids", "list"),
)
"""Of the board of needs as a file."""


@dataclass(frozen=True)
class NeedRow:
    """A need, with the products that answer it; none are known where only its video shows it, or over the demo catalogue."""

    answer: Answer
    demo: bool

    @property
    def need(self) -> Need:
        """The need."""
        return self.answer.need

    @property
    def prices(self) -> list[str]:
        """Spans of the prices named."""
        return prices_asked(self.need.prices)

    @property
    def items(self) -> tuple[Item, ...]:
        """Products that answer it."""
        return tuple(Item(one) for one in self.answer.products)

    @property
    def state(self) -> str:
        """In the catalogue: yes, no, or "not known"."""
        if self.need.shown or self.demo:
            return "not known"
        return "yes" if self.answer.products else "no"

    @property
    def values(self) -> list[Value]:
        """In the order of `COLUMNS`."""
        need = self.need
        counts: list[Value] = [need.people, need.asking, need.share.n, need.high]
        shares: list[Value] = [round(part, 4) for part in (need.share.value, need.share.low, need.share.high)]
        said: list[Value] = [
            [f"{ask.words}: {ask.count}" for ask in need.asks],
            self.prices,
            [f"{ask.words}: {ask.count}" for ask in need.objections],
            [f"{lang or 'not known'}: {count}" for lang, count in need.languages],
        ]
        products: list[Value] = [self.state, [] if self.demo else [one.id for one in self.answer.products]]
        times: list[Value] = [clock.iso(at) if at else None for at in (need.first, need.last)]
        ids: Value = [f"{platform}:{ident}" for platform, ident in need.comments]
        return [need.name, *counts, *shares, need.bought, *said, len(need.videos), *products, *times, ids]


def rows_of(answered: Iterable[Answer], demo: bool) -> tuple[NeedRow, ...]:
    """Rows in the order given."""
    return tuple(NeedRow(one, demo) for one in answered)
