"""One part of the seed that both legs have not seen: what calibration is fitted on and the card's first figures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.intent.encoder import Encoder
from companion.intent.heads import distribution, sigmoid, stacked
from companion.intent.lexical import ORDINAL
from companion.intent.metrics import Metrics, measure
from companion.intent.model import expectation, intervals_of
from companion.intent.prediction import HIGH_GRADE, Prediction
from companion.intent.text import normalise
from companion.training.calibrate import Calibration, HeldOut
from companion.training.examples import Example
from companion.training.export import export_encoder, export_heads
from companion.training.folds import fold_of
from companion.training.lessons import pair_of
from companion.training.lexical import train_lexical
from companion.training.network import IntentNetwork

PARTS = 4
"""The seed is cut into four parts by group and product; one is held out."""


def part_of(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    """Part number [n] of each example; part 0 is the one held out."""
    return fold_of(examples, PARTS)


def read_held(examples: Sequence[Example], network: IntentNetwork) -> HeldOut:
    """Read part 0 with both legs, trained without it, and with the int8 encoder, as serving does."""
    part = part_of(examples)
    seen = [x for x, p in zip(examples, part, strict=True) if p]
    held = [x for x, p in zip(examples, part, strict=True) if not p]
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(network.pooled, network.base / "tokenizer.json", Path(scratch))
        encoder = Encoder(Path(scratch))
        vectors = encoder.encode([pair_of(x) for x in held])
        encoder.close()
    odds = export_heads(network).encoder_odds(vectors)
    return HeldOut(held, odds, train_lexical(seen).logits([normalise(x.text) for x in held])[:, ORDINAL])


def measure_held(held: HeldOut, calibration: Calibration) -> Metrics:
    """Grade and p_high metrics of the calibrated, stacked legs."""
    odds = stacked(calibration.stack, held.encoder, held.lexical, held.native)
    distributions = distribution(sigmoid(odds))
    high = sigmoid(odds[:, HIGH_GRADE - 2] + calibration.cut[held.native.astype(np.int64)])
    spans = intervals_of(distributions, calibration.tail)
    predictions = [
        Prediction(float(g), float(h), "", "", span, span[1] - span[0] > calibration.unsure_width, x.lang)
        for g, h, span, x in zip(expectation(distributions), high, spans, held.examples, strict=True)
    ]
    blank = [""] * len(predictions)
    return measure([x.grade for x in held.examples], blank, blank, predictions)
