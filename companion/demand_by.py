"""Counting demand by video, product, hashtag, creator, subject, site, region or language from what is stored, all at the same depth."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from companion.creator_demand import DEPTH, graded_of
from companion.quality.demand import CountedComment, Demand, demand
from companion.store import quality_first, quality_looks, quality_posts, video_regions
from companion.store.first_comments import KINDS
from companion.store.quality_first import Counting, Only, Voice

By = Literal["creator", "video", "product", "hashtag", "subject", "site", "region", "language"]
Place = tuple[str, str]
GROUPS: tuple[By, ...] = ("subject", "language", "region", "site")
"""What many videos have in common; of these it is said how many views are usual."""


@dataclass(frozen=True)
class Counts:
    """Demand by (platform, key) where a comment is graded, and how many stored videos each has.

    A key is a video's or creator's id, a title, a tag, a subject without its branch, a site, the language of a comment, or the country
    where a video was posted, "" where nobody knows. `views`: the middle one of the videos' last known views, of GROUPS only.
    """

    demand: dict[Place, Demand]
    videos: dict[Place, int]
    views: dict[Place, int] = field(default_factory=dict)


def count(connection: sqlite3.Connection, counting: Counting, by: By) -> Counts:
    """Count what `counting` asks for. A video with three hashtags counts under each of them, and under each language of its comments."""
    if by == "language":
        return _by_language(connection, counting)
    keys = _keys(connection, by)
    graded = (one for voice in quality_first.voices(connection, counting) if (one := graded_of(voice.counted)))
    found = demand(grouped(graded, keys), counting.depth)
    members = [((place[0], key), place) for place in quality_first.seen(connection, counting.kinds) for key in keys(*place)]
    views = _usual(quality_posts.last_plays(connection), members) if by in GROUPS else {}
    return Counts({(one.platform, one.creator_id): one for one in found}, dict(Counter(group for group, _ in members)), views)


def _by_language(connection: sqlite3.Connection, counting: Counting) -> Counts:
    spoken: set[tuple[str, str, str]] = set()

    def comments() -> Iterator[CountedComment]:
        for voice in quality_first.voices(connection, counting):
            one = graded_of(voice.counted) if voice.lang else None
            if one:
                spoken.add((one.platform, one.video_id, voice.lang))
                yield one._replace(creator_id=voice.lang, video_id=f"{one.video_id}\n{voice.lang}")

    found = {(one.platform, one.creator_id): one for one in demand(comments(), counting.depth)}
    members = [((platform, lang), (platform, video_id)) for platform, video_id, lang in spoken]
    return Counts(found, dict(Counter(group for group, _ in members)), _usual(quality_posts.last_plays(connection), members))


def _usual(views: Mapping[Place, int], members: Iterable[tuple[Place, Place]]) -> dict[Place, int]:
    """The middle one of the views of each group's videos; `members` are (group, video)."""
    found: dict[Place, list[int]] = defaultdict(list)
    for group, video in members:
        if video in views:
            found[group].append(views[video])
    return {group: round(median(known)) for group, known in found.items()}


def of_videos(connection: sqlite3.Connection, model: str, platform: str, ids: Iterable[str], depth: int = DEPTH) -> dict[str, Demand]:
    """The demand under each of these videos, whatever its kind, by id; those without a graded comment are left out."""
    voices = quality_first.voices(connection, Counting(model, depth, KINDS), Only("video", platform, tuple(ids)))
    return _by_key((one._replace(creator_id=one.video_id) for voice in voices if (one := graded_of(voice.counted))), depth)


def of_creators(connection: sqlite3.Connection, counting: Counting, platform: str, ids: Iterable[str]) -> dict[str, Demand]:
    """The demand under the videos of each of these creators, by id; those without a graded comment are left out."""
    voices = quality_first.voices(connection, counting, Only("creator", platform, tuple(ids)))
    return _by_key((one for voice in voices if (one := graded_of(voice.counted))), counting.depth)


@dataclass(frozen=True)
class Heard:
    """What the audience of one creator says. `whole` is None while nothing that counts is graded; `videos` is by video id, where asked."""

    whole: Demand | None
    videos: dict[str, Demand]
    voices: tuple[Voice, ...]


def of_creator(connection: sqlite3.Connection, counting: Counting, place: Place, *, each: bool = True) -> Heard:
    """The demand under a creator's videos (platform, creator id), together and with `each` alone too, and the comments themselves."""
    voices = tuple(quality_first.voices(connection, counting, Only("creator", place[0], (place[1],))))
    graded = [one for voice in voices if (one := graded_of(voice.counted))]
    alone = _by_key((one._replace(creator_id=one.video_id) for one in graded), counting.depth) if each else {}
    return Heard(next(iter(demand(graded, counting.depth)), None), alone, voices)


def _by_key(comments: Iterable[CountedComment], depth: int) -> dict[str, Demand]:
    return {one.creator_id: one for one in demand(comments, depth)}


def grouped(comments: Iterable[CountedComment], keys: Callable[[str, str], Iterable[str]]) -> Iterator[CountedComment]:
    """Each comment once for every key of its video, as if each key had made the video.

    The video's name carries the key, so that its depth is counted for each alone.
    """
    for comment in comments:
        for key in keys(comment.platform, comment.video_id):
            yield comment._replace(creator_id=key, video_id=f"{comment.video_id}\n{key}")


def _keys(connection: sqlite3.Connection, by: By) -> Callable[[str, str], Iterable[str]]:
    """What a video counts under."""
    if by == "video":
        return lambda _platform, video_id: (video_id,)
    if by == "creator":
        made = {
            (row[0], row[1]): row[2]
            for row in connection.execute("SELECT platform, id, creator_id FROM video WHERE creator_id IS NOT NULL")
        }
        return lambda platform, video_id: (made[platform, video_id],) if (platform, video_id) in made else ()
    if by == "region":
        posted = video_regions.of_all(connection)
        return lambda platform, video_id: (posted.get((platform, video_id), ""),)
    if by == "site":
        return lambda platform, _video_id: (platform,)
    if by == "subject":
        subjects = quality_looks.subjects_of_all(connection)
        return lambda platform, video_id: (subjects[platform, video_id],) if (platform, video_id) in subjects else ()
    known = (quality_first.products if by == "product" else quality_first.hashtags)(connection)
    return lambda platform, video_id: known.get((platform, video_id), ())
