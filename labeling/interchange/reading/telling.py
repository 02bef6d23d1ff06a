"""What was heard in a file -> rows of labels, and notes on how it was understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.commands.saying import count_of
from companion.label_formats import Reading, Told
from companion.table_files import Row
from labeling.interchange import stamp
from labeling.interchange.reading.answers import FIVE_TO_TEN, Answers
from labeling.interchange.reading.heard import Hear, Heard, LeftOut, stand_in
from labeling.interchange.reading.meanings import Meanings, Survey, find

_CONTEXT = ("caption", "hashtags", "product", "parent")
_MOST_SHOWN = 20
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)


@dataclass(frozen=True)
class ToldFormat:
    """A tool's format: `hear` hears its files, the rest is the same for every tool (see `companion.label_formats.LabelFormat`)."""

    name: str
    unit: str
    hear: Hear

    def read(self, path: Path, told: Told) -> Reading:
        """Rows of labels. The file is gone through twice: what its questions mean shows only when all answers were seen."""
        notes: list[str] = []
        return Reading(_rows(self, path, told, notes), notes)


def _rows(kind: ToldFormat, path: Path, told: Told, notes: list[str]) -> Iterator[Row]:
    survey = Survey()
    for heard in kind.hear(path, Counter()):
        survey.add(heard)
    meanings = find(survey, told.means)
    teller = _Teller(meanings, told)
    for heard in kind.hear(path, teller.left_out):
        if (row := teller.row(heard)) is not None:
            yield row
    yield from _doubts(teller, survey)
    notes += meanings.notes + teller.notes()


class _Teller:
    """Makes rows, and counts what is worth a note."""

    def __init__(self, meanings: Meanings, told: Told) -> None:
        self.meanings, self._told = meanings, told
        self.answers = Answers(meanings, told)
        self.left_out: LeftOut = Counter()
        self.told = self.wrong = 0
        self._counts: Counter[str] = Counter()
        self._context_keys: dict[str, None] = {}
        self._example = ""

    def row(self, heard: Heard) -> Row | None:
        """The row of a label; None where nothing was said that is an answer here."""
        if heard.error:
            return self._bad(heard, heard.error)
        try:
            answers = self.answers.of(heard)
        except ValueError as error:
            return self._bad(heard, str(error))
        if set(answers) <= {"note"}:
            self.left_out["without an answer to our questions"] += 1
            return None
        self.told += 1
        self._counts["gold"] += heard.gold
        values = {**self._data(heard), **answers}
        self._mark_owner(heard, values)
        return Row(heard.record, values)

    def notes(self) -> list[str]:
        """What a person should know before the labels are stored."""
        found = []
        if self._context_keys:
            found.append(f"context: {', '.join(self._context_keys)}")
        if self._told.scale == "1-5":
            told = ", ".join(f"{theirs} is {ours}" for theirs, ours in FIVE_TO_TEN.items())
            found.append(f"grades run from 1 to 5, as you said: {told}")
        if self.meanings.unused:
            found.append(f"not used: {', '.join(self.meanings.unused)}")
        if self.left_out:
            found.append(f"left out: {_counted(self.left_out)}")
        if self.answers.unknown:
            found.append(f"not known: {_counted(self.answers.unknown)}")
        if number := self._counts["ids"]:
            found.append(f"no comment is named by {count_of(number, 'text')}, which got ids of their own, such as {self._example}")
        if number := self._counts["entities"]:
            found.append(f"HTML spellings such as &amp; are in {count_of(number, 'text')} and stay as they are")
        if number := self._counts["gold"]:
            found.append(f"marked as ground truth: {number:,}, which count like all others")
        if number := self.answers.partial:
            found.append(f"given of a part of a text: {count_of(number, 'answer')}, which count for all of it")
        if number := self._counts["changed"]:
            found.append(f"changed since they left BuySignal: {count_of(number, 'answer')}, which count as new labels")
        return found

    def _data(self, heard: Heard) -> dict[str, Any]:
        values: dict[str, Any] = {ours: heard.data[key] for ours, key in self.meanings.data.items() if _given(heard.data.get(key))}
        if "id" not in values and heard.own_id:
            values["id"] = stand_in(heard.own_id, values.get("text"))
            self._counts["ids"] += 1
            self._example = self._example or values["id"]
        if isinstance(text := values.get("text"), str) and _ENTITY.search(text):
            self._counts["entities"] += 1
        about = _readable(values.pop("context", None) or self._context(heard.data))
        if about:
            values["context"] = about
        if annotator := heard.annotator or self._told.annotator:
            values.setdefault("annotator", annotator)
        return values

    def _context(self, data: Mapping[str, object]) -> dict[str, object]:
        """A context of columns that are called like its parts."""
        used = {key for key in _CONTEXT if _given(data.get(key)) and key not in self._told.means}
        self._context_keys.update(dict.fromkeys(sorted(used)))
        return {key: data[key] for key in _CONTEXT if key in used}

    def _mark_owner(self, heard: Heard, values: dict[str, Any]) -> None:
        if heard.stamp is None:
            return
        if not stamp.fits(heard.stamp, values):
            self._counts["changed"] += 1
            return
        values["uuid"] = heard.stamp["uuid"]
        if heard.stamp["annotator"]:
            values["annotator"] = heard.stamp["annotator"]
        else:
            values.pop("annotator", None)

    def _bad(self, heard: Heard, message: str) -> Row:
        self.wrong += 1
        return Row(heard.record, error=f"{heard.where}: {message}" if heard.where else message)


def _doubts(teller: _Teller, survey: Survey) -> Iterator[Row]:
    """What makes all of the file doubtful."""
    grades = teller.answers.unscaled
    if grades and max(grades) <= max(FIVE_TO_TEN):
        yield Row(
            1,
            error=f"all {grades.total():,} grades of the file are {max(grades)} or less, so they may be of a scale from 1 to 5; "
            "say --scale 1-5 or --scale 1-10",
        )
    if not teller.told and not teller.wrong:
        asked = ", ".join(teller.meanings.unused) or ", ".join(survey.answers) or "none"
        yield Row(1, error=f"no answer to our questions is in it (found: {asked}); say what means what, such as --map stars=grade")


def _counted(counts: Mapping[str, int]) -> str:
    """The most frequent first, and how many there are beyond those."""
    shown = sorted(counts.items(), key=lambda item: -item[1])[:_MOST_SHOWN]
    further = f", and {len(counts) - _MOST_SHOWN:,} more" if len(counts) > _MOST_SHOWN else ""
    return ", ".join(f"{what} {number:,}" for what, number in shown) + further


def _given(value: object) -> bool:
    return value is not None and value not in ("", [], {})


def _readable(context: object) -> object:
    """A context without empty parts; a note alone is the plain text that `Context` takes for one."""
    if not isinstance(context, Mapping):
        return context
    parts = {key: value for key, value in context.items() if _given(value)}
    return parts["note"] if set(parts) == {"note"} else parts
