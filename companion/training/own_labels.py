"""The user's labels as examples: what everybody said of a comment becomes one row, a part of the videos stays unseen."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low
from typing import Any

from companion.intent import Context
from companion.intent.language import language_of
from companion.intent.text import normalise
from companion.store import sample
from companion.store.labels import LabelEvent
from companion.training.examples import Example, Origin

HUMAN_WEIGHT = 3.0
"""A person's label counts as much as three invented lines: it is about the comments that the user sees."""

BLIND_SHARE = 0.3
"""Share of the labelled videos that is never trained on."""

TRADE = frozenset({"spam", "creator"})

MIN_BLIND_VIDEOS = 2
"""Below this every video is needed to learn from, and nothing can be told about them anyway."""


@dataclass(frozen=True)
class OwnLabels:
    """Labels to train on, and the blind ones to evaluate on: of other videos, given without sight of a suggestion."""

    train: list[Example]
    blind: list[Example]


def own_labels(votes: Sequence[LabelEvent]) -> OwnLabels:
    """Split what people said.

    A video is blind when its id falls into the blind share and none of its labels is a badge correction: those are made
    where the model is wrong, so they teach but never measure. What most people marked as an advert or as the creator's own
    words is left out: no buyer wrote it.
    """
    comments: defaultdict[tuple[str, str], list[LabelEvent]] = defaultdict(list)
    for vote in votes:
        if vote.platform != sample.PLATFORM and vote.grade is not None:
            comments[vote.platform, vote.comment_id].append(vote)
    rows = [(_video_of(said), said) for said in comments.values() if not _is_trade(said)]
    blind = _blind_videos((video, said) for video, said in rows)
    return OwnLabels(
        train=[_example(video, said) for video, said in rows if video not in blind],
        blind=[_example(video, said) for video, said in rows if video in blind and not any(vote.suggestion_shown for vote in said)],
    )


def _is_trade(said: Sequence[LabelEvent]) -> bool:
    """Whether the decision about it, else more than half of the people, marked it as spam or as the creator's."""
    counted = [vote for vote in said if vote.source == "adjudication"][-1:] or list(said)
    return sum(not TRADE.isdisjoint(vote.flags) for vote in counted) * 2 > len(counted)


def _blind_videos(rows: Iterable[tuple[str, Sequence[LabelEvent]]]) -> set[str]:
    corrected, seen = set(), set()
    for video, said in rows:
        seen.add(video)
        if any(vote.source == "badge" for vote in said):
            corrected.add(video)
    chosen = {video for video in seen - corrected if _place(video) < BLIND_SHARE}
    return chosen if len(seen) - len(chosen) >= MIN_BLIND_VIDEOS else set()


def _place(video: str) -> float:
    """A place in [0, 1) that depends on the video alone, so that it is blind today and tomorrow."""
    return int.from_bytes(hashlib.sha256(f"blind {video}".encode()).digest()[:8]) / 2**64


def _video_of(said: Sequence[LabelEvent]) -> str:
    last = said[-1]
    known = [vote.video_id for vote in said if vote.video_id]  # a vote that names no video moves nothing
    return f"{last.platform}:{known[-1] if known else last.comment_id}"


def _example(video: str, said: Sequence[LabelEvent]) -> Example:
    settled = [vote for vote in said if vote.source == "adjudication"][-1:]
    counted = settled or list(said)
    grades = [vote.grade for vote in counted if vote.grade is not None]
    last = counted[-1]
    origin: Origin = last.source
    return Example(
        text=last.text,
        context=_context(last.context),
        grade=median_low(grades),
        signal=_most(vote.signal for vote in counted),
        sentiment=_most(vote.sentiment for vote in counted),
        lang=language_of(normalise(last.text)),
        group=video,
        product=str(last.context.get("product") or ""),
        ratings=tuple(sorted(grades)) if len(grades) > 1 else (),
        weight=HUMAN_WEIGHT,
        origin=origin,
    )


def _context(stored: Mapping[str, Any]) -> Context:
    """The frozen context of a label; an imported one may be a plain text, its note."""
    known = {key: value for key, value in stored.items() if value}
    note = str(known.pop("note", ""))
    return replace(Context.of(known), note=note)


def _most(values: Iterable[str | None]) -> str | None:
    """What most people said, the later one among equals; None where nobody said."""
    given = [value for value in values if value is not None]
    counts = Counter(given)
    return max(reversed(given), key=lambda value: counts[value]) if given else None
