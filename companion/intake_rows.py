"""Rows of a page that was read, written to their tables, with word of which are new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from companion import known_creators, one_comment
from companion.store import comment_metrics, comments, creators, forgotten, products, videos
from companion.store.comment_metrics import CommentMetric
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.forgotten import LeftOut
from companion.store.products import VideoProduct
from companion.store.videos import Metric, Video
from companion.tiktok.records import ReadComment, ReadCreator, ReadPage, ReadVideo

PLATFORM = "tiktok"
HANDLE_ALONE = "@"
"""How a creator's id begins while only the handle is known."""


@dataclass(frozen=True)
class Sighted:
    """Ids that a page held, and those among them that were not stored before. Replies stand apart from comments.

    `first_videos` have a row since now, also those of which the page says nothing but that a comment stands under them;
    `new_videos` are those of which something is known since now.
    """

    videos: set[str]
    first_videos: set[str]
    new_videos: set[str]
    comments: set[str]
    new_comments: set[str]
    replies: set[str]
    new_replies: set[str]


def save(connection: sqlite3.Connection, page: ReadPage, at: int, pseudonym: Callable[[str], str]) -> Sighted:
    """Write a page's rows as seen at `at` (ms UTC); the caller holds the transaction.

    A comment under a video that is not known yet gets a bare row for it. Creators who asked to be left out stay out,
    with their videos and what stands under those.
    """
    page = one_comment.settle(connection, known_creators.settle(connection, page))
    page = _without(page, forgotten.everyone(connection, pseudonym))
    found_videos, found_comments = page.videos, page.comments
    makers = [*page.creators, *(video.creator for video in found_videos if video.creator)]
    creators.save(connection, map(_creator, makers), at)
    for maker in creators.adopt(connection, PLATFORM, known_creators.true_ids(makers)):
        comments.mark_creator(connection, PLATFORM, videos.ids_of_creator(connection, PLATFORM, maker), pseudonym(maker))
    ids = {video.id for video in found_videos}
    needed = {comment.video_id for comment in found_comments} - ids
    before = videos.makers(connection, PLATFORM, ids | needed)
    first_videos = (ids | needed) - before.keys()
    new_videos = ids & (first_videos | videos.bare(connection, PLATFORM, ids))
    videos.save(connection, [*map(_video, found_videos), *(Video(PLATFORM, key) for key in sorted(needed))], at)
    videos.follow(connection, [metric for video in found_videos if (metric := _metric(video, at))])
    products.save(connection, (row for video in found_videos for row in _products(video)), at)
    makers_now = videos.makers(connection, PLATFORM, ids | needed)
    by = {key: pseudonym(maker) for key, maker in makers_now.items() if maker and not maker.startswith(HANDLE_ALONE)}
    for key in sorted(by):
        if key in before and before[key] != makers_now[key]:
            comments.mark_creator(connection, PLATFORM, [key], by[key])
    rows = _each_once(found_comments)
    known = comments.known(connection, PLATFORM, [comment.id for comment in rows])
    comments.save(connection, (_comment(row, by.get(row.video_id)) for row in rows), at)
    comments.mark_written(connection, PLATFORM, [row.id for row in rows if row.author and row.author == by.get(row.video_id)])
    comment_metrics.add(connection, [CommentMetric(PLATFORM, c.id, at, c.likes, c.replies) for c in rows if c.likes is not None])
    first = {comment.id for comment in rows if comment.level == 1}
    replies = {comment.id for comment in rows if comment.level == 2}
    return Sighted(ids, first_videos, new_videos, first, first - known, replies, replies - known)


def _without(page: ReadPage, left_out: LeftOut) -> ReadPage:
    """The page without those who asked to be left out."""
    if not left_out:
        return page

    def out(creator: ReadCreator | None) -> bool:
        return creator is not None and not left_out.isdisjoint(forgotten.creator_marks(creator.id, creator.handle))

    gone = {video.id for video in page.videos if out(video.creator) or forgotten.video_mark(video.id) in left_out}
    return replace(
        page,
        creators=tuple(creator for creator in page.creators if not out(creator)),
        videos=tuple(video for video in page.videos if video.id not in gone),
        comments=tuple(
            comment
            for comment in page.comments
            if comment.video_id not in gone
            and left_out.isdisjoint([comment.author or "", comment.author_alias or "", forgotten.video_mark(comment.video_id)])
        ),
    )


def _each_once(found: Iterable[ReadComment]) -> list[ReadComment]:
    """Comments by id, the fuller of two: a preview under its parent says less than the row itself."""
    by_id: dict[str, ReadComment] = {}
    for comment in found:
        before = by_id.get(comment.id)
        if before is None or sum(value is not None for value in vars(comment).values()) >= sum(
            v is not None for v in vars(before).values()
        ):
            by_id[comment.id] = comment
    return list(by_id.values())


def _creator(creator: ReadCreator) -> Creator:
    return Creator(
        PLATFORM,
        creator.id,
        creator.handle,
        creator.name,
        creator.verified,
        creator.followers,
        creator.following,
        creator.likes,
        creator.videos,
        creator.seller,
    )


def _video(video: ReadVideo) -> Video:
    return Video(
        platform=PLATFORM,
        id=video.id,
        creator_id=video.creator.id if video.creator else None,
        caption=video.caption,
        hashtags=video.hashtags,
        product=video.products[0].title if video.products else None,
        duration_ms=video.duration_ms,
        lang=video.lang,
        created_at=video.created_at,
        music_id=video.music_id,
        music_title=video.music_title,
        commerce=None if video.commerce == "unknown" else video.commerce,
        comments_open=video.comments_open,
        region=video.region,
    )


def _metric(video: ReadVideo, at: int) -> Metric | None:
    counts = (video.plays, video.likes, video.comments, video.shares, video.saves, video.reposts)
    return None if all(count is None for count in counts) else Metric(PLATFORM, video.id, at, *counts)


def _products(video: ReadVideo) -> Iterable[VideoProduct]:
    for product in video.products or ():
        yield VideoProduct(
            platform=PLATFORM,
            video_id=video.id,
            product_id=product.id,
            title=product.title or "",
            seller_id=product.seller_id or "",
            source=product.source or "",
            price=product.price,
            currency=product.currency or "",
            url=product.url or "",
            categories=product.categories,
        )


def _comment(comment: ReadComment, video_by: str | None) -> Comment:
    """A row. `video_by`: pseudonym of the video's creator, where that is known; ids are surer than TikTok's mark."""
    by_creator = comment.author == video_by if comment.author and video_by else comment.by_creator or None
    return Comment(
        platform=PLATFORM,
        id=comment.id,
        video_id=comment.video_id,
        text=cast(str, comment.text),  # a body that lost a text adds the row, and leaves a text that is known
        author=comment.author,
        author_alias=comment.author_alias,
        parent_id=comment.parent_id,
        level=comment.level,
        is_creator_reply=by_creator,  # TikTok's mark may be missing, so its absence says nothing
        lang=comment.lang,
        likes=comment.likes,
        replies=comment.replies,
        created_at=comment.created_at,
        answers_id=comment.answers_id,
        pinned=comment.pinned,
        liked_by_creator=comment.liked_by_creator,
        tiktok_intent=comment.tiktok_intent,
        image=comment.image,
        sticker=comment.sticker,
    )
