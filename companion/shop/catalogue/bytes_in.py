"""Bytes of a feed -> text, piece by piece: packed or not, in UTF-8, UTF-16 or an old Windows encoding, never as a whole in memory."""

from __future__ import annotations

import codecs
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHUNK = 65_536
LONGEST_LINE = 1_000_000
"""Characters; a longer line is skipped with a report."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as Windows-1252, which is what shops' exports are otherwise."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("buysignal-windows", _as_windows)


class Line(NamedTuple):
    """A line without its end; `number` from 1; `too_long` where it was cut, `odd` where it is not in the file's encoding."""

    number: int
    text: str
    odd: bool = False
    too_long: bool = False


class Source:
    """An opened feed.

    Args:
        path: the file; packed with gzip where its name ends in .gz.
        encoding: of its text; "" to tell it from the first bytes.

    Raises:
        OSError: the file cannot be read.
        LookupError: there is no such encoding.
    """

    def __init__(self, path: Path, encoding: str = "") -> None:
        self.size = path.stat().st_size
        self._raw = path.open("rb")
        opened = gzip.GzipFile(fileobj=self._raw) if path.suffix.lower() == ".gz" else self._raw
        self._stream = io.BufferedReader(opened, CHUNK)
        try:
            self.head = self._stream.peek(4096)[:4096]
            marked = next((name for mark, name in _MARKS if self.head.startswith(mark)), "")
            self.encoding = codecs.lookup(encoding or marked or "utf-8").name
            io.TextIOWrapper(io.BytesIO(), self.encoding)  # LookupError too for what is an encoding but none of text, such as "zip"
            self._stream.read(next((len(mark) for mark, name in _MARKS if name == marked), 0))
        except BaseException:
            self._raw.close()
            raise

    @property
    def done(self) -> int:
        """Bytes of the file that were read so far, of `size`."""
        return self._raw.tell()

    @property
    def start(self) -> str:
        """The first characters, to tell the format from; they are read again later."""
        return codecs.getincrementaldecoder(self.encoding)("replace").decode(self.head).lstrip("\ufeff")

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def chunks(self) -> Iterator[str]:
        """The text in pieces."""
        decoder = codecs.getincrementaldecoder(self.encoding)(self._errors)
        while data := self._stream.read(CHUNK):
            yield decoder.decode(data)
        yield decoder.decode(b"", True)

    def lines(self) -> Iterator[Line]:
        """The lines, of any length, in bounded memory."""
        if self.encoding.startswith("utf-16"):
            yield from _cut(self.chunks())
            return
        number = 0
        while data := self._stream.readline(LONGEST_LINE):
            number += 1
            too_long = not data.endswith(b"\n") and len(data) >= LONGEST_LINE
            while too_long and (rest := self._stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            try:
                yield Line(number, data.decode(self.encoding).rstrip("\r\n"), too_long=too_long)
            except UnicodeDecodeError:
                yield Line(number, data.decode(self.encoding, self._errors).rstrip("\r\n"), odd=True, too_long=too_long)

    @property
    def _errors(self) -> str:
        return "buysignal-windows" if self.encoding == "utf-8" else "replace"


def _cut(chunks: Iterator[str]) -> Iterator[Line]:
    number, kept, too_long = 0, "", False
    for chunk in chunks:
        *whole, kept = (kept + chunk).split("\n")
        for text in whole:
            number += 1
            yield Line(number, text.rstrip("\r"), too_long=too_long)
            too_long = False
        if len(kept) > LONGEST_LINE:
            kept, too_long = kept[:LONGEST_LINE], True
    if kept:
        yield Line(number + 1, kept.rstrip("\r"), too_long=too_long)
