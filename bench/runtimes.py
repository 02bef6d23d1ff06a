"""Other ways to run the shipped encoder: the same weights in fp32, static int8 and, where it is installed, on OpenVINO.

    python -m bench.runtimes [NAME...]

Speed is that of the encoder on two threads, told as a multiple of the shipped one's in the same run, by the clock and by the
processor time used, which other programs disturb less; quality is that of the
whole model with only its encoder exchanged, on the English exam, the minimal pairs and, where there are some (see
bench/adaptation.py), real comments. The networks are made of the shipped file's weights, so that nothing else is needed;
OpenVINO comes with `pip install openvino`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import CalibrationMethod
from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from bench.adaptation import graded_file
from bench.pipeline import seconds
from bench.static_int8 import Feeds, static_int8
from companion.intent import Context, IntentModel
from companion.intent.encoder import MAX_TOKENS, WORKERS, Encoder, PairEncoder, Vector
from companion.intent.heads import Heads
from companion.intent.lexical import Lexical
from companion.intent.model import SHIPPED, Manifest
from companion.training.examples import Example
from companion.training.exams import load_exam, load_pairs, ordered_right
from companion.training.export import trace
from companion.training.lessons import Pair, pair_of
from companion.training.network import IntentNetwork
from companion.training.promotion import figures, read
from companion.training.seed import load_seed
from companion.training.warm_start import network_of

ROUNDS, COMMENTS, CALIBRATION = 9, 200, 400
BATCH = 16
BASELINE = "dynamic int8: shipped"
MEASURES = ("f1_high", "pr_auc", "roc_auc", "qwk", "mae")

Run = Callable[[Feeds], Vector]


def main(names: Sequence[str]) -> None:
    """Measure the named ways, or all, beside the shipped one, and print two tables."""
    console = Console(width=150)
    with tempfile.TemporaryDirectory() as scratch:
        ways = _ways(Path(scratch))
        unknown = [name for name in names if name not in ways]
        if unknown:
            sys.exit(f"no way is called {unknown[0]!r}; there are: {'; '.join(ways)}")
        encoders = {name: ways[name]() for name in dict.fromkeys([BASELINE, *(names or ways)])}
        quality = Table("way", "measured on", *MEASURES, box=None)
        for name, encoder in encoders.items():
            for row in _quality(encoder):
                quality.add_row(name, *row)
        console.print(quality)
        times = _times(list(encoders.values()), _seed_pairs(COMMENTS, 5))
        speed = Table("way", "ms", "times the shipped one's", "ms of processor", "times the shipped one's", box=None)
        for name, best in zip(encoders, times, strict=True):
            figures_of = [(f"{1000 * mine:.0f}", f"{mine / base:.2f}") for mine, base in zip(best, times[0], strict=True)]
            speed.add_row(name, *figures_of[0], *figures_of[1])
        console.print(f"{COMMENTS} English seed comments with their contexts, best of {ROUNDS} rounds")
        console.print(speed)


def _ways(scratch: Path) -> dict[str, Callable[[], PairEncoder]]:
    network = network_of(SHIPPED)
    flat, padded = scratch / "flat.onnx", scratch / "padded.onnx"
    trace(network.pooled, flat)
    _trace_padded(network, padded)
    ways: dict[str, Callable[[], PairEncoder]] = {
        BASELINE: lambda: Encoder(SHIPPED),
        "fp32, one at a time": lambda: OneByOne(_onnx(flat)),
        "fp32, sorted batches of 16": lambda: Batches(_onnx(padded)),
    }
    for method in (CalibrationMethod.MinMax, CalibrationMethod.Percentile):
        ways[f"static int8, {method.name}"] = partial(_static_way, flat, scratch, method)
    if find_spec("openvino"):
        for kind in ("f32", "bf16"):
            ways[f"OpenVINO {kind}, one at a time"] = partial(_openvino_way, OneByOne, flat, kind)
            ways[f"OpenVINO {kind}, sorted batches of 16"] = partial(_openvino_way, Batches, padded, kind)
    return ways


class _Tokens:
    def __init__(self, run: Run) -> None:
        self._run = run
        self._tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._pool = ThreadPoolExecutor(WORKERS)
        self.dimension = self._run(self.feeds([("hi", "there")])).shape[1]

    def warm_up(self) -> None:
        """Nothing to do: measured rounds come first."""

    def close(self) -> None:
        """Free the threads."""
        self._pool.shutdown()

    def feeds(self, pairs: Sequence[Pair]) -> Feeds:
        """Inputs [n, tokens] of pairs."""
        encodings = self._tokenizer.encode_batch([pair if pair[1] else pair[0] for pair in pairs])
        parts = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
        return {name: np.array([getattr(one, of) for one in encodings], np.int64) for name, of in parts.items()}


class OneByOne(_Tokens):
    """As the shipped encoder works: every text alone."""

    def encode(self, pairs: Sequence[Pair]) -> Vector:
        """Vectors [n, d], in order."""
        self._tokenizer.no_padding()
        return np.concatenate(list(self._pool.map(lambda pair: self._run(self.feeds([pair])), pairs)))


class Batches(_Tokens):
    """Texts of like length together, padded."""

    def encode(self, pairs: Sequence[Pair]) -> Vector:
        """Vectors [n, d], in order."""
        self._tokenizer.enable_padding()
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        found = np.concatenate(list(self._pool.map(lambda rows: self._run(self.feeds([pairs[i] for i in rows])), batches)))
        result = np.empty_like(found)
        result[order] = found
        return result


def _onnx(file: Path) -> Run:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    known = {one.name for one in session.get_inputs()}
    return lambda feeds: session.run(None, {name: value for name, value in feeds.items() if name in known})[0]


def _openvino(file: Path, kind: str) -> Run:
    import threading

    import openvino  # type: ignore[import-not-found, unused-ignore]

    settings = {"INFERENCE_PRECISION_HINT": kind, "INFERENCE_NUM_THREADS": WORKERS, "NUM_STREAMS": WORKERS}
    compiled = openvino.Core().compile_model(str(file), "CPU", settings)
    known = {one.any_name for one in compiled.inputs}
    requests = threading.local()

    def run(feeds: Feeds) -> Vector:
        if not hasattr(requests, "own"):
            requests.own = compiled.create_infer_request()
        said = requests.own.infer({name: value for name, value in feeds.items() if name in known})
        vectors: Vector = np.array(said[0])
        return vectors

    return run


def _openvino_way(kind: type[OneByOne] | type[Batches], file: Path, precision: str) -> PairEncoder:
    return kind(_openvino(file, precision))


def _static_way(flat: Path, scratch: Path, method: CalibrationMethod) -> PairEncoder:
    target = scratch / f"static-{method.name}.onnx"
    tokens = OneByOne(lambda feeds: np.zeros((len(feeds["input_ids"]), 1), np.float32))
    static_int8(flat, target, map(tokens.feeds, ([pair] for pair in _seed_pairs(CALIBRATION, 3))), method)
    return OneByOne(_onnx(target))


def _trace_padded(network: IntentNetwork, path: Path) -> None:
    """With batch axis and mask."""
    names = ["input_ids", "attention_mask", "token_type_ids"]
    ids = torch.ones(2, 8, dtype=torch.int64)
    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"vector": {0: "texts"}}
    torch.onnx.export(
        network.pooled.eval(), (ids, ids, ids * 0), str(path), input_names=names, output_names=["vector"], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip


def _seed_pairs(number: int, chance: int) -> list[Pair]:
    english = [x for x in load_seed() if x.lang == "en"]
    chosen = np.random.default_rng(chance).permutation(len(english))[:number]
    return [pair_of(english[i]) for i in chosen]


def _times(encoders: Sequence[PairEncoder], pairs: list[Pair]) -> list[tuple[float, float]]:
    """Best (time, processor time) of each in seconds, in rounds in which each has its turn."""
    best = [(float("inf"), float("inf"))] * len(encoders)
    for number in range(ROUNDS + 1):
        for place, encoder in enumerate(encoders):
            started = time.process_time()
            taken = seconds(partial(encoder.encode, pairs)), time.process_time() - started
            if number:  # the first round warms up
                best[place] = min(best[place][0], taken[0]), min(best[place][1], taken[1])
    return best


def _quality(encoder: PairEncoder) -> Iterator[list[str]]:
    model = IntentModel(encoder, Lexical.load(SHIPPED / "lexical.npz"), Heads.load(SHIPPED / "heads.npz", 384), Manifest.load(SHIPPED))
    for name, examples in {"English exam": load_exam("en"), "real comments": _real()}.items():
        if examples:
            measured = figures(examples, read(model, examples))
            yield [name, *(f"{measured[key]:.3f}" for key in MEASURES)]
    pairs = load_pairs()
    yield [f"{len(pairs)} minimal pairs", f"{ordered_right(model, pairs):.3f} ordered right"]


def _real() -> list[Example]:
    file = graded_file()
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file else []
    return [Example(x["text"], Context.of(x["context"]), x["grade"], x.get("signal"), x.get("sentiment"), "", "", "") for x in rows]


if __name__ == "__main__":
    main(sys.argv[1:])
