"""The intent model itself against the transformers pipeline, in one process: comments alone, and with a context."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np

from bench.pipeline import pipeline_of, seconds
from bench.table import Row
from companion.intent import Context, IntentModel, Item, load_model
from companion.intent.context import render
from companion.intent.explain import explain
from companion.intent.neighbours import Neighbours
from companion.intent.text import normalise
from companion.training.seed import load_seed

ROUNDS = 7
COMMENTS = 100
WANTED = 7.0
WORDS, EXPLAINED = (5, 25), 60
CONTEXTS = {"alone": Context(), "with a caption": Context("testing the mini blender everyone talks about", ("amazonfinds", "kitchen"))}


def rows() -> list[Row]:
    """One line for each kind of context."""
    texts = list(dict.fromkeys(x.text for x in load_seed() if x.lang == "en"))
    np.random.default_rng(2).shuffle(texts)
    pipeline, model = pipeline_of(), load_model()
    found = [
        _row(name, context, model, pipeline, texts[place * ROUNDS * COMMENTS :]) for place, (name, context) in enumerate(CONTEXTS.items())
    ]
    found.append(_explanation(model, [text for text in texts if WORDS[0] <= len(text.split()) <= WORDS[1]]))
    model.close()
    return found


def _explanation(model: IntentModel, texts: list[str]) -> Row:
    """Words and nearest examples of a usual comment, as the card behind a badge asks for them."""
    neighbours = Neighbours.load()
    neighbours.nearest("warm up")
    times = []
    for text in texts[:EXPLAINED]:
        item = Item(text, CONTEXTS["with a caption"])
        times.append(seconds(lambda item=item: (explain(model, item), neighbours.nearest(item.text))) * 1000)
    neighbours.close()
    p95 = float(np.quantile(times, 0.95))
    what = f"explanation of a comment of {WORDS[0]} to {WORDS[1]} words, 95th percentile of {EXPLAINED}"
    return Row(what, f"{p95:.0f} ms (median {statistics.median(times):.0f} ms)", "<= 150 ms", p95 <= 150)


def _row(name: str, context: Context, model: IntentModel, pipeline: Any, texts: list[str]) -> Row:
    """Both sides read the same 100 new comments in turn; the median round counts."""
    rendered = render(context)
    ours, theirs = [], []
    for number in range(ROUNDS):
        part = texts[number * COMMENTS : (number + 1) * COMMENTS]
        items = [Item(text, context) for text in part]
        ours.append(seconds(lambda items=items: model.read(items)))
        pairs = [{"text": normalise(text), **({"text_pair": rendered} if rendered else {})} for text in part]
        theirs.append(seconds(lambda pairs=pairs: pipeline(pairs, batch_size=32)))
    ratio = statistics.median(theirs) / statistics.median(ours)
    figure = f"{ratio:.1f}x ({statistics.median(ours):.3f} s against {statistics.median(theirs):.3f} s)"
    return Row(f"100 comments {name} through the model, against the transformers pipeline", figure, f">= {WANTED:.0f}x", ratio >= WANTED)
