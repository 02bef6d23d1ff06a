"""One video's score from what is known of it, of its creator's earlier videos and of its category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from companion.quality.comment_sentiment import EMOTION_WEIGHTS, FeltComment, comment_sentiment, seed_comment_sentiment
from companion.quality.components import Component
from companion.quality.creator_engagement import creator_engagement, seed_creator_engagement
from companion.quality.described import DescribedVideo
from companion.quality.field_deviation import FieldDeviation
from companion.quality.one_deviation import against_earlier, seed_against_earlier
from companion.quality.posts import Post
from companion.quality.score import EQUAL, PartOf, Score, Weights, combine
from companion.quality.share_value import ShareField, seed_share_value, share_value

Formula = Literal["default", "seed"]


@dataclass(frozen=True)
class Surroundings:
    """What other videos say: `shares` by category ("" is all together), the weights of the parts, and what to expect."""

    shares: Mapping[str, ShareField] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
    expected: FieldDeviation | None = None

    def share_field(self, category: str) -> ShareField | None:
        """The category's field, or that of all categories where it has too few videos."""
        return self.shares.get(category) or self.shares.get("")


ALONE = Surroundings()
"""Nothing is known of other videos."""


def surroundings(posts: Sequence[Post], *, with_history: bool) -> Surroundings:
    """What a table of other videos says; `with_history` as in `FieldDeviation`.

    Without history, for creators, the weights are learned too: of deviation and shares, since a table holds no comments.
    """
    fields = {}
    for category in ("", *sorted({post.category for post in posts} - {""})):
        pairs = [
            (post.shares, post.likes)
            for post in posts
            if post.shares is not None and post.likes is not None and category in ("", post.category)
        ]
        if (found := ShareField.fit(pairs)) is not None:
            fields[category] = found
    try:
        expected = FieldDeviation(posts, with_history=with_history)
    except ValueError:  # too few videos: a video is held against its creator's earlier ones
        return Surroundings(fields)
    if with_history:  # against their own level creators hardly differ, so no weight can be learned from it
        return Surroundings(fields, expected=expected)
    parts = [PartOf(post.category, post.author, "deviation", points) for post, points in expected.ranked]
    shares = ((post, share_value(post.shares, post.likes, fields.get(post.category) or fields.get(""))) for post in posts)
    parts += [PartOf(post.category, post.author, share.name, share.points) for post, share in shares if share.points is not None]
    return Surroundings(fields, Weights.fit(parts), expected)


def video_score(  # noqa: PLR0913 (each is another source of what is known)
    video: DescribedVideo,
    felt: Sequence[FeltComment],
    earlier: Sequence[Post] = (),
    around: Surroundings = ALONE,
    *,
    formula: Formula = "default",
    deviation: Component | None = None,
    emotion_weights: Mapping[str, float] = EMOTION_WEIGHTS,
) -> Score:
    """The score with every part. `felt` are the audience's comments as the model read them.

    `deviation` replaces the one against `earlier`.
    """
    post, top, answered = video.post, video.top_comments, video.answered
    category = around.share_field(post.category)
    if formula == "seed":
        parts = [
            deviation or seed_against_earlier(post, earlier),
            seed_comment_sentiment(felt),
            seed_share_value(post.shares, post.likes, category),
            seed_creator_engagement(top, len(answered)),
        ]
        return combine(parts, EQUAL, post.reasons)
    parts = [
        deviation or (around.expected.of(post, earlier) if around.expected else against_earlier(post, earlier)),
        comment_sentiment(felt, emotion_weights),
        share_value(post.shares, post.likes, category),
        creator_engagement(top, answered),
    ]
    return combine(parts, around.weights.of(post.category), post.reasons)
