"""What a creator's fee buys: comments close to buying, counted at the depth at which creators are compared."""

from __future__ import annotations

from dataclasses import dataclass

from companion.quality.demand import Demand
from companion.store.quality_shortlist import Listed


@dataclass(frozen=True)
class Cost:
    """Fee for one video / comments close to buying among the first ones of a video, in `currency`.

    `low` and `high` follow from the 95 % interval of the share; `high` is None where nobody may be close to buying.
    """

    value: float | None
    low: float
    high: float | None
    currency: str


def cost_of(entry: Listed | None, demand: Demand | None) -> Cost | None:
    """The cost per comment close to buying; None without a fee or without counted comments.

    >>> from companion.quality.shares import wilson
    >>> demand = Demand("tiktok", "c", 2, 10, wilson(10, 40), 0, None, None)
    >>> cost_of(Listed("tiktok", "c", fee=200.0, currency="EUR"), demand).value  # 5 of 20 comments of a video
    40.0
    """
    if entry is None or entry.fee is None or demand is None:
        return None
    of_a_video = demand.share.n / demand.videos
    value, low, high = (
        entry.fee / (of_a_video * share) if share > 0 else None for share in (demand.share.value, demand.share.high, demand.share.low)
    )
    return Cost(value, low or 0.0, high, entry.currency)


def money(amount: float, currency: str) -> str:
    """An amount as it stands on screen.

    >>> money(1234.5, "EUR"), money(3, "")
    ('1,234.50 EUR', '3')
    """
    written = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"{written} {currency}".strip()
