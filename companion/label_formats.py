"""Files of labels that other tools made, which other rooms teach `buysignal import` to read.

They do so through the entry-point group `buysignal.label_formats`: each entry is a function that looks into a file and gives a
`LabelFormat`, or None for a file that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

from companion.table_files import Row

Scale = Literal["1-5", "1-10"]


@dataclass(frozen=True)
class Told:
    """What the user says about files of another tool.

    Attributes:
        scale: from where to where grades in the files run; None where it was not said.
        means: their name or value -> ours: a key ("stars" -> "grade"), an answer ("Maybe" -> "signal:none"), or "" to leave it out.
        annotator: who labelled, where the files do not say.
    """

    scale: Scale | None = None
    means: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    annotator: str = ""


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Reading:
    """A file being read. `rows` carry what `label_rows.read_label` takes; what was found out is in `notes` once they are read through."""

    rows: Iterator[Row]
    notes: list[str]


class LabelFormat(Protocol):
    """A format of another tool: its name, what its records are called, and how it is read."""

    @property
    def name(self) -> str:
        """As in "labels, Label Studio JSON, 12 tasks"."""

    @property
    def unit(self) -> str:
        """One record of it, such as "task"."""

    def read(self, path: Path, told: Told) -> Reading:
        """Read the file; a record that is wrong is a row with an error."""


Recogniser = Callable[[Path], LabelFormat | None]


def recognise(path: Path) -> LabelFormat | None:
    """The format of a file of another tool, told from its content; None for our own files and everything else."""
    if not path.is_file():
        return None
    recognisers: list[Recogniser] = [plugin.load() for plugin in entry_points(group="buysignal.label_formats")]
    return next((found for look in recognisers if (found := look(path)) is not None), None)
