"""A tagger of the words of a query, which reads names that no list has; it works beside the rules (`tagger_blend`)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from companion.intent.model import BadModelError, file_hash
from companion.intent.neighbours import SHIPPED as ENCODER
from companion.shop.understanding import tagger_blend, tagger_network
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.tagger_blend import Bounds
from companion.shop.understanding.tagger_found import Found
from companion.shop.understanding.tagger_network import BadTaggerError, Net
from companion.shop.understanding.tagger_spans import TAGS, Floats, Tag
from companion.shop.understanding.tagger_states import WordStates
from companion.shop.understanding.tagger_words import WIDTH, features_of

SHIPPED = ENCODER.parent / "slots"
WEIGHTS, MANIFEST = "tagger.npz", "slots.json"
_log = logging.getLogger("buysignal")

Amend = Callable[[Reading, Found], Found]
"""Takes what the rules have found, gives what counts."""


class Tagger:
    """Several networks whose probabilities are averaged.

    Args:
        nets: at least one.
        vocabulary: word -> row of the networks' embeddings.
        bounds: of each slot.
        states: of the encoder that the networks were trained on.
    """

    def __init__(self, nets: Sequence[Net], vocabulary: Mapping[str, int], bounds: Mapping[Tag, Bounds], states: WordStates) -> None:
        self._nets, self._vocabulary = nets, vocabulary
        self.bounds, self.states = bounds, states

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Tagger:
        """The tagger of a folder that `companion.training.slots` wrote.

        Raises:
            BadTaggerError: it is missing, was changed, or was trained on another encoder.
        """
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            bounds = {tag: Bounds(**{name: float(value) for name, value in manifest["bounds"][tag].items()}) for tag in TAGS}
            hashes, encoder = dict(manifest["sha256"]), str(manifest["encoder"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadTaggerError(f"{folder / MANIFEST} cannot be read ({error}); reinstall BuySignal") from error
        try:
            if file_hash(folder / WEIGHTS) != hashes.get(WEIGHTS):
                raise BadTaggerError(f"{folder / WEIGHTS} is not the file that was trained (its hash differs); reinstall BuySignal")
            if file_hash(ENCODER / "model.onnx") != encoder:
                raise BadTaggerError(
                    "the tagger was trained on another sentence encoder; train it anew: python -m companion.training.slots"
                )
        except BadModelError as error:
            raise BadTaggerError(str(error)) from error
        nets, vocabulary = tagger_network.load(folder / WEIGHTS)
        try:
            states = WordStates()
        except Exception as error:  # ONNX Runtime and the tokenizer raise plain Exception too
            raise BadTaggerError(f"the encoder in {ENCODER} cannot be read ({error}); reinstall BuySignal") from error
        for net in nets:
            net.check(states.width, WIDTH)
        return cls(nets, vocabulary, bounds, states)

    def chances(self, reading: Reading, found: Found) -> Floats:
        """Probabilities [n, 15] of each word's labels."""
        words = np.array([self._vocabulary.get(token.word, tagger_network.UNKNOWN) for token in reading.tokens], np.int64)
        states, features = self.states.of(reading.text, reading.tokens), features_of(reading, found)
        chances: Floats = np.mean([net.chances(states, features, words) for net in self._nets], 0)
        return chances

    def amended(self, reading: Reading, found: Found) -> Found:
        """What the rules have found, with what the tagger adds and drops."""
        if not reading.tokens:
            return found
        return tagger_blend.amended(reading, found, self.chances(reading, found), self.bounds)


@cache
def shipped() -> Tagger | None:
    """The tagger that ships; None, after a warning that says why, where its files are missing or broken."""
    try:
        return Tagger.load()
    except BadTaggerError as error:
        _log.warning("Queries are read by rules alone: %s", error)
        return None


def amended(reading: Reading, found: Found) -> Found:
    """By the tagger that ships, where it can be used."""
    tagger = shipped()
    return tagger.amended(reading, found) if tagger else found


def unchanged(_: Reading, found: Found) -> Found:
    """The rules alone."""
    return found
