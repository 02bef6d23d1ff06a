"""Queries with wanted facts marked in place, one a line: `{colour|navy} {type|rain jacket} for my 6 yr old, no {not|hood}`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from companion.shop.understanding.tagger_spans import TAGS, Span, Tag
from companion.shop.understanding.text import Token

SEED = Path(__file__).parent / "seed"
HELD_OUT = "held_out.txt"
"""Never trained on, and no bound is chosen by it."""
_MARK = re.compile(r"\{([^{}|]*)\|([^{}]*)\}")


class BadLineError(ValueError):
    """A line cannot be read; the message names the file, the line and the mend."""


@dataclass(frozen=True)
class Line:
    """A query and the marks in it: (tag, first character, character after the last)."""

    text: str
    marks: tuple[tuple[Tag, int, int], ...]

    def spans(self, words: Iterable[Token]) -> list[Span]:
        """The marks as ranges of the text's words; a mark that holds no word is left out."""
        words = tuple(words)
        spans = []
        for tag, start, end in self.marks:
            inside = [place for place, word in enumerate(words) if word.start < end and word.end > start]
            if inside:
                spans.append(Span(tag, inside[0], inside[-1] + 1))
        return spans


def read_line(line: str) -> Line:
    """A line without its marks, and the marks.

    Raises:
        BadLineError: an unknown tag, a brace without its other, or a mark around nothing.
    """
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        tag, words = match.groups()
        text += line[at : match.start()]
        if tag not in TAGS:
            raise BadLineError(f"unknown tag {tag!r}; use one of {', '.join(TAGS)}")
        if not any(char.isalnum() for char in words):
            raise BadLineError(f"the mark {match.group()!r} is around no word; take it out")
        marks.append((cast(Tag, tag), len(text), len(text) + len(words)))
        text, at = text + words, match.end()
    text += line[at:]
    if "{" in text or "}" in text:
        raise BadLineError("a brace stands alone; write marks as {tag|words} and no other braces")
    return Line(text, tuple(marks))


def read_file(path: Path) -> list[Line]:
    """Every line that is not empty.

    Raises:
        BadLineError: naming file, line and mend.
    """
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadLineError(f"{path} cannot be read: {error}") from error
    lines = []
    for number, row in enumerate(rows, 1):
        try:
            lines += [read_line(row.strip())] if row.strip() else []
        except BadLineError as error:
            raise BadLineError(f"{path.name}, line {number}: {error}") from error
    return lines


def read_seed(folder: Path = SEED) -> tuple[list[Line], list[Line]]:
    """Lines to train on, each text once and none that is held out, and the held-out ones."""
    held_out = read_file(folder / HELD_OUT)
    kept = {line.text.casefold() for line in held_out}
    trained: dict[str, Line] = {}
    for path in sorted(folder.glob("*.txt")):
        if path.name != HELD_OUT:
            for line in read_file(path):
                if line.text.casefold() not in kept:
                    trained.setdefault(line.text.casefold(), line)
    return list(trained.values()), held_out
