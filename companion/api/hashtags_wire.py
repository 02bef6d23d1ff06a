"""The wire contract of `/v1/hashtags`: where hashtags lead, how many of their comments are close to buying, and what stands near them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from companion.api.wire import Count, Share, Wire

AskedTag = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class HashtagsMapRequest(Wire):
    """Up to 30 hashtags as people write them, with or without "#"."""

    tags: Annotated[list[AskedTag], Field(min_length=1, max_length=30)]


class TagCategory(Wire):
    """The best category. `support` is how many stored videos it rests on, 0 where the tag's words alone were read."""

    id: str
    path: list[str]
    score: Share
    support: Count


class TagIntent(Wire):
    """Comments close to buying / `n` graded ones under the stored videos with the tag, with the 95 % interval; creators' own left out."""

    value: Share
    low: Share
    high: Share
    n: Annotated[int, Field(ge=1)]


class TagNear(Wire):
    """A tag near this one: likeness of the company they keep, and the stored videos that carry both."""

    tag: str
    similarity: Share
    videos: Count


class HashtagFound(Wire):
    """One hashtag. `tag` is how it is stored, "" where it has no letter or digit; `none` says that it leads to no category."""

    tag: str
    none: bool
    confidence: Share
    videos: Count
    category: TagCategory | None
    intent: TagIntent | None
    related: Annotated[list[TagNear], Field(max_length=8)]


class HashtagsMapAnswer(Wire):
    """In the order of the request, with categories of the tree named `tree`. Nothing yet while `ready` is false: ask again in a while."""

    ready: bool
    tree: str
    tags: list[HashtagFound]
