"""What a nightly rescore would cost: processor time and memory for two sizes, and the slope between them.

`python -m bench rescore`. First the rescore of a real workspace, with comments, that is stopped half way and goes on
(`bench.quality_rescore_stored`), then the models alone: invented videos, 20 of each creator. Learning (from a sample, once a night) and
scoring (every video: history, expectation with its interval, deviation) are measured apart. A million is not run; the slope says what it
would take.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import process_time
from typing import TypeVar

import numpy as np

from bench.table import Row
from companion.quality.conformal import Intervals
from companion.quality.deviation import in_sigmas
from companion.quality.expectation import Expectation, PostTable
from companion.quality.posts import Post
from companion.quality.scatter import Scatter
from companion.video_learning import fields_of

STORED = (24_000, 96_000)
COMMENTS = 20
"""Comments of each invented video."""
MOST_MB = 500
SIZES = (10_000, 40_000)
LEARNED = 10_000
MILLION = 1_000_000
SUBJECTS = ("beauty", "home", "food", "pets", "technology", "fashion", "", "")
"""Of invented creators, some without a clear one."""
MOST_MINUTES = 60.0
EACH = 20
DAY_MS = 86_400_000

Result = TypeVar("Result")


def rows() -> list[Row]:
    """The slope, and a million by it."""
    learn, small, large = _measure()
    slope = (large - small) / (SIZES[1] - SIZES[0])
    minutes = (learn + slope * MILLION) / 60
    return [
        *_stored_rows(),
        *_field_rows(),
        Row(f"Learning what to expect from {LEARNED:,} videos, one core", f"{learn:.1f} s", "", True),
        Row(
            f"Scoring {SIZES[0]:,} and {SIZES[1]:,} videos with history and interval, one core",
            f"{small:.2f} s, {large:.2f} s: {1e6 * slope:.0f} µs a video",
            "",
            True,
        ),
        Row("... a million by that slope, learning included", f"{minutes:.1f} min", f"<= {MOST_MINUTES:g} min", minutes <= MOST_MINUTES),
    ]


def _stored_rows() -> list[Row]:
    """A workspace of each of STORED comments, and what a million would take by the slope."""
    small, large = (_stored(size) for size in STORED)
    each = large["seconds_a_creator"] / EACH / COMMENTS
    whole = (large["learning"] + each * MILLION) / 60
    sizes = f"{STORED[0]:,} and {STORED[1]:,}"
    went_on = all(
        one["kept"] < one["creators"] and one["kept"] + one["went_on_with"] == one["all"] == one["creators"] for one in (small, large)
    )
    per = f"{1e6 * small['seconds_a_creator'] / EACH / COMMENTS:.0f} and {1e6 * each:.0f} µs a comment"
    memory = f"{small['mb']:.0f} and {large['mb']:.0f} MB"
    return [
        Row(f"Rescoring {sizes} stored comments, one core", per, "", True),
        Row("... comparing all videos first, one core", f"{small['learning']:.0f} and {large['learning']:.0f} s", "", True),
        Row("... a million comments by that slope", f"{whole:.1f} min", f"<= {MOST_MINUTES:g} min", whole <= MOST_MINUTES),
        Row("... peak of memory beyond the start", memory, f"<= {MOST_MB} MB", large["mb"] <= MOST_MB),
        Row("... goes on where it was stopped", "yes" if went_on else "no", "yes", went_on),
    ]


def _field_rows() -> list[Row]:
    """What LEARNED videos let expect of others of their site, together and with models of their subjects beside."""
    plain = [replace(post, video_id=f"tiktok:{post.video_id}") for post in _invented(LEARNED, 1)]
    told = [replace(post, category=SUBJECTS[int(post.author[1:]) % len(SUBJECTS)]) for post in plain]
    alone, beside = (_timed(partial(fields_of, posts))[0] for posts in (plain, told))
    figure = f"{alone:.1f} s, with {len(set(SUBJECTS)) - 1} subjects {beside:.1f} s"
    return [Row(f"... learning alone, from {LEARNED:,} videos, one core", figure, "", True)]


def _stored(size: int) -> dict[str, float]:
    """In a process of its own, so that its peak of memory is its own."""
    run = subprocess.run([sys.executable, "-m", "bench.quality_rescore_stored", str(size)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def _measure() -> tuple[float, float, float]:
    """Processor seconds of learning, and of scoring each of SIZES."""
    table = PostTable(_invented(LEARNED, 1))
    every = np.arange(LEARNED)
    scatter: list[Scatter] = []

    def learn() -> Expectation:
        model = Expectation.fit(table, every, with_history=True)
        scatter.append(Scatter.fit(model.features(table, every), table.y - model.predict(table, every)))
        return model

    spent, model = _timed(learn)
    missed = (table.y - model.predict(table, every)) / scatter[0].of(model.features(table, every))
    intervals = Intervals.fit(missed, table.ln_followers)

    def score(posts: list[Post]) -> Expectation:
        own = PostTable(posts)
        at = np.arange(len(posts))
        expected = model.predict(own, at)
        intervals.around(expected, own.ln_followers, scatter[0].of(model.features(own, at)))
        in_sigmas(posts, expected, np.ones_like(expected))
        return model

    small, large = (_timed(partial(score, _invented(size, 2)))[0] for size in SIZES)
    return spent, small, large


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        start = process_time()
        result = work()
        return process_time() - start, result


def _invented(count: int, seed: int) -> list[Post]:
    rng = np.random.default_rng(seed)
    followers = np.exp(rng.uniform(5, 15, count // EACH)).astype(int)
    posts = []
    for n in range(count):
        creator = n // EACH
        plays = int(np.exp(4 + 0.5 * np.log(followers[creator]) + rng.normal(0, 1))) + 10
        likes, comments, shares = (int(plays * rate) for rate in np.exp(rng.normal([-2.5, -5, -5.5], 0.4)))
        at = 1_700_000_000_000 + int((n % EACH + rng.uniform()) * DAY_MS)
        tags = ("fyp", f"t{creator % 50}")
        counts = {"plays": plays, "likes": likes, "comments": comments, "shares": shares}
        posts.append(Post(f"v{n}", f"a{creator}", at, int(followers[creator]), 20.0, tags, "", age_h=500.0, **counts))
    return posts


if __name__ == "__main__":
    for row in rows():
        print(f"{row.what}: {row.figure}")
