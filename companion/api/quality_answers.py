"""Between the quality room and the wire: rates and scores as messages."""

from __future__ import annotations

from typing import Literal

from companion.api import quality_wire
from companion.quality.demand import Demand
from companion.quality.score import Score
from companion.store import clock


def rate_of(demand: Demand | None, kinds: Literal["organic", "open", "all"]) -> quality_wire.IntentRate | None:
    """The share close to buying; None where nothing is counted."""
    if demand is None:
        return None
    share = demand.share
    first, last = (None if at is None else clock.iso(at) for at in (demand.first, demand.last))
    return quality_wire.IntentRate(
        value=share.value, low=share.low, high=share.high, n=share.n, videos=demand.videos, first=first, last=last, kinds=kinds
    )


def score_of(score: Score | None) -> quality_wire.QualityScore | None:
    """The score with its parts, those that decide most first."""
    if score is None:
        return None
    parts = sorted(score.parts, key=lambda part: -part.weight)
    return quality_wire.QualityScore.model_validate(
        {
            "value": score.value,
            "partial": score.partial,
            "reason": score.reason,
            "parts": [
                {
                    "name": part.component.name,
                    "points": part.component.points,
                    "weight": min(1.0, part.weight),
                    "reason": part.component.reason,
                }
                for part in parts
            ],
        }
    )
