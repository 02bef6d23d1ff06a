"""The intent model itself against the transformers pipeline, in one process: comments alone, and with a context."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np

from bench.pipeline import pipeline_of, seconds
from bench.table import Row
from companion.intent import Context, IntentModel, Item, load_model
from companion.intent.context import render
from companion.intent.text import normalise
from companion.training.seed import load_seed

ROUNDS = 7
COMMENTS = 100
WANTED = 7.0
CONTEXTS = {"alone": Context(), "with a caption": Context("testing the mini blender everyone talks about", ("amazonfinds", "kitchen"))}


def rows() -> list[Row]:
    """One line for each kind of context."""
    texts = list(dict.fromkeys(x.text for x in load_seed() if x.lang == "en"))
    np.random.default_rng(2).shuffle(texts)
    pipeline, model = pipeline_of(), load_model()
    found = [
        _row(name, context, model, pipeline, texts[place * ROUNDS * COMMENTS :]) for place, (name, context) in enumerate(CONTEXTS.items())
    ]
    model.close()
    return found


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
