"""Files into the workspace: all of them are read and checked first, then taken in batch by batch, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from companion.importing import makers
from companion.importing.bodies import Bodies
from companion.importing.pieces import Count, Entry, Piece, bodies, counted, parts
from companion.importing.recognising import Kind, recognise
from companion.importing.tables import Table
from companion.importing.zeeschuimer import Lines
from companion.intake import Origin, take
from companion.label_files import Place, Problem
from companion.store import Store, forgotten
from companion.store.raw_pages import Door
from companion.table_files import BadFileError

MAX_PROBLEMS = 50
"""Wrong lines that are kept to be shown; the others are counted."""

_DOORS: dict[Kind, Door] = {"zeeschuimer": "zeeschuimer"}
_KEPT = ("zeeschuimer", "pages")
"""Kinds whose pages are kept to be read again later; a table's file is the user's own."""


class Source(Protocol):
    """A file or folder that gives its pieces, as often as it is asked."""

    def pieces(self) -> Iterator[Piece]:
        """One after the other."""
        ...


@dataclass(frozen=True)
class Checked:
    """A file after the first look: what was recognised in it, and how much it holds."""

    file: str
    kind: Kind | None
    columns: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    count: Count = field(default_factory=Count)
    source: Source | None = None


@dataclass(frozen=True)
class Plan:
    """Everything that several files hold. `problems` are the first wrong lines, `wrong` is how many there are."""

    files: list[Checked]
    problems: list[Problem]
    wrong: int

    @property
    def count(self) -> Count:
        """What all files hold together."""
        return sum((file.count for file in self.files), Count())


@dataclass(frozen=True)
class New:
    """What was not stored before, and what TikTok's readers found odd or had to leave out."""

    count: Count = field(default_factory=Count)
    odd: int = 0
    lost: int = 0


def check(paths: Sequence[Path], kind: Kind | None) -> Plan:
    """Read every line of every file once; nothing is written."""
    files: list[Checked] = []
    problems: list[Problem] = []
    wrong = 0
    for path in paths:
        name = path.name if sum(other.name == path.name for other in paths) == 1 else str(path)
        checked, found, number = _check(path, name, kind)
        files.append(checked)
        problems += found[: MAX_PROBLEMS - len(problems)]
        wrong += number
    return Plan(files, problems, wrong)


def take_in(store: Store, plan: Plan, done: Callable[[Count], None]) -> New:
    """Store everything, videos before comments; `done` is told after every batch what was in it.

    Raises:
        StoreError, sqlite3.Error: what came before stays; taking the files in again goes on from there.
        BadFileError: a file changed since it was checked.
    """
    new = New()
    for file in sorted(plan.files, key=lambda file: file.count.videos == 0):
        if file.source is None or file.kind is None:
            continue
        origin = Origin(_DOORS.get(file.kind, "file"), keep_raw=file.kind in _KEPT)
        for part in parts(_entries(file.source, done)):
            with store.reading() as connection:
                kept = makers.without_forgotten(part, forgotten.everyone(connection, store.workspace.pseudonym))
            taken = take(store, bodies(kept), origin)
            makers.save(store, kept)
            new = New(
                new.count + Count(taken.videos_new, taken.comments_new, taken.replies_new),
                new.odd + sum(taken.drift.values()),
                new.lost + taken.lost,
            )
    return new


def source_of(path: Path, name: str, kind: Kind) -> Source:
    """What reads a file of this kind.

    Raises:
        BadFileError: its columns do not say what is needed.
    """
    if kind in ("comments", "videos"):
        return Table.of(path, name, kind)
    return Lines(path, name) if kind == "zeeschuimer" else Bodies(path, name)


def _check(path: Path, name: str, kind: Kind | None) -> tuple[Checked, list[Problem], int]:
    try:
        kind = kind or recognise(path)
        source = source_of(path, name, kind)
    except BadFileError as error:
        return Checked(name, kind), [Problem(Place(name, 1), str(error))], 1
    problems: list[Problem] = []
    count, good, wrong = Count(), 0, 0
    for piece in source.pieces():
        if piece.entry:
            count += counted(piece.entry)
            good += 1
            continue
        wrong += 1
        if len(problems) < MAX_PROBLEMS:
            problems.append(Problem(piece.place, piece.error))
    if not wrong and not good:  # a page of an account alone holds no video, and is something all the same
        problems, wrong = [Problem(Place(name, 1), "the file holds nothing to import")], 1
    columns, ignored = (source.columns.used, source.columns.ignored) if isinstance(source, Table) else ({}, ())
    return Checked(name, kind, columns, ignored, count, source), problems, wrong


def _entries(source: Source, done: Callable[[Count], None]) -> Iterator[Entry]:
    for piece in source.pieces():
        if piece.entry is None:
            raise BadFileError(f"{piece.place} changed while it was read: {piece.error}")
        yield piece.entry
        done(counted(piece.entry))
