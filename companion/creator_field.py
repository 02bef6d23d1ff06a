"""Kept at each comparison of all videos for the creators' pages: the views to expect of each video, and what became of pools."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from companion.quality.field_deviation import FieldViews
from companion.quality.stages import ASSUMED, earlier_of
from companion.quality.subjects import main_subject, subjects
from companion.quality.video_score import Surroundings
from companion.store import Store, quality_creators, videos
from companion.store.clock import DAY
from companion.store.quality_creators import Expected, Outcome
from companion.store.quality_learned import CreatorScore
from companion.store.quality_posts import StoredPost
from companion.stored_scores import ScoredCreator
from companion.stored_stages import found_of

FOLLOWED = 2_000
"""Newest videos whose pools are looked at: the chance of the next pool rests on the 60 nearest of them."""
AT_ONCE = 100


def keep(store: Store, stored: Sequence[StoredPost], fields: Iterable[Surroundings], pools: Mapping[str, Any]) -> None:
    """Write down what the comparison says. `stored` are the videos compared, newest first, `fields` what is usual on each site.

    Raises:
        StoreError, sqlite3.Error: nothing was written.
    """
    outcomes = list(_outcomes(store, stored[:FOLLOWED], pools))
    found = [one for around in fields if around.expected for one in around.expected.views]
    with store.writing() as connection:
        quality_creators.put_expected(connection, map(_expected, found))
        quality_creators.put_outcomes(connection, outcomes)


def with_parts(score: CreatorScore, found: ScoredCreator) -> CreatorScore:
    """The score with the points of its parts and what most of the videos are about."""
    points = {part.component.name: part.component.points for part in found.score.parts}
    return replace(
        score,
        deviation=points.get("deviation"),
        sentiment=points.get("sentiment"),
        share_value=points.get("share value"),
        engagement=points.get("engagement"),
        category=category_of(found),
    )


def category_of(found: ScoredCreator) -> str:
    """The subject of most of a creator's videos; "" where none is sure."""
    return main_subject(subjects(video.post for video in found.videos))


def _outcomes(store: Store, stored: Sequence[StoredPost], pools: Mapping[str, Any]) -> Iterator[Outcome]:
    for begin in range(0, len(stored), AT_ONCE):
        with store.reading() as connection:
            some = [(one, videos.metrics(connection, one.platform, one.id)) for one in stored[begin : begin + AT_ONCE]]
        for one, metrics in some:
            if one.created_at is None or one.measured_at is None or one.measured_at - one.created_at < ASSUMED.opening_days * DAY:
                continue  # its pools may still open
            yield from ((e.pool, e.like_rate, e.went_on) for e in earlier_of(found_of(one, metrics, pools)))


def _expected(one: FieldViews) -> Expected:
    platform, _, video_id = one.post.video_id.partition(":")
    low, high = (None if math.isnan(end) else end for end in (one.low, one.high))
    return Expected(platform, video_id, one.views, low, high)
