"""Does batching pay if each token has its own activation scale, so that company does not matter?

    python -m bench.token_scales

The shipped weights in the network of bench/token_scales_graph.py, texts grouped by their length rounded up to 16 tokens, against the
shipped encoder, which reads them alone: processor time in alternating rounds, and how alike the vectors are.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Encoding, Tokenizer

from bench.token_scales_graph import write_rowwise
from companion.intent.encoder import MAX_TOKENS, WORKERS, Encoder, Vector
from companion.intent.model import SHIPPED
from companion.training.flat import FlatBert
from companion.training.lessons import Pair
from companion.training.seed import load_seed
from companion.training.warm_start import network_of

ROUNDS, STEP, MOST_TOKENS = 14, 16, 256
CAPTION = "testing the mini blender everyone talks about #amazonfinds #kitchen"


class Grouped:
    """Texts of like length in one run; a text alone gets the same vector, bit for bit."""

    def __init__(self, network: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._pool = ThreadPoolExecutor(WORKERS)

    def encode(self, pairs: Sequence[Pair]) -> Vector:
        """Vectors [n, d], in order."""
        encodings = self._tokenizer.encode_batch([pair if pair[1] else pair[0] for pair in pairs])
        groups = defaultdict(list)
        for place, one in enumerate(encodings):
            groups[-(-len(one.ids) // STEP) * STEP].append(place)
        jobs = []
        for width, places in groups.items():
            parts = -(-sum(len(encodings[i].ids) for i in places) // MOST_TOKENS)
            jobs += [(width, part.tolist()) for part in np.array_split(np.array(places), parts) if len(part)]
        jobs.sort(key=lambda job: -job[0] * len(job[1]))
        found = self._pool.map(lambda job: self._run([encodings[i] for i in job[1]], job[0]), jobs)
        vectors = np.empty((len(pairs), self._session.get_outputs()[0].shape[1]), np.float32)
        for (_, places), rows in zip(jobs, found, strict=True):
            vectors[places] = rows
        return vectors

    def _run(self, encodings: Sequence[Encoding], width: int) -> Vector:
        feeds = np.zeros((3, len(encodings), width), np.int64)
        for row, one in enumerate(encodings):
            feeds[:, row, : len(one.ids)] = one.ids, one.attention_mask, one.type_ids
        names = ("input_ids", "attention_mask", "token_type_ids")
        vectors: Vector = self._session.run(None, dict(zip(names, feeds, strict=True)))[0]
        return vectors


def main() -> None:
    """Print a line for each number of texts, alone and with a caption."""
    texts = list(dict.fromkeys(x.text for x in load_seed() if x.lang == "en"))
    np.random.default_rng(2).shuffle(texts)
    flat = FlatBert(network_of(SHIPPED).pooled.encoder, False)
    weights = {name: value.detach().numpy() for name, value in flat.named_parameters()}
    with tempfile.TemporaryDirectory() as scratch:
        write_rowwise(weights, len(flat.layers), flat.layers[0].heads, Path(scratch) / "model.onnx")
        shipped, grouped = Encoder(SHIPPED), Grouped(Path(scratch) / "model.onnx")
    pairs = [(text, CAPTION) for text in texts[:300]]
    ours, theirs = grouped.encode(pairs), shipped.encode(pairs)
    alone = np.concatenate([grouped.encode([pair]) for pair in pairs])
    cosine = (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    print(f"mean cosine with the shipped vectors {cosine.mean():.4f}; the same alone: {np.array_equal(ours, alone)}")
    for context in ("", CAPTION):
        for size in (1, 20, 100, 400):
            times = []
            for number in range(ROUNDS):
                part = [(text, context) for text in texts[number * size : (number + 1) * size]]
                marks = [time.process_time()]
                for encoder in (shipped, grouped):
                    encoder.encode(part)
                    marks.append(time.process_time())
                times.append(np.diff(marks))
            before, after = np.median(times, axis=0) * 1000
            what = f"{size:4} texts {'with a caption' if context else 'alone':15}"
            print(f"{what} {before:7.1f} ms shipped {after:7.1f} ms grouped {before / after:.2f}x")


if __name__ == "__main__":
    main()
