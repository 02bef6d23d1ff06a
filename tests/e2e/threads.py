"""Threads made for one test: any text, any name, ids that no other thread has."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.replica import Video
from tests.replica.content import NOW, Comment, User
from tests.replica.synthetic import synthetic_video

FIRST_ID = 7_576_000_000_000_000_000


def thread(slug: str, *texts: str, caption: str = "Folding desk lamp, three colours of light #desklamp", **fields: object) -> Video:
    """A video with one comment for each of ``texts``; ``slug`` gives it its own id. ``fields`` replace the video's."""
    number = FIRST_ID + int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=5).digest()) * 1_000
    comments = tuple(comment(number + 1 + index, text) for index, text in enumerate(texts))
    base = synthetic_video(0)
    hashtags = tuple(word[1:] for word in caption.split() if word.startswith("#"))
    return replace(base, id=str(number), slug=slug, caption=caption, hashtags=hashtags, comments=comments, **fields)  # type: ignore[arg-type]


def comment(cid: int, text: str, nickname: str = "", **fields: object) -> Comment:
    """One comment by a person of its own."""
    user = User(uid=str(cid + 500), handle=f"person.{cid % 1_000_000}", nickname=nickname or f"Person {cid % 1000}")
    return replace(Comment(cid=str(cid), user=user, text=text, create_time=NOW - 3600), **fields)  # type: ignore[arg-type]
