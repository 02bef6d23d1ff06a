"""Between the quality room and the wire: rates, scores, stages, tips and what stands out as messages, in the words of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Literal

from companion.api import quality_wire
from companion.api.quality_shapes import sentences_of
from companion.quality.badge_record import half_of
from companion.quality.concrete_tips import ConcreteTip
from companion.quality.demand import Demand
from companion.quality.score import Score, Weighted
from companion.quality.stages import Chance, Stage
from companion.score_words import said
from companion.store import clock
from companion.stored_scores import ScoredVideo

CAPTION = 60
"""Characters of a caption that tell which video is meant."""


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
    half = half_of(score)
    low, high = _ends(None if half is None or score.value is None else (score.value - half, score.value + half))
    return quality_wire.QualityScore(
        value=score.value,
        partial=score.partial,
        reason=said(score.reason),
        parts=[_part(part) for part in parts],
        low=low,
        high=high,
        said=_coded(score.reason),
    )


def finding(words: str, evidence: str) -> quality_wire.Finding:
    """Something that stands out, with its evidence."""
    return quality_wire.Finding(words=words, evidence=evidence.replace(" sigmas", " times the usual spread"), said=_coded(evidence))


def stage_of(stage: Stage) -> quality_wire.Finding:
    """How far a feed has spread a video, with the reason."""
    return finding(stage.name, stage.reason)


def chance_of(chance: Chance | None) -> quality_wire.NextPool | None:
    """How probable the next pool is; None where that is no question."""
    return None if chance is None else quality_wire.NextPool(value=chance.value, low=chance.low, high=chance.high, n=chance.n)


def tip_of(tips: Sequence[ConcreteTip], videos: Sequence[ScoredVideo]) -> quality_wire.QualityTip | None:
    """The tip for the weakest part; None where there is none. `videos`: those that it may be about."""
    for one in tips:
        about = next((video.stored.caption for video in videos if video.stored.id == one.key), "")
        return quality_wire.QualityTip.model_validate(
            {
                "part": one.part,
                "points": one.points,
                "words": one.text,
                "video": one.key,
                "about": shorten(about, CAPTION, placeholder="…"),
                "said": _coded(one.text),
            }
        )
    return None


def _part(weighted: Weighted) -> quality_wire.ScorePart:
    part = weighted.component
    low, high = _ends(part.interval if part.unit == "points" else None)
    return quality_wire.ScorePart.model_validate(
        {
            "name": part.name,
            "points": part.points,
            "weight": min(1.0, weighted.weight),
            "reason": said(part.reason),
            "low": low,
            "high": high,
            "said": _coded(part.reason),
        }
    )


def _coded(text: str) -> list[quality_wire.Sentence]:
    return [quality_wire.Sentence(code=one.code, values=dict(one.values)) for one in sentences_of(text)]


def _ends(interval: tuple[float, float] | None) -> tuple[float, float] | tuple[None, None]:
    return (None, None) if interval is None else (max(0.0, interval[0]), min(100.0, interval[1]))
