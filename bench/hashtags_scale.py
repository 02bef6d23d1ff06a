"""How long the hashtag atlas takes over 100,000 videos and 50,000 tags, what memory, and how fast it answers.

The store is invented: tags are words of the vocabulary, alone, in pairs, or with letters that mean nothing, drawn with a long tail.
This measures the code, not the quality of matches.
"""

from __future__ import annotations

import json
import random
import resource
import string
import subprocess
import sys
import time

import numpy as np

from bench.table import Row
from companion.hashtag_atlas import SENTENCE, encoder_id
from companion.hashtags import Atlas, Post, Vectors, default_tree
from companion.hashtags.phrase_vectors import shipped_vectors
from companion.hashtags.vocabulary import vocabulary
from companion.intent.encoder import Encoder

VIDEOS, TAGS, CREATORS = 100_000, 50_000, 20_000
PER_VIDEO = 5
QUERIES = 300
TARGET_S, TARGET_GB, TARGET_MS = 180, 1.5, 30


def invented(videos: int = VIDEOS, tags: int = TAGS, seed: int = 0) -> list[Post]:
    """Posts whose creators have a subject each."""
    rng = random.Random(seed)  # noqa: S311 (no secret)
    known = sorted(key for key, entry in vocabulary().entries.items() if len(key) < 20 and key.isalnum())
    names = set(known)
    while len(names) < tags:
        other = rng.choice(known) if rng.random() < 0.5 else "".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 10)))
        names.add((rng.choice(known) + other)[:60])
    listed = sorted(names)
    rng.shuffle(listed)
    ranks = np.random.default_rng(seed).zipf(1.3, videos * PER_VIDEO) % len(listed)
    ranks[: len(listed)] = np.arange(len(listed))
    return [
        Post(
            str(at),
            str(at % CREATORS),
            tuple(listed[rank] for rank in ranks[at::videos]),
            f"{known[at % len(known)]} for you, new in the shop today",
            str(at % 7000),
            1_700_000_000_000 + at * 60_000,
        )
        for at in range(videos)
    ]


def measure() -> dict[str, float]:
    """Seconds of wall clock and of processor to build, peak memory in GB, and the 95th percentile of a query in ms, both ways."""
    posts = invented()
    encoder = Encoder(SENTENCE)
    tree = default_tree()
    wall, busy = time.perf_counter(), time.process_time()
    atlas = Atlas(posts, Vectors(encoder, shipped_vectors(encoder_id())))
    atlas.ranker(tree, 2)
    atlas.map_category("beauty/skin", tree)
    atlas.related(atlas.graph.tags[0])
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    took, worked = [], []
    for tag in random.Random(1).sample(atlas.graph.tags, QUERIES):  # noqa: S311 (no secret)
        start, cpu = time.perf_counter(), time.process_time()
        atlas.map_tag(tag, tree)
        took.append((time.perf_counter() - start) * 1e3)
        worked.append((time.process_time() - cpu) * 1e3)
    encoder.close()
    return {
        "tags": len(atlas.graph.tags),
        "wall": wall,
        "busy": busy,
        "peak": peak,
        "p95": float(np.percentile(took, 95)),
        "p95_busy": float(np.percentile(worked, 95)),
    }


def rows() -> list[Row]:
    """Measured in a process of its own, so that its memory is its own."""
    ran = subprocess.run([sys.executable, "-m", "bench.hashtags_scale"], check=True, capture_output=True, text=True)
    found = json.loads(ran.stdout)
    what = f"hashtags, {VIDEOS:,} videos, {int(found['tags']):,} tags"
    return [
        Row(
            f"{what}: building the atlas",
            f"{found['wall']:.0f} s ({found['busy']:.0f} s of processor)",
            f"<= {TARGET_S} s",
            found["wall"] <= TARGET_S,
        ),
        Row(f"{what}: memory", f"{found['peak']:.2f} GB", f"<= {TARGET_GB} GB", found["peak"] <= TARGET_GB),
        Row(
            f"{what}: one tag, p95",
            f"{found['p95']:.1f} ms ({found['p95_busy']:.1f} ms of processor)",
            f"<= {TARGET_MS} ms",
            found["p95"] <= TARGET_MS,
        ),
    ]


if __name__ == "__main__":
    print(json.dumps(measure()))
