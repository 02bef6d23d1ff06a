"""One part of the seed that both legs have not seen: what calibration is fitted on and the card's first figures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from companion.intent.context import render
from companion.intent.encoder import Encoder
from companion.intent.heads import Array, distribution, sigmoid
from companion.intent.metrics import Metrics, measure
from companion.intent.model import expectation, interval
from companion.intent.prediction import HIGH_GRADE, Prediction
from companion.intent.text import normalise
from companion.training.calibrate import Calibration, stacked
from companion.training.export import export_encoder, export_heads
from companion.training.folds import fold_of
from companion.training.lexical import train_lexical
from companion.training.network import IntentNetwork, base_folder
from companion.training.seed import Example

PARTS = 4
"""The seed is cut into four parts by group and product; one is held out."""


@dataclass(frozen=True)
class HeldOut:
    """Held-out examples and the log-odds [n, 9] that each leg gave them."""

    examples: list[Example]
    encoder: Array
    lexical: Array


def hold_out(examples: Sequence[Example], train: Callable[[list[Example]], IntentNetwork]) -> HeldOut:
    """Train both legs without one part and read that part with the int8 encoder, as serving does."""
    part = fold_of(examples, PARTS)
    seen = [x for x, p in zip(examples, part, strict=True) if p]
    held = [x for x, p in zip(examples, part, strict=True) if not p]
    network = train(seen)
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(network.pooled, base_folder() / "tokenizer.json", Path(scratch))
        encoder = Encoder(Path(scratch))
        vectors = encoder.encode([(normalise(x.text), render(x.context)) for x in held])
        encoder.close()
    odds = export_heads(network).encoder_odds(vectors)
    return HeldOut(held, odds, train_lexical(seen).logits([normalise(x.text) for x in held]))


def grades_of(held: HeldOut) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """True grades [n]."""
    return np.array([x.grade for x in held.examples])


def measure_held(held: HeldOut, calibration: Calibration) -> Metrics:
    """Grade and p_high metrics of the calibrated, stacked legs."""
    odds = stacked(calibration.stack, held.encoder, held.lexical)
    distributions = distribution(sigmoid(odds))
    high = sigmoid(odds[:, HIGH_GRADE - 2] + calibration.cut[0])
    spans = [interval(row, calibration.tail) for row in distributions]
    predictions = [
        Prediction(float(g), float(h), "", "", span, span[1] - span[0] > calibration.unsure_width, x.lang)
        for g, h, span, x in zip(expectation(distributions), high, spans, held.examples, strict=True)
    ]
    blank = [""] * len(predictions)
    return measure([x.grade for x in held.examples], blank, blank, predictions)
