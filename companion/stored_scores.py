"""Scores of what is stored: videos, counters, comments and grades of the workspace as the quality room takes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from companion.intake_rows import PLATFORM
from companion.quality.categories import category_of
from companion.quality.comment_sentiment import FeltComment
from companion.quality.components import Component, missing
from companion.quality.described import DescribedComment, DescribedVideo
from companion.quality.one_deviation import NAME as DEVIATION
from companion.quality.post_rows import post_of
from companion.quality.posts import Post
from companion.quality.score import EQUAL, PartOf, Score, Weights, combine, creator_score
from companion.quality.share_value import ShareField
from companion.quality.video_score import Formula, Surroundings, video_score
from companion.store import clock, quality_learned, quality_posts, quality_threads
from companion.store.quality_learned import Learned
from companion.store.quality_posts import StoredPost

FORMULA = "2"
"""Version of the mended formulas; a stored score of another version is not compared with new ones."""

VIDEOS = 50
"""A creator's newest videos that make their score: what is older says little about today."""

Place = tuple[str, str]

_UNIT = "rank among the stored videos"


@dataclass(frozen=True)
class ScoredVideo:
    """A stored video, its score against its creator's earlier videos, and `standing`: its rank (0-100) against the field, if known.

    The field are `among` videos of the same site. `answered` of `top_comments` of others have an answer of the creator; None where no
    comment is stored.
    """

    stored: StoredPost
    post: Post
    score: Score
    standing: float | None
    among: int = 0
    top_comments: int | None = None
    answered: int = 0


@dataclass(frozen=True)
class ScoredCreator:
    """A creator's score and the videos that make it, newest first. `learned` is what they were compared with; None: nothing yet."""

    score: Score
    videos: tuple[ScoredVideo, ...]
    learned: Learned | None


def post_of_stored(stored: StoredPost, now: int) -> Post:
    """The video as the scores take it, ids with their platform; what cannot be true is left out and named.

    Its category is its subject without the branch: a branch has too few videos to say what is usual.
    """
    age = None if stored.measured_at is None or stored.created_at is None else (stored.measured_at - stored.created_at) / 3_600_000
    return post_of(
        {
            "video_id": f"{stored.platform}:{stored.id}",
            "author_key": f"{stored.platform}:{stored.creator_id}" if stored.creator_id else "",
            "create_time": None if stored.created_at is None else str(stored.created_at),
            "duration_s": None if stored.duration_ms is None else stored.duration_ms / 1000,
            "hashtags": stored.hashtags,
            "caption": stored.caption,
            "age_h": None if age is None else max(0.0, age),
            "category": subject_of(stored).partition("/")[0],
            **{name: getattr(stored, name) for name in ("followers", "plays", "likes", "comments", "shares", "saves")},
        },
        now,
    )


def subject_of(stored: StoredPost) -> str:
    """What the video is about: as the last comparison of all videos kept it, else by hashtags and caption; "" where that is not sure."""
    return category_of(stored.hashtags, stored.caption).name if stored.subject is None else stored.subject


def score_video(
    connection: sqlite3.Connection, model: str, place: Place, formula: Formula = "default", shown: StoredPost | None = None
) -> ScoredVideo | None:
    """The score of one video (platform, id), None where it is neither stored nor shown.

    What a page shows of it now (`shown`) goes before what is stored; what it leaves out (None) stands as stored.
    """
    stored = _with(quality_posts.find(connection, *place), shown)
    if stored is None:
        return None
    others = quality_posts.of_creator(connection, stored.platform, stored.creator_id, VIDEOS) if stored.creator_id else []
    now = clock.now_ms()
    earlier = _before(stored, [post_of_stored(other, now) for other in others])
    around, ranks = around_of(quality_learned.find(connection), stored.platform), _ranks(connection, stored.platform, [stored])
    return _scored(connection, model, stored, earlier, around, formula, now, ranks)


def score_creator(  # noqa: PLR0913 (each is another source of what is known)
    connection: sqlite3.Connection,
    model: str,
    place: Place,
    formula: Formula = "default",
    learned: Learned | None = None,
    *,
    against_own: bool = True,
) -> ScoredCreator | None:
    """The score of a creator (platform, id) over the newest stored videos; None where no video is stored.

    Without `against_own` no video is held against the creator's earlier ones, which takes most of the time and does not enter the
    default creator's score (the seed's it does, and there it is done); the videos' own scores are not to be shown then.
    """
    platform, creator_id = place
    stored = quality_posts.of_creator(connection, platform, creator_id, VIDEOS)
    if not stored:
        return None
    learned = learned or quality_learned.find(connection)
    around, now = around_of(learned, platform), clock.now_ms()
    posts = [post_of_stored(one, now) for one in stored]
    ranks = _ranks(connection, platform, stored)
    earlier = [_before(one, posts) if against_own or formula == "seed" else [] for one in stored]
    videos = [_scored(connection, model, one, before, around, formula, now, ranks) for one, before in zip(stored, earlier, strict=True)]
    if formula == "seed":
        return ScoredCreator(creator_score([video.score for video in videos], EQUAL, shrunk=False), tuple(videos), learned)
    weights = around.weights.of(posts[0].category)
    held = [against_field(video, learned, weights) for video in videos]
    return ScoredCreator(creator_score(held, weights), tuple(videos), learned)


def parts_of(found: ScoredCreator, creator: str) -> list[PartOf]:
    """The points of every part of a creator's videos as they count for the creator, for learning weights."""
    scores = [(video.post.category, against_field(video, found.learned, EQUAL)) for video in found.videos]
    return [
        PartOf(category, creator, part.component.name, part.component.points)
        for category, score in scores
        for part in score.parts
        if part.component.points is not None
    ]


def weights_of(learned: Learned | None) -> Weights:
    """The learned weights; equal ones before anything was learned."""
    return Weights(learned.weights) if learned else Weights()


def share_key(site: str, category: str) -> str:
    """Under which name a category's field of shares is kept: each site has its own, and those of TikTok go without its name."""
    return category if site == PLATFORM else f"{site}:{category}"


def around_of(learned: Learned | None, site: str = PLATFORM) -> Surroundings:
    """What is usual of shares on a site and the weights of the parts, as learned."""
    if learned is None:
        return Surroundings()
    head = share_key(site, "")
    own = {name.removeprefix(head): one for name, one in learned.shares.items() if name.startswith(head) and (head or ":" not in name)}
    fields = {name: ShareField(one["shape"], one["rate"], tuple(one["raw"]), tuple(one["shrunk"])) for name, one in own.items()}
    return Surroundings(fields, weights_of(learned))


@dataclass(frozen=True)
class _Ranks:
    """The standing of videos by id, `among` so many of their site."""

    points: Mapping[str, float]
    among: int


def _ranks(connection: sqlite3.Connection, platform: str, stored: Sequence[StoredPost]) -> _Ranks:
    return _Ranks(
        quality_learned.standings(connection, platform, [one.id for one in stored]), quality_learned.compared(connection, platform)
    )


def _with(stored: StoredPost | None, shown: StoredPost | None) -> StoredPost | None:
    if stored is None or shown is None:
        return stored or shown
    told = {name: value for name, value in vars(shown).items() if value not in (None, "", ())}
    return replace(stored, **told)


def _scored(  # noqa: PLR0913, PLR0917 (each is another source of what is known)
    connection: sqlite3.Connection,
    model: str,
    stored: StoredPost,
    earlier: Sequence[Post],
    around: Surroundings,
    formula: Formula,
    now: int,
    ranks: _Ranks,
) -> ScoredVideo:
    said = quality_threads.of_video(connection, model, stored.platform, stored.id)
    thread = tuple(DescribedComment(one.id, "", one.likes, one.parent, one.by_creator, one.sentiment) for one in said)
    video = DescribedVideo(post_of_stored(stored, now), thread or None)
    felt = [FeltComment(comment.sentiment, comment.likes) for comment in video.audience]
    plain = Surroundings(around.shares)  # a single video's parts weigh alike
    score = video_score(video, felt, earlier, plain, formula=formula)
    return ScoredVideo(stored, video.post, score, ranks.points.get(stored.id), ranks.among, video.top_comments, len(set(video.answered)))


def _before(stored: StoredPost, posts: Sequence[Post]) -> list[Post]:
    """The creator's earlier videos, oldest first."""
    dated = [post for post in posts if post.created_at is not None and post.video_id != f"{stored.platform}:{stored.id}"]
    dated = [post for post in dated if stored.created_at is None or (post.created_at or 0) < stored.created_at]
    return sorted(dated, key=lambda post: post.created_at or 0)


def against_field(video: ScoredVideo, learned: Learned | None, weights: Mapping[str, float]) -> Score:
    """The video's score with its standing in the field in place of the one against its creator's own level."""
    parts = [weighted.component for weighted in video.score.parts]
    return combine([_standing(video, learned) if part.name == DEVIATION else part for part in parts], weights, video.score.reasons)


def _standing(video: ScoredVideo, learned: Learned | None) -> Component:
    if learned is None:
        return missing(DEVIATION, _UNIT, "the stored videos were not compared with each other yet")
    if video.standing is None:
        few = "too few videos are stored to say what is usual" if not video.among else "not among the videos compared last"
        return missing(DEVIATION, _UNIT, few)
    held = "each held against what its followers, length, hour and hashtags let expect"
    reason = f"above {video.standing:.0f} % of {video.among:,} stored videos, {held}"
    return Component(DEVIATION, video.standing, _UNIT, video.standing, video.among, reason)
