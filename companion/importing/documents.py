"""Files that are one JSON document or one page each, and folders of them."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from companion.table_files import BadFileError
from companion.tiktok.bodies import parse

MAX_DOCUMENT = 256 * 1024 * 1024
"""Bytes, unpacked. A document is held in memory as a whole; larger ones should be JSON lines."""

PAGES = (".html", ".htm")
DOCUMENTS = (".json", *PAGES)
LINES = (".jsonl", ".ndjson")


def kind_of_name(path: Path) -> str:
    """The ending of a file's name in small letters, without ".gz"."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join((suffixes[:-1] if suffixes[-1:] == [".gz"] else suffixes)[-1:])


def inside(folder: Path) -> list[Path]:
    """The documents and pages of a folder and those below, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and kind_of_name(path) in (*DOCUMENTS, *LINES))


def text_of(path: Path) -> str:
    """A whole file as text.

    Raises:
        BadFileError: it cannot be read, or is too large.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            content = stream.read(MAX_DOCUMENT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFileError(f"the file cannot be read ({error})") from error
    if len(content) > MAX_DOCUMENT:
        raise BadFileError(f"the file has more than {MAX_DOCUMENT // 1024 // 1024} MB; write it as JSON lines, one object a line")
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


def document(path: Path) -> object:
    """The JSON document of a file.

    Raises:
        BadFileError: it cannot be read, or is no JSON.
    """
    try:
        return parse(text_of(path))
    except ValueError as error:
        raise BadFileError(f"not valid JSON ({error})") from error
