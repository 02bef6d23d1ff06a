"""`/v1/score` against the transformers pipeline, latency, start and memory."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.companion import Companion, companion
from bench.pipeline import pipeline_of, seconds
from bench.table import Row
from companion.intent import Context
from companion.intent.context import render
from companion.intent.text import normalise
from companion.training.seed import load_seed

ROUNDS = 5
COMMENTS = 100
CONTEXT = {"caption": "testing the mini blender everyone talks about", "hashtags": ["amazonfinds", "kitchen"]}


def rows() -> list[Row]:
    """All lines of this module, from one companion."""
    texts = list(dict.fromkeys(x.text for x in load_seed()))
    np.random.default_rng(1).shuffle(texts)
    with tempfile.TemporaryDirectory() as folder, companion(Path(folder)) as running:
        speed, latency = _speed(running, texts), _latency(running, texts[ROUNDS * COMMENTS :])
        memory = running.memory_mb()
        ready = running.ready_after
    return [
        speed,
        latency,
        Row("companion ready after start", f"{ready:.1f} s", "<= 3 s", ready <= 3),
        Row("companion's memory after scoring", f"{memory:.0f} MB", "<= 400 MB", memory <= 400),
    ]


def _speed(running: Companion, texts: Sequence[str]) -> Row:
    """Both sides read the same 100 new comments with the same context, in turn; the median round counts."""
    pipeline = pipeline_of()
    context = render(Context(CONTEXT["caption"], tuple(CONTEXT["hashtags"])))  # type: ignore[arg-type]
    ours, theirs = [], []
    for number in range(ROUNDS):
        part = texts[number * COMMENTS : (number + 1) * COMMENTS]
        ours.append(seconds(lambda part=part, number=number: running.post("/v1/score", _request(part, f"speed{number}"))))
        pairs = [{"text": normalise(text), "text_pair": context} for text in part]
        theirs.append(seconds(lambda pairs=pairs: pipeline(pairs, batch_size=32)))
    ratio = statistics.median(theirs) / statistics.median(ours)
    figure = f"{ratio:.1f}x ({statistics.median(ours):.2f} s against {statistics.median(theirs):.2f} s)"
    return Row("100 comments through /v1/score, against the transformers pipeline", figure, ">= 6x", ratio >= 6)


def _latency(running: Companion, texts: Sequence[str]) -> Row:
    times = [seconds(lambda i=i: running.post("/v1/score", _request(texts[i * 20 : i * 20 + 20], f"late{i}"))) for i in range(40)]
    p95 = float(np.quantile(times, 0.95)) * 1000
    return Row("request of 20 new comments, 95th percentile of 40", f"{p95:.0f} ms", "<= 120 ms", p95 <= 120)


def _request(texts: Sequence[str], prefix: str) -> dict[str, Any]:
    return {"context": CONTEXT, "comments": [{"id": f"{prefix}.{i}", "text": text} for i, text in enumerate(texts)]}
