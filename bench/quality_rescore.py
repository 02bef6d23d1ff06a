"""What a nightly rescore of a million videos would cost: processor time for two sizes, and the slope between them.

`python -m bench.quality_rescore`. Invented videos, 20 of each creator. Learning (from a sample, once a night) and scoring (every video:
history, expectation with its interval, deviation) are measured apart. A million is not run; the slope says what it would take.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import process_time

import numpy as np

from bench.table import Row
from companion.quality.conformal import Intervals
from companion.quality.deviation import in_sigmas
from companion.quality.expectation import Expectation, PostTable
from companion.quality.posts import Post
from companion.quality.scatter import Scatter

SIZES = (10_000, 40_000)
LEARNED = 10_000
MILLION = 1_000_000
MOST_MINUTES = 60.0
EACH = 20
DAY_MS = 86_400_000


def rows() -> list[Row]:
    """The slope, and a million by it."""
    learn, small, large = _measure()
    slope = (large - small) / (SIZES[1] - SIZES[0])
    minutes = (learn + slope * MILLION) / 60
    return [
        Row(f"Learning what to expect from {LEARNED:,} videos, one core", f"{learn:.1f} s", "", True),
        Row(
            f"Scoring {SIZES[0]:,} and {SIZES[1]:,} videos with history and interval, one core",
            f"{small:.2f} s, {large:.2f} s: {1e6 * slope:.0f} µs a video",
            "",
            True,
        ),
        Row("... a million by that slope, learning included", f"{minutes:.1f} min", f"<= {MOST_MINUTES:g} min", minutes <= MOST_MINUTES),
    ]


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


def _timed(work: Callable[[], Expectation]) -> tuple[float, Expectation]:
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
