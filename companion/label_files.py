"""Files of labels -> label events, or every line that is wrong. Reads files, knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.label_formats import NOTHING_TOLD, LabelFormat, Told, recognise
from companion.label_rows import KEYS, read_label
from companion.store.labels import LabelEvent
from companion.table_files import BadFileError, Format, Row, format_of, read_rows

_NEEDED = ("id", "text")


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, as its error names it; `unit` is what is counted where it is no line."""

    file: str
    line: int
    unit: str = "line"

    def __str__(self) -> str:
        return f"{self.file} {self.unit} {self.line}"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, and how to mend it."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True)
class FoundFile:
    """What a file turned out to be. `lines` counts its rows without header and blank lines; `ignored` columns mean nothing here.

    Of a file of another tool, `lines` counts the answers, and `notes` say how they were understood.
    """

    file: str
    format: str | None
    lines: int
    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundLabels:
    """Everything that several files hold: the good labels with their places, and the problems, in file order."""

    files: list[FoundFile] = field(default_factory=list)
    labels: list[tuple[Place, LabelEvent]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_label_files(paths: Sequence[Path], now: int, told: Told = NOTHING_TOLD) -> FoundLabels:
    """Read every line of every file; `now` (ms UTC) becomes the time of the labels, `told` is about files of other tools.

    A comment may be graded once by each annotator, over all files together.
    """
    names = Counter(path.name for path in paths)
    taker = _Taker(now)
    for path in paths:
        name = path.name if names[path.name] == 1 else str(path)
        other = recognise(path)
        if other is None:
            _read_file(path, name, taker)
        else:
            _read_other(other, path, name, told, taker)
    return taker.found


class _Seen:
    """Where each comment of an annotator, and each uuid, stood first."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], Place] = {}

    def repeats(self, event: LabelEvent, place: Place) -> str:
        """What stands a second time; "" for a label not seen before."""
        who = f" by {event.client_id}" if event.client_id else ""
        keys = {
            ("comment", event.platform, event.comment_id, event.client_id): f'"id" {event.comment_id}{who} stands',
            ("uuid", event.uuid): f'"uuid" {event.uuid} stands',
        }
        for key, what in keys.items():
            if key in self._places:
                return f"{what} on {self._places[key]} already; keep one of the two lines"
        self._places.update(dict.fromkeys(keys, place))
        return ""


class _Taker:
    """Takes row after row: each becomes a label or a problem."""

    def __init__(self, now: int) -> None:
        self.found = FoundLabels()
        self._now, self._seen = now, _Seen()

    def take(self, place: Place, row: Row, kind: Format) -> None:
        try:
            event = read_label(row, kind, self._now)
        except ValueError as error:
            self.found.problems.append(Problem(place, str(error)))
            return
        if repeated := self._seen.repeats(event, place):
            self.found.problems.append(Problem(place, repeated))
        else:
            self.found.labels.append((place, event))


def _read_file(path: Path, name: str, taker: _Taker) -> None:
    columns: dict[str, None] = {}
    lines = 0
    kind: Format | None = None
    try:
        kind = format_of(path)
        for row in read_rows(path, _NEEDED):
            lines += 1
            columns.update(dict.fromkeys(row.values))
            taker.take(Place(name, row.line), row, kind)
        if not lines:
            raise BadFileError("the file holds no label")
    except BadFileError as error:
        taker.found.problems.append(Problem(Place(name, 1), str(error)))
    ignored = tuple(column for column in columns if column not in KEYS)
    taker.found.files.append(FoundFile(name, kind, lines, tuple(column for column in columns if column in KEYS), ignored))


def _read_other(kind: LabelFormat, path: Path, name: str, told: Told, taker: _Taker) -> None:
    reading = kind.read(path, told)
    answers = 0
    for row in reading.rows:
        answers += not row.error
        taker.take(Place(name, row.line, kind.unit), row, "JSON lines")
    taker.found.files.append(FoundFile(name, kind.name, answers, notes=tuple(reading.notes)))
