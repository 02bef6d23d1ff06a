"""Sentence encoder on ONNX Runtime: text pairs -> vectors, one text at a time.

Dynamic int8 takes its activation scales from the whole batch, so batching would give a comment another
score in other company. Each text therefore runs alone, over one shared session, from two threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Encoding, Tokenizer

Vector = npt.NDArray[np.float32]

Beside = Callable[[int], object]
"""Other work on the text at a place, done by the thread that encoded it: so it too is spread over the cores."""

MAX_TOKENS = 128
WORKERS = 2
"""Threads that feed the session. One an inference is fastest on the two cores we plan for."""

WARM_UP = ("hi", "where can I buy this in black?", "word " * 30, "word " * 120)


class PairEncoder(Protocol):
    """What the heads stand on. A pair's vector does not depend on the other pairs."""

    @property
    def dimension(self) -> int:
        """Length d of a vector."""

    def encode(self, pairs: Sequence[tuple[str, str]], beside: Beside | None = None) -> Vector:
        """Vectors of (text, context) pairs, float32 [n, d], in order."""

    def warm_up(self) -> None:
        """Run once what the first request would wait for."""

    def close(self) -> None:
        """Free what it holds."""


class Encoder:
    """An ONNX encoder with its tokenizer.

    Args:
        folder: holds `model.onnx` (inputs input_ids, attention_mask and, where the network knows segments, token_type_ids,
            each int64 [1, n]; output float32 [1, d]) and `tokenizer.json`.

    Raises:
        FileNotFoundError: naming the file that is missing.
    """

    def __init__(self, folder: Path) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"model file {folder / name} is missing; reinstall BuySignal or choose another model")
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # its lock makes the threads wait for each other; without it two are a tenth faster
        options.enable_mem_pattern = False  # plans memory for lengths that seldom come twice in a row
        options.log_severity_level = 3
        self._session = ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="encoder")

    def encode(self, pairs: Sequence[tuple[str, str]], beside: Beside | None = None) -> Vector:
        """Vectors of (text, context) pairs, float32 [n, d], in order. An empty context is left out."""
        if not pairs:
            return np.zeros((0, self.dimension), np.float32)
        encodings = self._tokenizer.encode_batch([pair if pair[1] else pair[0] for pair in pairs])
        vectors: list[Vector] = [np.empty(0, np.float32)] * len(pairs)
        waiting = iter(sorted(range(len(pairs)), key=lambda i: -len(encodings[i].ids)))  # the longest first, so that threads end together

        def work() -> None:
            for place in waiting:  # one `next` is atomic: no text is taken twice
                vectors[place] = self._run(encodings[place])
                if beside:
                    beside(place)

        for worker in [self._pool.submit(work) for _ in range(min(WORKERS, len(pairs)))]:
            worker.result()
        return np.concatenate(vectors)

    @property
    def dimension(self) -> int:
        """Length d of a vector."""
        return int(self._session.get_outputs()[0].shape[-1])

    def warm_up(self) -> None:
        """Run a short, a usual, a long and a cut text once, so that the first request is not the slow one."""
        self.encode([(text, "") for text in WARM_UP])

    def close(self) -> None:
        """Stop the threads; texts already handed in are finished first."""
        self._pool.shutdown()

    def _run(self, encoding: Encoding) -> Vector:
        feeds = {
            "input_ids": np.array([encoding.ids], np.int64),
            "attention_mask": np.array([encoding.attention_mask], np.int64),
            "token_type_ids": np.array([encoding.type_ids], np.int64),
        }
        output: Vector = self._session.run(None, {name: value for name, value in feeds.items() if name in self._inputs})[0]
        return output
