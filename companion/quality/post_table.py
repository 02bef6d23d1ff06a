"""A table file as videos: every row that cannot be used is named, and no video counts twice."""

from __future__ import annotations

from collections.abc import Iterable

from companion.quality.post_rows import post_of
from companion.quality.posts import Post
from companion.table_files import Row


def posts_of(rows: Iterable[Row], now: int) -> tuple[list[Post], list[str]]:
    """The videos of a table in its order, and what is wrong with other rows. `now` is ms UTC."""
    posts: dict[str, Post] = {}
    problems: list[str] = []
    for row in rows:
        if row.error:
            problems.append(f"line {row.line}: {row.error}")
            continue
        post = post_of(row.values, now)
        if not post.video_id:
            problems.append(f"line {row.line}: no video_id; row skipped")
        elif post.video_id in posts:
            problems.append(f"line {row.line}: the video {post.video_id[:40]} stands there twice; the first row counts")
        else:
            posts[post.video_id] = post
    return list(posts.values()), problems
