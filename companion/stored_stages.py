"""Stages of stored videos, and what detectors find in them, from counters and comments of the workspace."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from companion.quality.comment_sentiment import FeltComment
from companion.quality.detectors import WrittenComment, facts_of, look
from companion.quality.detectors.facts import USUAL_NEGATIVE
from companion.quality.stages import Chance, Earlier, Field, Found, Snapshot, Stage, chance_of_next, curve_of, field_of, stages
from companion.quality.stages.stage import POOLS
from companion.quality.video_score import Surroundings
from companion.store import quality_creators, quality_threads, videos
from companion.store.quality_looks import Verdict
from companion.store.quality_posts import StoredPost
from companion.store.videos import Metric
from companion.stored_scores import post_of_stored


def stage_of(stored: StoredPost, metrics: Sequence[Metric], pools: Mapping[str, Any]) -> Stage:
    """The stage of a video now. `pools` are those learned from the stored videos; without them the assumed ones stand in."""
    return found_of(stored, metrics, pools).now


def found_of(stored: StoredPost, metrics: Sequence[Metric], pools: Mapping[str, Any]) -> Found:
    """The stages of a video over time; `pools` as for `stage_of`."""
    return stages(_snapshots(metrics), posted_at=stored.created_at, followers=stored.followers, field=_field(pools))


def chance_of(connection: sqlite3.Connection, found: Found) -> Chance | None:
    """How probable it is that a video in a first or second pool goes on; None in other stages, and where its likes are not known."""
    if found.now.name not in POOLS[:-1]:
        return None
    return chance_of_next(found, [Earlier(*outcome) for outcome in quality_creators.outcomes(connection)])


def pools_of(connection: sqlite3.Connection, stored: Iterable[StoredPost]) -> dict[str, Any]:
    """What pools usually bring, read off these videos, as plain JSON."""
    curves = ((curve_of(_snapshots(videos.metrics(connection, one.platform, one.id)), one.created_at), one.followers) for one in stored)
    field = field_of(curves)
    values = {one.name: getattr(field, one.name) for one in fields(field)}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}


@dataclass(frozen=True)
class Looking:
    """What detectors hold a video against: the field and the usual part of negative comments, by the grades of `model`."""

    model: str
    around: Surroundings
    usual_negative: float = USUAL_NEGATIVE


def verdicts_of(
    connection: sqlite3.Connection, stored: StoredPost, looking: Looking, now: int, deviations: dict[str, float] | None = None
) -> list[Verdict]:
    """What every detector answers of one video; `deviations` as for `facts_of`."""
    model = looking.model
    said = [one for one in quality_threads.of_video(connection, model, stored.platform, stored.id) if not one.by_creator]
    facts = facts_of(
        post_of_stored(stored, now),
        looking.around,
        felt=[FeltComment(one.sentiment, one.likes) for one in said],
        comments=[WrittenComment(one.author, one.text, one.at) for one in said],
        usual_negative=looking.usual_negative,
        deviations=deviations,
    )
    return [Verdict(stored.platform, stored.id, one.name, one.answer, one.reason) for one in look(facts)]


def usual_negative(connection: sqlite3.Connection, model: str, stored: Sequence[StoredPost]) -> float | None:
    """The part of negative comments under these videos; None where none was read."""
    negative = read = 0
    for one in stored:
        felt = [said.sentiment for said in quality_threads.of_video(connection, model, one.platform, one.id) if said.sentiment]
        negative, read = negative + felt.count("negative"), read + len(felt)
    return negative / read if read else None


def _field(pools: Mapping[str, Any]) -> Field | None:
    """None where nothing was learned, or by a version that kept other values: the assumed pools stand in until the next rescore."""
    if pools.keys() != {one.name for one in fields(Field)}:
        return None
    values: dict[str, Any] = {name: np.array(value) if isinstance(value, list) else value for name, value in pools.items()}
    return Field(**values)


def _snapshots(metrics: Iterable[Metric]) -> list[Snapshot]:
    return [Snapshot(metric.at, metric.plays, metric.likes, metric.comments, metric.shares) for metric in metrics]
