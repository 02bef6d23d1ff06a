"""The invented sample: put into a new workspace once, graded by the real model, removed in one click.

The files under `companion/sample/` give times relative to now (`days_ago` of a video, `minutes` of a comment and `hours` of a reading of
its counters after it), so that the sample never looks old.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from companion import grading
from companion.dashboard.promotion import promotion_of
from companion.intent import IntentModel
from companion.store import Store, clock, comments, creators, sample, settings, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.videos import Metric, Video

FOLDER = Path(__file__).parents[1] / "sample"
HOUR = 60 * clock.MINUTE
OFFERED = "sample.offered"
"""Setting: the sample was put in once, or was not wanted; it never comes back by itself."""


def offer(store: Store, model: IntentModel) -> None:
    """At start: put the sample into a workspace that never held anything, and grade it anew when the model changed."""
    with store.reading() as connection:
        new = not settings.get(connection, OFFERED, False) and not (comments.count(connection) or videos.count(connection))
        there = sample.present(connection)
    if new:
        add(store, model)
    elif there:
        _grade(store, model)


def add(store: Store, model: IntentModel) -> None:
    """Put the sample in (harmless when it is there) and grade its comments."""
    now = clock.now_ms()
    with store.writing() as connection:
        _save(connection, store, now)
        settings.put(connection, OFFERED, True)
    _grade(store, model)


def remove(store: Store) -> None:
    """Take every sample row out, and the grades given to them."""
    with store.writing() as connection:
        sample.remove(connection)
        settings.put(connection, OFFERED, True)


def _save(connection: sqlite3.Connection, store: Store, now: int) -> None:
    written = {entry["id"]: now - entry["days_ago"] * clock.DAY for entry in _read("videos")}
    ids, new = _comment_ids(_read("comments")), not sample.present(connection)
    creators.save(connection, [_creator(entry) for entry in _read("creators")], now)
    videos.save(connection, [_video(entry, written[entry["id"]]) for entry in _read("videos")], now)
    videos.measure(connection, [_metric(entry, entry["id"], now) for entry in _read("videos")])
    if new:  # put in again, its times lie a little later: the same readings would count twice
        videos.measure(connection, [_metric(one, one["video"], written[one["video"]] + one["hours"] * HOUR) for one in _read("readings")])
    entries = zip(_read("comments"), ids, strict=True)
    comments.save(connection, [_comment(entry, ident, written, store) for entry, ident in entries], now)


def _grade(store: Store, model: IntentModel) -> None:
    grading.grade_platform(model, store, sample.PLATFORM)


def _read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entries


def _comment_ids(entries: list[dict[str, Any]]) -> list[str]:
    """Ids that count up within each video, so that `reply_to` can name a place in it."""
    seen: dict[str, int] = {}
    ids = []
    for entry in entries:
        nth = seen[entry["video"]] = seen.get(entry["video"], -1) + 1
        ids.append(f"{entry['video']}-{nth}")
    return ids


def _creator(entry: dict[str, Any]) -> Creator:
    return Creator(sample.PLATFORM, entry["id"], handle=entry["handle"], name=entry["name"], followers=entry["followers"])


def _video(entry: dict[str, Any], written: int) -> Video:
    return Video(
        sample.PLATFORM,
        entry["id"],
        creator_id=entry["creator"],
        caption=entry["caption"],
        hashtags=tuple(entry["hashtags"]),
        product=entry["product"],
        duration_ms=entry["duration_s"] * clock.SECOND,
        lang=entry.get("lang", "en"),
        created_at=written,
        commerce="partnership" if promotion_of(entry["caption"], entry["hashtags"]) == "paid" else "organic",
    )


def _metric(entry: dict[str, Any], video: str, at: int) -> Metric:
    return Metric(sample.PLATFORM, video, at, **{name: entry.get(name) for name in ("plays", "likes", "comments", "shares", "saves")})


def _comment(entry: dict[str, Any], ident: str, written: dict[str, int], store: Store) -> Comment:
    reply_to = entry.get("reply_to")
    return Comment(
        sample.PLATFORM,
        ident,
        entry["video"],
        entry["text"],
        author_alias=store.workspace.pseudonym(entry["author"]),
        parent_id=None if reply_to is None else f"{entry['video']}-{reply_to}",
        level=1 if reply_to is None else 2,
        is_creator_reply=entry.get("creator_reply", False),
        likes=entry["likes"],
        created_at=written[entry["video"]] + entry["minutes"] * clock.MINUTE,
    )
