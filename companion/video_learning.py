"""What the comparison of all stored videos keeps of each video: its subject, detectors' answers, and how probably people find it good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from companion.quality.categories import category_of
from companion.quality.posts import Post
from companion.quality.stages import Followed, Snapshot, stages_of
from companion.quality.stages.verdicts import not_followed, verdicts
from companion.quality.video_score import Surroundings, surroundings
from companion.store import Store, quality_looks, quality_snapshots, quality_threads, video_regions
from companion.store.quality_looks import Groups, Subject, Verdict
from companion.store.quality_posts import StoredPost
from companion.store.quality_snapshots import ReadVideo
from companion.stored_scores import post_of_stored
from companion.stored_stages import Looking, usual_negative, verdicts_of
from companion.video_class import labels_of, teach
from companion.video_groups import elasticity_of

LOOKED_AT = 3_000
"""Newest videos whose comments are read, for detectors and where caption and hashtags name no subject: each takes some milliseconds."""
FOLLOWED = 3_000
"""Videos read last whose spread is looked at."""
USUAL_OF = 300
"""Newest videos whose comments say which part of negative ones is usual."""
AT_ONCE = 20
"""Videos between two looks at the database, so that nobody who writes waits long."""


def subjects_of(store: Store, model: str, stored: Sequence[StoredPost]) -> list[Subject]:
    """What each of these videos is about, newest first: by hashtags and caption, and by comments where those say too little."""
    found: list[Subject] = []
    for begin in range(0, len(stored), AT_ONCE):
        with store.reading() as connection:
            for at, one in enumerate(stored[begin : begin + AT_ONCE], begin):
                said = category_of(one.hashtags, one.caption)
                if not said.name and at < LOOKED_AT:
                    thread = quality_threads.of_video(connection, model, one.platform, one.id)
                    said = category_of(one.hashtags, one.caption, [comment.text for comment in thread if not comment.by_creator])
                found.append(Subject(one.platform, one.id, said.name, said.reason))
    return found


def with_subjects(stored: Sequence[StoredPost], subjects: Sequence[Subject]) -> list[StoredPost]:
    """The same videos with what they are about."""
    return [replace(one, subject=subject.subject) for one, subject in zip(stored, subjects, strict=True)]


def fields_of(posts: Sequence[Post]) -> dict[str, Surroundings]:
    """What is usual on each site: a view counts otherwise elsewhere, so videos are compared with those of their own site only."""
    sites: dict[str, list[Post]] = {}
    for post in posts:
        sites.setdefault(post.video_id.partition(":")[0], []).append(post)
    return {site: surroundings(own, with_history=False) for site, own in sites.items()}


def looks_of(store: Store, model: str, stored: Sequence[StoredPost], fields: Mapping[str, Surroundings], now: int) -> list[Verdict]:
    """What detectors answer of the newest videos, and stages of those that were followed."""
    newest = stored[:LOOKED_AT]
    with store.reading() as connection:
        usual = usual_negative(connection, model, stored[:USUAL_OF])
        read = quality_snapshots.read_often(connection, FOLLOWED)
    looking = {site: Looking(model, field) if usual is None else Looking(model, field, usual) for site, field in fields.items()}
    found = list(_of_stages(read, newest))
    deviations = _deviations(newest, fields, now)
    for begin in range(0, len(newest), AT_ONCE):
        with store.reading() as connection:
            for at, one in enumerate(newest[begin : begin + AT_ONCE], begin):
                found += verdicts_of(connection, one, looking[one.platform], now, deviations[at])
    return found


def keep_groups(store: Store, posts: Sequence[Post], subjects: Sequence[Subject], at: int) -> None:
    """Learn the class of good videos and the elasticities of groups; keep both with the subjects. Creators are to be scored next."""
    with store.reading() as connection:
        labels, langs = labels_of(connection), _languages(connection)
        regions = {f"{platform}:{ident}": code for (platform, ident), code in video_regions.of_all(connection).items()}
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the page that somebody looks at goes first
        taught = teach(posts, labels)
    judged = [replace(one, high=taught.high.get(f"{one.platform}:{one.video_id}")) for one in subjects]
    groups = Groups(at, False, {**taught.summary(), "answers": len(labels)}, elasticity_of(posts, langs, regions))
    with store.writing() as connection:
        quality_looks.put_subjects(connection, judged)
        quality_looks.put_groups(connection, groups)


def followed(video: ReadVideo) -> Followed:
    """The readings as the stage detector takes them."""
    creator = f"{video.platform}:{video.creator_id}" if video.creator_id else ""
    snapshots = [Snapshot(*reading) for reading in video.readings]
    return Followed(f"{video.platform}:{video.id}", creator, snapshots, video.posted_at, video.followers)


def _deviations(stored: Sequence[StoredPost], fields: Mapping[str, Surroundings], now: int) -> list[dict[str, float]]:
    """How far each of these videos lies above what its site's field expects; {} where that expects nothing."""
    found: list[dict[str, float]] = [{} for _ in stored]
    for site, around in fields.items():
        own = [at for at, one in enumerate(stored) if one.platform == site]
        if around.expected:
            for at, parts in zip(own, around.expected.parts_of_each([post_of_stored(stored[at], now) for at in own]), strict=True):
                found[at] = parts
    return found


def _of_stages(read: Sequence[ReadVideo], newest: Sequence[StoredPost]) -> Iterator[Verdict]:
    found, _ = stages_of([followed(video) for video in read])
    answers = verdicts(found)
    for video in read:
        yield from (Verdict(video.platform, video.id, one.name, one.answer, one.reason) for one in answers[f"{video.platform}:{video.id}"])
    for post in newest:
        if f"{post.platform}:{post.id}" not in answers:
            yield from (Verdict(post.platform, post.id, one.name, one.answer, one.reason) for one in not_followed())


def _languages(connection: sqlite3.Connection) -> dict[str, str]:
    return {f"{row[0]}:{row[1]}": row[2] for row in connection.execute("SELECT platform, id, lang FROM video WHERE lang <> ''")}
