"""What only a creator's own page shows: parts beside others of the same subject, trend, tips, expected views, spread, badge."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from companion.dashboard.creators_seen import Seen, SeenVideo, line_of
from companion.quality.badge_record import half_of
from companion.quality.badges import Earned
from companion.quality.concrete_tips import ConcreteTip
from companion.quality.expected_views import ExpectedViews, of_own, times
from companion.quality.peers import Peers, peers
from companion.quality.score import EQUAL, Score, Weighted
from companion.quality.stages import Chance, Earlier, Halo, Vertical, chance_of_next, curve_of, halo, vertical
from companion.quality.stages.halo import WINDOW_DAYS
from companion.quality.stages.snapshots import Snapshot
from companion.quality.subjects import main_subject, subjects
from companion.quality.trend import Trend, trend
from companion.score_words import said
from companion.store import clock, quality_creators, quality_looks, quality_snapshots, studio
from companion.store.quality_creators import Expected
from companion.store.quality_learned import CreatorScore
from companion.store.studio import Studio
from companion.stored_scores import FORMULA, ScoredVideo, against_field
from companion.stored_tips import badge_of, tips_of

OTHERS = 400
"""Videos of other creators that a creator's are compared with after a hit."""


@dataclass(frozen=True)
class PartRow:
    """One part of the score: its number, the same of others, and its points video by video as an SVG line ("" below three).

    `reason`: how the number came about, with a single video that video's own reason.
    """

    weighted: Weighted
    reason: str
    others: Peers | None
    line: str
    videos: int


@dataclass(frozen=True)
class Bar:
    """Where marks stand on a drawn line of 100, by the logarithm of views; `low` and `high` are None without a range."""

    expected: float
    actual: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class VideoViews:
    """Views beside what was to be expected of them: by the creator's earlier videos, and by videos of others like it."""

    actual: int | None
    own: ExpectedViews
    field: Expected | None

    @property
    def best(self) -> tuple[float, float | None, float | None] | None:
        """The expectation that is shown, with its range: the creator's own where there is one."""
        if self.own.views is not None:
            return self.own.views, self.own.low, self.own.high
        return (self.field.views, self.field.low, self.field.high) if self.field else None

    @property
    def times(self) -> float | None:
        """Actual / expected; None where one is not known."""
        return times(self.actual, self.best[0] if self.best else None)

    @property
    def times_words(self) -> str:
        """The same in words, such as "2.4 times the"."""
        found = self.times
        return (
            ""
            if found is None
            else f"{found:,.0f} times the"
            if found >= 10
            else f"{found:.1f} times the"
            if found >= 0.1
            else "far below the"
        )

    @property
    def bar(self) -> Bar | None:
        """The marks to draw; None where one is not known."""
        if self.best is None or self.actual is None:
            return None
        expected, low, high = self.best
        known = [log1p(value) for value in (self.actual, expected, low, high) if value is not None]
        start, span = min(known), max(max(known) - min(known), 1.0)
        places = (None if value is None else 97 * (log1p(value) - start) / span for value in (expected, self.actual, low, high))
        return Bar(*places)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Close:
    """`category`: the subject of most videos ("" where none is sure). `peer_words`: with whom the points are compared, "" with nobody."""

    category: str
    peer_words: str
    score_others: Peers | None
    half: float | None
    parts: tuple[PartRow, ...]
    trend: Trend | None
    trend_line: str
    tips: tuple[ConcreteTip, ...]
    videos: Mapping[str, SeenVideo]
    views: Mapping[str, VideoViews]
    chances: Mapping[str, Chance]
    badge: Earned
    hit: SeenVideo | None
    halo: Halo | None
    vertical: Vertical
    studio: Mapping[str, Studio]

    said = staticmethod(said)


def close(database: sqlite3.Connection, seen: Seen) -> Close | None:
    """Everything for one creator; None where no video is stored."""
    scored = seen.scored
    if scored is None:
        return None
    own = subjects(video.post for video in scored.videos)
    category = main_subject(own)
    others, peer_words = _others(database, seen, category)
    held = [(video, against_field(video, scored.learned, EQUAL)) for video in scored.videos]
    points = [(video.post.created_at, score.value) for video, score in held]
    dated = [(at, value) for at, value in points if at is not None and value is not None]
    hit, after = _halo(database, seen)
    shown = {video.video.id: video for video in seen.videos}
    return Close(
        category=category,
        peer_words=peer_words,
        score_others=peers(scored.score.value, [one.value for one in others if one.value is not None]),
        half=half_of(scored.score),
        parts=tuple(_part(weighted, others, held) for weighted in scored.score.parts),
        trend=trend(dated),
        trend_line=_in_order(sorted(dated)),
        tips=tuple(tips_of(scored.score, scored.videos, scored.learned)),
        videos=shown,
        views=views_of(database, scored.videos),
        chances=_chances(database, seen.videos),
        badge=badge_of(scored),
        hit=hit,
        halo=after,
        vertical=vertical(own, _everyone(database)),
        studio=studio.of_videos(database, seen.creator.platform, [video.stored.id for video in scored.videos]),
    )


def views_of(database: sqlite3.Connection, videos: Sequence[ScoredVideo]) -> dict[str, VideoViews]:
    """Expected beside actual views of a creator's videos, by id."""
    if not videos:
        return {}
    field = quality_creators.expected(database, videos[0].stored.platform, [video.stored.id for video in videos])
    posts = [video.post for video in videos]
    return {video.stored.id: VideoViews(video.post.plays, of_own(video.post, posts), field.get(video.stored.id)) for video in videos}


def _others(database: sqlite3.Connection, seen: Seen, category: str) -> tuple[list[CreatorScore], str]:
    """Scores of the other creators of the category, or of all where those are too few."""
    for wanted in dict.fromkeys([category or None, None]):
        found = quality_creators.scores_in(database, wanted, FORMULA)
        rest = [one for one in found if (one.platform, one.creator_id) != (seen.creator.platform, seen.creator.id)]
        if peers(0.0, [one.value for one in rest if one.value is not None]):
            return rest, f"creators about {wanted}" if wanted else "stored creators"
    return [], ""


def _part(weighted: Weighted, others: Sequence[CreatorScore], held: Sequence[tuple[ScoredVideo, Score]]) -> PartRow:
    name = weighted.component.name
    beside = [points for one in others if (points := getattr(one, name.replace(" ", "_"))) is not None]
    series = [
        (video.post.created_at, part.component.points)
        for video, score in held
        for part in score.parts
        if part.component.name == name and part.component.points is not None and video.post.created_at is not None
    ]
    reason = weighted.component.reason
    if len(held) == 1 and weighted.component.points is not None:
        reason += ": " + next(part.component.reason for part in held[0][1].parts if part.component.name == name)
    return PartRow(weighted, reason, peers(weighted.component.points, beside), _in_order(sorted(series)), len(series))


def _in_order(points: Sequence[tuple[int | None, float | None]]) -> str:
    """One video after the other at equal steps: days without one say nothing about quality."""
    return line_of([(at, value) for at, (_, value) in enumerate(points)], ends=(0, 100))


def _chances(database: sqlite3.Connection, videos: Sequence[SeenVideo]) -> dict[str, Chance]:
    """How probably those in a first or second pool go on."""
    earlier = [Earlier(*outcome) for outcome in quality_creators.outcomes(database)]
    found = ((video.video.id, chance_of_next(video.found, earlier)) for video in videos)
    return {ident: chance for ident, chance in found if chance is not None}


def _halo(database: sqlite3.Connection, seen: Seen) -> tuple[SeenVideo | None, Halo | None]:
    """The latest video that broke out, and what the creator's other videos did around it."""
    hits = [(video.found.breakout.start, video) for video in seen.videos if video.found.breakout]
    if not hits:
        return None, None
    at, hit = max(hits, key=lambda one: one[0])
    width = int(WINDOW_DAYS * clock.DAY)
    others = quality_snapshots.read_around(database, seen.creator.platform, seen.creator.id, (at - width, at + width), OTHERS)
    curves = [curve_of([Snapshot(*reading) for reading in video.readings], video.posted_at) for video in others]
    return hit, halo(at, [video.found.curve for video in seen.videos if video is not hit], curves)


def _everyone(database: sqlite3.Connection) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for name, number in quality_looks.subject_counts(database).items():
        counts[name.partition("/")[0]] += number
    return counts
