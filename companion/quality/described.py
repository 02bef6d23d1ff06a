"""A described video or creator (a JSON document) as what the scores take."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.quality.counts import parse_count
from companion.quality.post_rows import post_of
from companion.quality.posts import Post

_YES = {"true", "yes", "1"}
"""What `by_creator` says where the creator wrote a comment; text that says no is no."""


class DescribedError(ValueError):
    """The document does not describe a video or creator; the message says what is missing."""


@dataclass(frozen=True)
class DescribedComment:
    """A comment; `parent` is the id of the top comment that it answers, "" for a top comment. `sentiment` is "" where it must be read."""

    id: str
    text: str
    likes: int | None
    parent: str
    by_creator: bool
    sentiment: str = ""
    emotion: str = "none"


@dataclass(frozen=True)
class DescribedVideo:
    """A video with its comments, or None where nobody read them."""

    post: Post
    comments: tuple[DescribedComment, ...] | None

    @property
    def audience(self) -> list[DescribedComment]:
        """Comments of others than the creator."""
        return [comment for comment in self.comments or () if not comment.by_creator]

    @property
    def top_comments(self) -> int | None:
        """Top comments of the audience; None where comments were not read."""
        return None if self.comments is None else sum(not comment.parent for comment in self.audience)

    @property
    def answered(self) -> list[str]:
        """The top comment of each answer of the creator; answers under own comments are none."""
        others = {comment.id for comment in self.audience if not comment.parent}
        return [comment.parent for comment in self.comments or () if comment.by_creator and comment.parent in others]


def video_of(document: object, now: int) -> tuple[DescribedVideo, list[Post]]:
    """`{"video": {...}, "comments": [...]?, "earlier": [{...}]?}`; the second value is the creator's earlier videos.

    Raises:
        DescribedError: there is no "video", or a part has another shape.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("video"), Mapping):
        raise DescribedError('no "video" in it; write {"video": {"plays": 1200, "likes": 80, ...}, "comments": [...], "earlier": [...]}')
    comments = document.get("comments")
    read = None if comments is None else tuple(_comment(row, at) for at, row in enumerate(_objects(comments, "comments")))
    earlier = [post_of(row, now) for row in _objects(document.get("earlier") or [], "earlier")]
    return DescribedVideo(post_of(document["video"], now), read), earlier


def creator_of(document: object, now: int) -> list[DescribedVideo]:
    """`{"videos": [{"video": {...}, "comments": [...]?}]}`.

    Raises:
        DescribedError: there is no list of videos, it is empty, or one has another shape.
    """
    videos = document.get("videos") if isinstance(document, Mapping) else None
    if not videos:
        raise DescribedError('no "videos" in it; write {"videos": [{"video": {...}, "comments": [...]}]}')
    return [video_of(row, now)[0] for row in _objects(videos, "videos")]


def _objects(rows: object, name: str) -> Sequence[Mapping[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise DescribedError(f'"{name}" must be a list of objects')
    return rows


def _comment(row: Mapping[str, object], at: int) -> DescribedComment:
    text = row.get("text")
    if not isinstance(text, str):
        raise DescribedError(f'comment {at + 1}: "text" is {json.dumps(text, default=str)[:40]}; it must be text in quotation marks')
    return DescribedComment(
        id=str(row.get("id") or f"comment {at}"),
        text=text,
        likes=parse_count(row.get("likes"), "likes").value,
        parent=str(row.get("parent") or ""),
        by_creator=str(row.get("by_creator")).strip().lower() in _YES,
        sentiment=str(row.get("sentiment") or ""),
        emotion=str(row.get("emotion") or "none"),
    )
