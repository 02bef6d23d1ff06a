"""Vectors of a frozen encoder on disk: what was encoded once is read back, by the same run or by the next one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from companion.intent.encoder import PairEncoder, Vector
from companion.training.lessons import Pair

_BATCH = 64
"""Pairs encoded between two writes: a few seconds are lost when a training is killed."""

Report = Callable[[int, int], None]


def vectors_of(pairs: Sequence[Pair], encoder: PairEncoder, file: Path, report: Report | None = None) -> Vector:
    """Vectors [n, d] of pairs, float32 from float16: what the file lacks is encoded and added to it.

    Args:
        pairs: what to encode.
        encoder: a frozen one; the file must be its own.
        file: records of an 8-byte key and d float16 each, made where it is missing. A half-written one at its end is cut off.
        report: called with (pairs encoded, pairs to encode) after every write.
    """
    record = np.dtype([("key", "<u8"), ("vector", "<f2", encoder.dimension)])
    keys = np.array([_key(pair) for pair in pairs], np.uint64)
    known = _stored(file, record)
    missing = [pairs[i] for i in np.unique(keys, return_index=True)[1] if int(keys[i]) not in known]
    with file.open("ab") as stream:
        for start in range(0, len(missing), _BATCH):
            some = missing[start : start + _BATCH]
            rows = np.zeros(len(some), record)
            rows["key"] = [_key(pair) for pair in some]
            rows["vector"] = encoder.encode(some)
            stream.write(rows.tobytes())
            stream.flush()
            known |= {int(row["key"]): row["vector"] for row in rows}
            if report:
                report(start + len(some), len(missing))
    found = np.empty((len(pairs), encoder.dimension), np.float32)
    for place, key in enumerate(keys):
        found[place] = known[int(key)]
    return found


def _stored(file: Path, record: np.dtype[np.void]) -> dict[int, np.ndarray]:
    if not file.exists():
        return {}
    size = file.stat().st_size
    if size % record.itemsize:
        with file.open("r+b") as stream:
            stream.truncate(size - size % record.itemsize)
    rows = np.fromfile(file, record)
    return {int(key): vector for key, vector in zip(rows["key"], rows["vector"], strict=True)}


def _key(pair: Pair) -> int:
    return int.from_bytes(hashlib.blake2b(json.dumps(pair).encode(), digest_size=8).digest(), "little")
