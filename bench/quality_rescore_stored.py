"""`buysignal quality rescore` on a real workspace of invented videos and comments: processor time, memory, and going on after a stop.

`python -m bench.quality_rescore_stored COMMENTS` prints one line of JSON: 20 comments a video, 20 videos a creator, all of them graded. The
first pass is stopped half way; a second one goes on. `mb` is the peak of the process beyond that before the passes.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import process_time

import numpy as np

from companion import quality_learning
from companion.store import Store, comments, creators, open_store, predictions, unread, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.predictions import StoredPrediction
from companion.store.videos import Metric, Video

MODEL = "bench"
EACH = 20
DAY_MS = 86_400_000
START = 1_770_000_000_000
TAGS = ("makeup", "skincare", "recipe", "gym", "booktok", "dog", "travel", "find")
FEELINGS = ("negative", "neutral", "positive")


class StoppedError(Exception):
    """Half of the creators are scored."""


def main() -> None:
    wanted = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        makers = fill(store, wanted)
        before, start = _peak_mb(), process_time()
        marks: list[tuple[int, float]] = []

        def until_half(done: int, total: int) -> None:
            marks.append((done, process_time()))
            if done * 2 >= total:
                raise StoppedError

        with suppress(StoppedError):
            quality_learning.rescore(store, MODEL, until_half)
        kept, again = _scored(store), process_time()
        went_on = quality_learning.rescore(store, MODEL, lambda done, _total: marks.append((done, process_time())))
        end = process_time()
        each = (end - again) / max(1, went_on)
        found = {"comments": wanted, "videos": wanted // EACH, "creators": makers, "seconds_a_creator": each}
        learned = marks[0][1] - start - each * marks[0][0]
        print(
            json.dumps(
                {**found, "learning": learned, "mb": _peak_mb() - before, "kept": kept, "went_on_with": went_on, "all": _scored(store)}
            )
        )


def _scored(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM creator_score").fetchone()[0])


def fill(store: Store, wanted: int) -> int:
    """Creators with EACH videos, each with EACH graded comments; how many creators."""
    rng = np.random.default_rng(1)
    makers = wanted // EACH // EACH
    for maker in range(makers):
        followers = int(np.exp(rng.uniform(5, 14)))
        shown = [_video(rng, maker, number, followers) for number in range(EACH)]
        with store.writing() as connection:
            creators.save(connection, [Creator("tiktok", f"m{maker}", handle=f"m{maker}", followers=followers)], 1)
            videos.save(connection, [video for video, _ in shown], 1)
            videos.measure(connection, [metric for _, metric in shown])
            for video, _ in shown:
                _comment(connection, rng, video.id)
    return makers


def _video(rng: np.random.Generator, maker: int, number: int, followers: int) -> tuple[Video, Metric]:
    ident, at = f"v{maker}-{number}", START + int((number + rng.uniform()) * DAY_MS)
    plays = int(np.exp(4 + 0.5 * np.log(followers) + rng.normal(0, 1))) + 10
    likes, said, shares = (int(plays * rate) for rate in np.exp(rng.normal([-2.5, -5, -5.5], 0.4)))
    tags = ("fyp", TAGS[maker % len(TAGS)])
    video = Video("tiktok", ident, f"m{maker}", "about it", tags, duration_ms=20_000, lang="en", created_at=at, commerce="organic")
    return video, Metric("tiktok", ident, at + 30 * DAY_MS, plays, likes, said, shares)


def _comment(connection: sqlite3.Connection, rng: np.random.Generator, video: str) -> None:
    rows = [
        Comment(
            "tiktok", f"{video}-{n}", video, f"text {n} {video}", author=f"a{n}-{video}", likes=int(rng.integers(9)), created_at=START + n
        )
        for n in range(EACH)
    ]
    comments.save(connection, rows, 1)
    unread.put_keys(connection, "n", [(("tiktok", row.id), row.text, "c") for row in rows])
    chances = rng.uniform(size=EACH)
    said = [
        StoredPrediction("n", row.text, "c", MODEL, 1 + 9 * p, p, "want", FEELINGS[int(rng.integers(3))], 1, 9, False, "en", 1)
        for row, p in zip(rows, chances.tolist(), strict=True)
    ]
    predictions.save(connection, said)


def _peak_mb() -> float:
    """Of this program alone: `ru_maxrss` begins on Linux with what the program that started it held."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10  # macOS counts bytes


if __name__ == "__main__":
    main()
