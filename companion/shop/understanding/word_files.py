"""Reading the word lists that ship beside this room: lines of cells split by `|`, words in a cell by commas, `#` starts a remark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Cells of each line of `words/NAME.txt`, trimmed. FileNotFoundError where the installation is not whole."""
    text = (files(__package__) / "words" / f"{name}.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines if line and not line.startswith("#"))


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of `words/classes.txt`. KeyError where there is no such class."""
    found = frozenset(word for row in rows_of("classes") if row[0] == name for word in names_in(cell(row, 1)))
    if not found:
        raise KeyError(f'classes.txt has no words of the class "{name}"')
    return found


def names_in(cell: str) -> Iterator[str]:
    """The names of one cell."""
    return (name for name in (part.strip() for part in cell.split(",")) if name)


def spellings(name: str) -> tuple[str, ...]:
    """A German name as folded texts spell it: "guertel" stands for "gürtel", "weiss" for "weiß"."""
    bare = name.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    sharp = {one.replace("ss", "s") for one in (name, bare)} if name.startswith(("weiss", "gross", "fuss")) or "fuss" in name else set()
    return tuple(dict.fromkeys((name, bare, *sorted(sharp))))


def cell(row: tuple[str, ...], place: int) -> str:
    """A cell of a row, empty where the line is shorter."""
    return row[place] if place < len(row) else ""
