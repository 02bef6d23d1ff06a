"""What follows from a stored creator's or video's score: tips that name a number and a video, and whether the badge is earned."""

from __future__ import annotations

from collections.abc import Sequence

from companion.quality.badge_record import record_of
from companion.quality.badges import Earned, consistent
from companion.quality.concrete_tips import ConcreteTip, TippedVideo, concrete_tips
from companion.quality.score import Score
from companion.store.quality_learned import Learned
from companion.stored_scores import ScoredCreator, ScoredVideo, around_of


def tips_of(score: Score, videos: Sequence[ScoredVideo], learned: Learned | None) -> list[ConcreteTip]:
    """For the parts of `score` below usual, the weakest first. `videos`: those that make it, newest first."""
    return concrete_tips(score, [_tipped(video, learned) for video in videos])


def badge_of(scored: ScoredCreator) -> Earned:
    """Whether the badge of a consistent creator is earned, and what stands behind or in the way of it."""
    return consistent(record_of([(video.post.created_at, video.standing) for video in scored.videos], scored.score))


def _tipped(video: ScoredVideo, learned: Learned | None) -> TippedVideo:
    parts = {part.component.name: part.component for part in video.score.parts}
    around = around_of(learned, video.stored.platform)
    post = video.post
    return TippedVideo(
        video.stored.id,
        parts,
        video.standing,
        video.top_comments,
        video.answered,
        post.likes,
        post.shares,
        post.duration_s,
        around.share_field(post.category),
    )
