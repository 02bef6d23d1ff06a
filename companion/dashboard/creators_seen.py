"""One creator as several pages show them: the score with its parts, the demand, the videos with what became of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from companion import demand_by
from companion.creator_demand import DEPTH
from companion.dashboard.creators_money import Cost, cost_of
from companion.dashboard.video_kinds import KINDS, kind_words
from companion.dashboard.video_names import name_of
from companion.demand_by import Heard
from companion.quality.asks import ASKING, Ask, ranked
from companion.quality.components import Component
from companion.quality.demand import Demand
from companion.quality.score import Score
from companion.quality.stages import Found, Stage
from companion.store import creators, first_comments, quality_learned, quality_shortlist, sample, videos
from companion.store.creators import Creator
from companion.store.quality_first import Counting
from companion.store.quality_learned import CreatorScore, Finding, Learned
from companion.store.quality_shortlist import Listed
from companion.store.videos import Metric, Video
from companion.stored_scores import FORMULA, ScoredCreator, ScoredVideo, score_creator
from companion.stored_stages import found_of


@dataclass(frozen=True)
class SeenVideo:
    """One video of a creator: its score, its demand, its views and stages over time, and what stands out."""

    video: Video
    scored: ScoredVideo
    demand: Demand | None
    metrics: tuple[Metric, ...]
    found: Found
    findings: tuple[Finding, ...]

    @property
    def stage(self) -> Stage:
        """How far it has been spread by now."""
        return self.found.now

    @property
    def name(self) -> str:
        """What it is called on screen."""
        return name_of(self.video, 80)

    @property
    def kind_words(self) -> str:
        """Whether it was paid for, as far as anybody says."""
        return kind_words(self.video)

    @property
    def against_own(self) -> Component:
        """How it did against the creator's earlier videos."""
        return next(part.component for part in self.scored.score.parts if part.component.name == "deviation")

    @property
    def line(self) -> str:
        """Views over time as points of an SVG line, 100 wide and 24 high; "" with fewer than three looks."""
        return line_of([(metric.at, metric.plays) for metric in self.metrics])


@dataclass(frozen=True)
class Seen:
    """Everything that is known of a creator. `scored` is None while no video is stored, `whole` while nothing that counts is graded."""

    creator: Creator
    scored: ScoredCreator | None
    heard: Heard
    kind: str
    aside: int
    videos: tuple[SeenVideo, ...]
    history: tuple[CreatorScore, ...]
    entry: Listed | None

    depth = DEPTH

    @property
    def key(self) -> str:
        """The value by which pages choose this creator."""
        return f"{self.creator.platform}:{self.creator.id}"

    @property
    def name(self) -> str:
        """What the creator is called on screen."""
        return f"@{self.creator.handle}" if self.creator.handle else self.creator.name or self.creator.id

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.creator.platform == sample.PLATFORM

    @property
    def score(self) -> Score | None:
        """The score, or None where nothing is stored to make one of."""
        return self.scored.score if self.scored else None

    @property
    def demand(self) -> Demand | None:
        """The demand under the videos that count."""
        return self.heard.whole

    @property
    def kind_words(self) -> str:
        """Which videos count, in words."""
        return KINDS[self.kind][0]

    def counts(self, video: Video) -> bool:
        """Whether the demand counts this video: it is of the chosen kind."""
        return (video.commerce or "unknown") in KINDS[self.kind][1]

    @property
    def cost(self) -> Cost | None:
        """What a comment close to buying costs at the noted fee."""
        return cost_of(self.entry, self.demand)

    @property
    def asks(self) -> list[Ask]:
        """What the first commenters ask, the most frequent first."""
        return ranked(self._said, ASKING)

    @property
    def objections(self) -> list[Ask]:
        """What holds them back."""
        return ranked(self._said, ["objection"])

    @property
    def _said(self) -> list[tuple[str, str, int]]:
        return [(voice.signal, voice.text, voice.likes) for voice in self.heard.voices if voice.signal]

    @property
    def line(self) -> str:
        """The score at each rescore by today's formula, as points of an SVG line; "" before the third."""
        return line_of([(one.at, one.value) for one in self.history if one.formula == FORMULA], ends=(0, 100))


def see(  # noqa: PLR0913, PLR0917 (each is a choice of a page)
    database: sqlite3.Connection, model: str, creator: Creator, kind: str = "", shown: int = 30, learned: Learned | None = None
) -> Seen:
    """Read one creator; at most `shown` videos, newest first. `kind` is a key of KINDS; `learned` spares reading it for each of several.

    Where no video is shown, none is held against the creator's earlier ones: that does not enter the creator's score.
    """
    place = creator.platform, creator.id
    heard = demand_by.of_creator(database, Counting(model, DEPTH, KINDS[kind][1]), place, each=shown > 0)
    scored = score_creator(database, model, place, learned=learned, against_own=shown > 0)
    by_kind = first_comments.videos_by_kind(database, place)
    newest = (scored.videos if scored else ())[:shown]
    found = quality_learned.findings(database, creator.platform, [one.stored.id for one in newest])
    pools = scored.learned.pools if scored and scored.learned else {}
    listed = [_video(database, one, heard, pools, found) for one in newest]
    return Seen(
        creator=creator,
        scored=scored,
        heard=heard,
        kind=kind,
        aside=sum(number for name, number in by_kind.items() if name not in KINDS[kind][1]),
        videos=tuple(one for one in listed if one),
        history=tuple(quality_learned.scores_of(database, *place)),
        entry=quality_shortlist.find(database, *place),
    )


def of_key(database: sqlite3.Connection, key: str) -> Creator | None:
    """The creator of a "platform:id"."""
    platform, _, ident = key.partition(":")
    return creators.find(database, platform, ident) if ident else None


def line_of(points: Sequence[tuple[int, float | None]], ends: tuple[float, float] | None = None) -> str:
    """(moment, value) pairs as "x,y x,y …" in a box of 100 by 24, y downwards; "" with fewer than three known values.

    >>> line_of([(0, 0), (5, 10), (10, 20)])
    '0.0,23.0 50.0,12.0 100.0,1.0'
    """
    known = [(at, value) for at, value in points if value is not None]
    if len(known) < 3 or known[0][0] == known[-1][0]:
        return ""
    low, high = ends or (min(value for _, value in known), max(value for _, value in known))
    start, span = known[0][0], known[-1][0] - known[0][0]
    return " ".join(
        f"{100 * (at - start) / span:.1f},{23 - 22 * ((value - low) / (high - low) if high > low else 0.5):.1f}" for at, value in known
    )


def _video(
    database: sqlite3.Connection, scored: ScoredVideo, heard: Heard, pools: Mapping[str, Any], found: Mapping[str, list[Finding]]
) -> SeenVideo | None:
    platform, ident = scored.stored.platform, scored.stored.id
    video = videos.find(database, platform, ident)
    if video is None:
        return None
    metrics = tuple(videos.metrics(database, platform, ident))
    stages = found_of(scored.stored, metrics, pools)
    return SeenVideo(video, scored, heard.videos.get(ident), metrics, stages, tuple(found.get(ident, ())))
