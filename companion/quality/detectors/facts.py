"""The facts that detectors look at, from a video and what is known around it."""

from __future__ import annotations

from collections.abc import Sequence

from companion.quality.comment_sentiment import FeltComment
from companion.quality.detectors.verdict import Facts, WrittenComment
from companion.quality.posts import Post
from companion.quality.share_value import share_rank
from companion.quality.video_score import ALONE, Surroundings

USUAL_NEGATIVE = Facts().usual_negative
"""Part of negative comments that is taken to be usual where the stored comments do not say it."""


def facts_of(  # noqa: PLR0913 (each is another source of what is known)
    post: Post,
    around: Surroundings = ALONE,
    *,
    felt: Sequence[FeltComment] = (),
    comments: Sequence[WrittenComment] = (),
    usual_negative: float = USUAL_NEGATIVE,
    deviations: dict[str, float] | None = None,
) -> Facts:
    """`around` (`surroundings(posts, with_history=False)`) holds the video against the field; alone, most detectors lack data.

    `deviations`: what the field said of this video, where it was asked of many at once (`FieldDeviation.parts_of_each`).

    Raises:
        ValueError: `usual_negative` outside 0 to 1.
    """
    if not 0 <= usual_negative <= 1:
        raise ValueError(f"the usual part of negative comments is {usual_negative}; give a part from 0 to 1")
    return Facts(
        plays=post.plays,
        shares=post.shares,
        deviations=deviations if deviations is not None else around.expected.parts(post) if around.expected else {},
        share_rank=share_rank(post.shares, post.likes, around.share_field(post.category)),
        views_rank=around.expected.views_rank(post) if around.expected else None,
        felt=felt,
        usual_negative=usual_negative,
        comments=comments,
        caption=post.caption,
        hashtags=post.hashtags,
    )
