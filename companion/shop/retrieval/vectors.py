"""Vectors of product texts in one append-only file, so that encoding goes on where it stopped.

A record is 16 bytes of the text's BLAKE2b and the unit vector in half precision. A half-written last record is cut off.
The file's name carries the encoder's hash: another encoder begins another file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


def text_hash(text: str) -> bytes:
    """BLAKE2b of the text, 16 bytes, none of them a trailing zero (numpy strips those)."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
    return digest[:-1] + bytes([digest[-1] | 1])


class VectorFile:
    """Rows are numbered from 0 in the order in which they were encoded.

    Args:
        path: the file; made when the first vector is added.
        dimension: length d of a vector.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        self.path, self.dimension = path, dimension
        self._record = np.dtype([("hash", "S16"), ("vector", "<f2", (dimension,))])
        self._rows = self._read()
        self.row_of = {digest: row for row, digest in enumerate(self._rows["hash"].tolist())}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def first(self) -> str:
        """Hash of the first row, hex; "" while there is none."""
        return bytes(self._rows["hash"][0]).hex() if len(self) else ""

    def add(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Append vectors [n, d] of texts that are not there yet; they are on the disk when this returns."""
        rows = np.zeros(len(hashes), self._record)
        rows["hash"], rows["vector"] = hashes, vectors.astype(np.float16)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as stream:
            stream.truncate(len(self) * self._record.itemsize)
            stream.write(rows.tobytes())
        known = len(self)
        self._rows = self._read()
        self.row_of.update({digest: known + i for i, digest in enumerate(hashes)})

    def of(self, rows: npt.NDArray[np.int64] | slice) -> Vectors:
        """Vectors [n, d] of rows."""
        return np.asarray(self._rows[rows]["vector"], np.float32)

    def keep(self, hashes: Sequence[bytes]) -> None:
        """Rewrite the file with these rows alone, in this order."""
        rows = self._rows[[self.row_of[digest] for digest in hashes]]
        draft = self.path.with_suffix(".new")
        draft.write_bytes(rows.tobytes())
        draft.replace(self.path)
        self._rows = self._read()
        self.row_of = {digest: row for row, digest in enumerate(hashes)}

    def _read(self) -> npt.NDArray[np.void]:
        size = self.path.stat().st_size if self.path.exists() else 0
        whole = size // self._record.itemsize
        if not whole:
            return np.zeros(0, self._record)
        return np.memmap(self.path, self._record, "r", shape=(whole,))
