"""A video with 200 comments that nobody read before, to the end: comments stored, read by the model, grades kept, the video scored.

`python -m bench quality_video`. Comments are read at once, as a page or a file has them read; the background reads one after the
other, so that pages go first, and takes longer. The workspace holds invented videos whose creators were compared before
(`quality rescore`), so the score has all of its parts. The target is the best figure that the source framework gives for itself; the
model is loaded before.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from bench.quality_rescore_stored import DAY_MS, MODEL, START, fill
from bench.table import Row
from companion import grading, quality_learning
from companion.intent import load_model
from companion.store import Store, comments, open_store, unread, videos
from companion.store.comments import Comment
from companion.store.videos import Metric, Video
from companion.stored_scores import score_video
from companion.training.seed import load_seed

STORED, VIDEOS, COMMENTS = 8_000, 12, 200
MOST_S, AIM_S = 0.3, 0.1


def rows() -> list[Row]:
    """The median and the slowest of VIDEOS videos, and the part in which nothing is read."""
    texts = list({line.text for line in load_seed()})
    np.random.default_rng(5).shuffle(texts)
    model = load_model()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        fill(store, STORED)
        quality_learning.rescore(store, MODEL, lambda _done, _total: None)
        times, parts = [], []
        for number in range(VIDEOS + 1):
            video = f"new{number}"
            _arrives(store, video, [])
            started = perf_counter()
            _arrives(store, video, texts[number * COMMENTS : (number + 1) * COMMENTS])
            stored = perf_counter()
            grading.grade_now(model, store, [("tiktok", f"{video}-{n}") for n in range(COMMENTS)])
            read = perf_counter()
            with store.reading() as connection:
                scored = score_video(connection, model.id, ("tiktok", video))
            ended = perf_counter()
            with store.reading() as connection:
                left = unread.among(connection, model.id, [("tiktok", f"{video}-{n}") for n in range(COMMENTS)])
            if scored is None or scored.score.value is None or left:
                raise RuntimeError(f"{video}: {len(left)} comments without a grade, score {scored and scored.score.value}")
            times.append(ended - started)
            parts.append((stored - started, read - stored, ended - read))
    middle, slowest = float(np.median(times[1:])), max(times[1:])  # the first warms up
    shares = ", ".join(f"{1000 * float(np.median(part)):.0f} ms" for part in zip(*parts[1:], strict=True))
    return [
        Row(
            f"A video with {COMMENTS} comments stored, read and scored, median of {VIDEOS} (aim {AIM_S:g} s)",
            f"{middle:.2f} s, slowest {slowest:.2f} s",
            f"<= {MOST_S:g} s",
            middle <= MOST_S,
        ),
        Row("... of which storing, reading with keys and grades, and the score alone", shares, "", True),
    ]


def _arrives(store: Store, video: str, texts: list[str]) -> None:
    at = START + 40 * DAY_MS
    with store.writing() as connection:
        videos.save(
            connection,
            [Video("tiktok", video, "m0", "about it", ("fyp", "makeup"), duration_ms=20_000, lang="en", created_at=at, commerce="organic")],
            1,
        )
        videos.measure(connection, [Metric("tiktok", video, at + 9 * DAY_MS, 40_000, 2_000, COMMENTS, 150)])
        found = [
            Comment("tiktok", f"{video}-{n}", video, text, author=f"a{n}-{video}", likes=n % 9, created_at=at + n)
            for n, text in enumerate(texts)
        ]
        comments.save(connection, found, 1)
