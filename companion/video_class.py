"""The class of good videos, taught by people who labelled videos 0-2 in the labeling tool, and how probably each stored video is one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from random import Random
from statistics import median_low
from typing import Any

import numpy as np

from companion.quality.class_check import Told, told_apart
from companion.quality.class_features import class_features
from companion.quality.expectation import PostTable
from companion.quality.high_quality import DEFAULT_WAY, HIGH, LEAST, QualityClassifier
from companion.quality.posts import Post
from companion.store import label_answers

UNLABELLED = 3_000
"""Videos without a label that self-training looks at: as many as the ways were compared with (docs/quality.md)."""


@dataclass(frozen=True)
class Taught:
    """`labelled` videos, `good` of them labelled 2. `reason` says why nothing is shown, "" where `high` holds.

    `high`: probability that people call a video good, by video id as in `Post`; 0 or 1 where they said so.
    """

    labelled: int
    good: int
    reason: str
    told: Told | None = None
    high: Mapping[str, float] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        """What is kept beside the videos, as plain JSON."""
        told = asdict(self.told) if self.told else None
        return {"labelled": self.labelled, "good": self.good, "reason": self.reason, "told": told, "way": DEFAULT_WAY}


def labels_of(connection: sqlite3.Connection) -> dict[str, int]:
    """What people said of each video ("platform:id"), 0-2: the middle answer, the lower of two; practice rounds left out."""
    said: dict[str, list[int]] = defaultdict(list)
    for task in label_answers.tasks(connection):
        if task.kind != "video" or task.practice:
            continue
        for one in label_answers.given(connection, task.id):
            if one.quality in (0, 1, 2) and not one.skipped:
                said[f"{one.platform}:{one.target_id}"].append(one.quality)
    return {key: median_low(answers) for key, answers in said.items()}


def teach(posts: Sequence[Post], labels: Mapping[str, int]) -> Taught:
    """Learn from the labelled videos among the posts, and judge all others."""
    rows = [row for row, post in enumerate(posts) if post.video_id in labels]
    answers = np.array([labels[posts[row].video_id] for row in rows], dtype=np.int64)
    good = int((answers == HIGH).sum())
    lesser = len(rows) - good
    if good < LEAST or lesser < LEAST:
        return Taught(len(rows), good, f"{good} labelled 2 (good), {lesser} labelled 0 or 1; {LEAST} of either are needed")
    x = class_features(PostTable(list(posts)))
    known = np.array(rows)
    others = sorted(set(range(len(posts))) - set(rows))
    drawn = np.array(Random(1).sample(others, min(len(others), UNLABELLED)), dtype=np.int64)  # noqa: S311 (a sample, not a secret)
    told = told_apart(x[known], answers, [posts[row].author or posts[row].video_id for row in rows], x[drawn])
    if told is None or not told.better_than_chance:
        return Taught(len(rows), good, "from these labels a good video cannot yet be told from a lesser one; label more", told)
    said = QualityClassifier.fit(x[known], answers, DEFAULT_WAY, x[drawn]).probability(x)
    high = {post.video_id: float(value) for post, value in zip(posts, said, strict=True)}
    high |= {posts[row].video_id: float(answer == HIGH) for row, answer in zip(rows, answers, strict=True)}
    return Taught(len(rows), good, "", told, high)
