"""The records of a JSON file one after the other, whether it is one list or has one object a line; never more of it in memory than one."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.strict_json import DECODER, whole
from companion.table_files import BadFileError

MAX_RECORD = 32 * 1024 * 1024
"""Characters of one record. A task with every annotation of a large team has some hundred thousand."""

_BLOCK = 1 << 18
_NAMES = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_SPACE = " \t\r\n"
_ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8
_NOT_UTF8 = "not UTF-8 text; save the file as UTF-8"


@dataclass(frozen=True)
class Record:
    """One record, counted from 1: an object, or what is wrong with it."""

    number: int
    value: dict[str, Any]
    error: str = ""


def records(path: Path) -> Iterator[Record]:
    """Records in file order. After one that spoils the rest of the file, such as a comma too many in a list, none follow."""
    number = 0
    try:
        with _opened(path) as stream:
            for record in _listed(stream) if _is_list(stream) else _lined(stream):
                number = record.number
                yield record
    except (OSError, EOFError, zlib.error, BadFileError) as error:
        yield Record(number + 1, {}, f"the file cannot be read from here on ({error})")


def first(path: Path) -> dict[str, Any]:
    """The first record that can be read, {} where there is none or the file is of another kind."""
    if not path.name.lower().endswith(_NAMES):
        return {}
    return next((record.value for _, record in zip(range(5), records(path), strict=False) if not record.error), {})


def is_list(path: Path) -> bool:
    """Whether the file is one list, rather than an object a line."""
    with _opened(path) as stream:
        return _is_list(stream)


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOWrapper]:
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        yield io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _is_list(stream: io.TextIOWrapper) -> bool:
    """Whether a list begins here; the stream stands behind its bracket then, else where it stood."""
    while char := stream.read(1):
        if char not in _SPACE:
            break
    if char == "[":
        return True
    stream.seek(0)
    return False


def _lined(stream: io.TextIOWrapper) -> Iterator[Record]:
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        if len(line) > MAX_RECORD:
            raise BadFileError(f"a line has more than {MAX_RECORD:,} characters")
        number += 1
        if line.strip(_SPACE):
            yield _record(number, line)


def _record(number: int, text: str) -> Record:
    if _ESCAPED.search(text):
        return Record(number, {}, _NOT_UTF8)
    try:
        return _checked(number, DECODER.decode(text), text)
    except json.JSONDecodeError as error:
        return Record(number, {}, f"not valid JSON ({error.msg} at character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"not valid JSON ({error})")


def _listed(stream: io.TextIOWrapper) -> Iterator[Record]:
    """The items of a list; the text read but not yet understood is kept in a buffer."""
    buffer, number = _Buffer(stream), 0
    if buffer.peek() == "]":
        return
    while True:
        number += 1
        try:
            yield _checked(number, *buffer.item())
        except json.JSONDecodeError as error:
            yield Record(number, {}, f"not valid JSON from here on ({error.msg})")
            return
        except (ValueError, RecursionError) as error:
            yield Record(number, {}, f"not valid JSON from here on ({error})")
            return
        following = buffer.peek()
        if following == "]":
            return
        if following != ",":
            wrong = "not valid JSON from here on (a comma is missing)" if following else "the file stops in the middle"
            yield Record(number + 1, {}, wrong)
            return
        buffer.skip()


class _Buffer:
    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream, self._text, self._at = stream, "", 0

    def peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more(_BLOCK):
                return ""

    def skip(self) -> None:
        self._at += 1

    def item(self) -> tuple[Any, str]:
        """The value that begins here, and how it is written."""
        self.peek()
        block = _BLOCK
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > MAX_RECORD or not self._more(block):
                    raise
                block *= 2  # else a long item would be tried again and again
                continue
            if end == len(self._text) and self._more(block):
                continue  # a number may go on
            written = self._text[self._at : end]
            if _ESCAPED.search(written):
                raise ValueError(_NOT_UTF8)
            self._at = end
            return value, written

    def _more(self, size: int) -> bool:
        text = self._stream.read(size)
        self._text, self._at = self._text[self._at :] + text, 0
        return bool(text)


def _checked(number: int, value: object, written: str) -> Record:
    if not isinstance(value, dict):
        return Record(number, {}, "not a JSON object")
    return Record(number, whole(value) if "\\u" in written else value)  # halves of characters stand only behind such a spelling
