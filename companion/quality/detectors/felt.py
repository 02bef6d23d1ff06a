"""How comments feel, counted: the parts that are negative, positive and angry, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.quality.comment_sentiment import VALUES, FeltComment
from companion.quality.shares import Share, wilson

LEAST = 20
"""Comments below which a share of them says nothing."""


@dataclass(frozen=True)
class Felt:
    """Shares of n comments."""

    negative: Share
    positive: Share
    angry: Share


def felt_of(comments: Sequence[FeltComment]) -> Felt | int:
    """The shares, or the number of comments where they are fewer than LEAST."""
    read = [one for one in comments if one.sentiment in VALUES]
    n = len(read)
    if n < LEAST:
        return n
    shares = [
        wilson(sum(one.sentiment == "negative" for one in read), n),
        wilson(sum(one.sentiment == "positive" for one in read), n),
        wilson(sum(one.emotion == "anger" for one in read), n),
    ]
    negative, positive, angry = (share or Share(0.0, 0.0, 1.0, 0) for share in shares)
    return Felt(negative, positive, angry)
