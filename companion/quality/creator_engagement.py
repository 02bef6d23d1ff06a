"""Creator engagement: whether the creator talks with those who comment.

Source: creator replies / sqrt(top comments). Its faults: fifty replies in one quarrel count like fifty people answered; with no comments it
divides by zero; it has no upper end.

Mended: answered / aim, where `answered` counts top comments that have an answer of the creator, and the aim is the square root of the top
comments (the source's own scale: nobody can answer thousands); cut at 1 and shrunk towards PRIOR_VALUE by PRIOR comments' worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, sqrt

from companion.quality.components import Component, missing

NAME, UNIT = "engagement", "0 to 1"
SEED_UNIT = "replies per root of comments"
PRIOR_VALUE, PRIOR = 0.2, 1.0
"""An assumption, not a measurement: most creators answer a few. It weighs as much as one answer that was due."""


def creator_engagement(top_comments: int | None, answered_threads: Iterable[str]) -> Component:
    """The mended value. `answered_threads` names the top comment of each answer of the creator; one that was answered twice counts once."""
    if top_comments is None:
        return missing(NAME, UNIT, "the answers under the comments were not read")
    answered = min(len(set(answered_threads)), top_comments)
    if top_comments <= 0:
        return missing(NAME, UNIT, "no comment to answer")
    aim = sqrt(top_comments)
    value = (min(answered, aim) + PRIOR * PRIOR_VALUE) / (aim + PRIOR)
    more = max(0, ceil(aim) - answered)
    reason = f"answered {answered:,} of {top_comments:,} top comments"
    reason += f"; reply to {more:,} more of them for the full mark" if more else ""
    return Component(NAME, value, UNIT, 100 * value, top_comments, reason)


def seed_creator_engagement(top_comments: int | None, replies: int) -> Component:
    """The value as the source writes it; it has no upper end, so no points."""
    if top_comments is None:
        return missing(NAME, SEED_UNIT, "the answers under the comments were not read")
    if top_comments <= 0:
        return missing(NAME, SEED_UNIT, "no comments, and this formula divides by them")
    reason = f"{replies:,} replies of the creator under {top_comments:,} top comments"
    return Component(NAME, replies / sqrt(top_comments), SEED_UNIT, min(100.0, 100 * replies / sqrt(top_comments)), top_comments, reason)
