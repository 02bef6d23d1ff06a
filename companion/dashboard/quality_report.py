"""Making a report from the comments of a span of time, and holding it against the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from companion.creator_demand import graded_of
from companion.demand_by import grouped
from companion.quality.asks import ASKING, topic_of
from companion.quality.demand import CountedComment, Demand, demand
from companion.quality.shares import Share, wilson
from companion.store import clock, quality_first, quality_reports
from companion.store.quality_first import Counting, Voice
from companion.store.quality_reports import CreatorRow, ReportRow, Topic, TopicRow

QUOTES = 3
"""Comments quoted under a question or an objection, the most liked first."""


@dataclass(frozen=True)
class Change:
    """The difference of two shares (-1 to 1) with its 95 % interval; `is_sure` where the interval does not hold 0."""

    value: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether chance alone hardly makes it."""
        return self.low > 0 or self.high < 0


def change_of(now: Share | None, before: Share | None) -> Change | None:
    """Now - before; None where one is not known. Interval: Newcombe's hybrid of the two Wilson intervals (1998, method 10)."""
    if now is None or before is None:
        return None
    value = now.value - before.value
    down = sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Change(value, max(-1.0, value - down), min(1.0, value + up))


def make(connection: sqlite3.Connection, counting: Counting) -> tuple[ReportRow, list[CreatorRow], list[TopicRow]] | None:
    """Count a report; None where no graded comment came in within the span."""
    voices = list(quality_first.voices(connection, counting))
    graded = [one for voice in voices if (one := graded_of(voice.counted))]
    together = next(iter(demand((_as_one(one) for one in graded), counting.depth)), None)
    if together is None:
        return None
    head = ReportRow(
        0,
        counting.since,
        counting.until,
        counting.model,
        counting.depth,
        counting.kinds,
        together.videos,
        together.share.n,
        together.high,
        together.first,
        together.last,
    )
    makers = demand((one for one in graded if one.creator_id), counting.depth)
    known = quality_first.products(connection)
    products = demand(grouped(graded, lambda platform, video_id: known.get((platform, video_id), ())), counting.depth)
    open_ones = quality_first.answered(connection)
    asked = [voice for voice in voices if voice.signal in ASKING and (voice.counted.platform, voice.id) not in open_ones]
    against = [voice for voice in voices if voice.signal == "objection"]
    topics = [*_products(products), *_topics("question", asked), *_topics("objection", against)]
    return head, [_creator(one) for one in makers], topics


def keep(database: sqlite3.Connection, made: tuple[ReportRow, list[CreatorRow], list[TopicRow]]) -> int:
    """Store a report; the caller holds the transaction. Returns its id."""
    return quality_reports.add(database, *made)


def usual_since(last: ReportRow | None, now: int) -> int:
    """Where the next report begins: where the last one ended, else a week ago."""
    return last.at if last else now - 7 * clock.DAY


def comparable(head: ReportRow, before: ReportRow | None) -> bool:
    """Whether two reports were counted alike: the same model, depth and kinds of video."""
    return before is not None and (head.model, head.depth, head.kinds) == (before.model, before.depth, before.kinds)


def share_of(row: ReportRow | CreatorRow | TopicRow | None) -> Share | None:
    """The share close to buying with its interval."""
    return wilson(row.high, row.n) if row else None


def _as_one(one: CountedComment) -> CountedComment:
    return one._replace(platform="", creator_id="", video_id=f"{one.platform}:{one.video_id}")


def _creator(one: Demand) -> CreatorRow:
    return CreatorRow(one.platform, one.creator_id, one.videos, one.share.n, one.high, one.first, one.last)


def _products(found: Iterable[Demand]) -> list[TopicRow]:
    """By title; the same title on two platforms is one product."""
    sums: dict[str, tuple[int, int]] = {}
    for one in found:
        n, high = sums.get(one.creator_id, (0, 0))
        sums[one.creator_id] = n + one.share.n, high + one.high
    return [TopicRow("product", name, n, high) for name, (n, high) in sums.items()]


def _topics(kind: Topic, voices: Sequence[Voice]) -> list[TopicRow]:
    """By topic, the same words of the same writer once."""
    said: set[tuple[str, str]] = set()
    found: dict[str, list[Voice]] = {}
    for voice in voices:
        words = voice.counted.author, voice.counted.text_hash
        if voice.counted.author and words in said:
            continue
        said.add(words)
        found.setdefault(topic_of(voice.signal, voice.text), []).append(voice)
    return [_topic(kind, name, of_topic) for name, of_topic in found.items()]


def _topic(kind: Topic, name: str, voices: Sequence[Voice]) -> TopicRow:
    best = sorted(voices, key=lambda voice: -voice.likes)[:QUOTES]
    high = sum(1 for voice in voices if (one := graded_of(voice.counted)) and one.high)
    return TopicRow(kind, name, len(voices), high, tuple((voice.counted.platform, voice.id) for voice in best))
