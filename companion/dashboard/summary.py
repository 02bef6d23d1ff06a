"""What the comments of one video say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.dashboard.asks import ASKING, Ask, ranked
from companion.dashboard.readings import Row
from companion.dashboard.share import Share, wilson


@dataclass(frozen=True)
class Summary:
    """Counts leave the creator's own answers out. `share` is None until a comment is graded."""

    seen: int
    graded: int
    high: int
    share: Share | None
    asks: list[Ask]
    objections: list[Ask]


def summarise(rows: Sequence[Row]) -> Summary:
    """The summary of a video's rows."""
    audience = [row for row in rows if not row.comment.is_creator_reply]
    read = [(row, row.reading) for row in audience if row.reading]
    high = sum(1 for _, reading in read if reading.band == "high")
    said = [(reading.signal, row.comment.text, row.comment.likes or 0) for row, reading in read]
    return Summary(len(audience), len(read), high, wilson(high, len(read)), ranked(said, ASKING), ranked(said, ["objection"]))
