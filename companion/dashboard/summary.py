"""What the comments of one video say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.quality.asks import ASKING, Ask, ranked
from companion.quality.shares import Share, wilson
from companion.store.shelf import Heard


@dataclass(frozen=True)
class Summary:
    """Counts leave the creator's own answers out. `share` is None until a comment is graded."""

    seen: int
    graded: int
    high: int
    share: Share | None
    asks: list[Ask]
    objections: list[Ask]


def summarise(said: Sequence[Heard]) -> Summary:
    """The summary of what others than the creator say under a video."""
    read = [one for one in said if one.band]
    high = sum(1 for one in read if one.band == "high")
    asked = [(one.signal, one.text, one.likes) for one in read]
    return Summary(len(said), len(read), high, wilson(high, len(read)), ranked(asked, ASKING), ranked(asked, ["objection"]))
