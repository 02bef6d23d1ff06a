"""Which question of a file is which of ours: as the user says, else by its name, else by its values, and never without saying so."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from companion.importing.columns import recognise
from companion.intent import SENTIMENTS, SIGNALS
from companion.label_rows import MARKS
from labeling.interchange.reading.heard import LABELS, Heard

Question = Literal["grade", "signal", "sentiment", "flags", "note"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
DATA = ("id", "text", "video", "context", "platform", "source", "annotator")
"""What else a label may say of its comment (`companion.label_rows`)."""

VALUES: Mapping[Question, tuple[str, ...]] = {"signal": SIGNALS, "sentiment": SENTIMENTS, "flags": MARKS}
"""Questions that have a fixed set of answers."""

_NAMES: Mapping[Question, tuple[str, ...]] = {
    "grade": ("grade", "buyingintent", "intentgrade", "intent", "rating", "stars"),
    "signal": ("signal", "signals", "reason"),
    "sentiment": ("sentiment", "mood", "polarity"),
    "flags": ("flags", "flag", *MARKS),
    "note": ("note", "notes", "remark"),
}
"""Names a question goes by, the surest first, without all but letters."""

_Asked = Mapping[str, tuple[Counter[str], set[str]]]
"""Questions of a file: the answers with how often they were given, and how they were given."""

_MOST_VALUES = 200
"""Different values of one question that are counted; a question with more is free text."""


@dataclass
class Survey:
    """What stands in a file: the columns beside the texts, and each question with its answers and how often they were given."""

    columns: dict[str, None] = field(default_factory=dict)
    answers: dict[str, Counter[str]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)

    def add(self, heard: Heard) -> None:
        """Count one more."""
        self.columns.update(dict.fromkeys(heard.data))
        for answer in heard.answers:
            counted = self.answers.setdefault(answer.key, Counter())
            self.kinds.setdefault(answer.key, set()).add(answer.kind)
            value = plain(answer.value)
            if value in counted or len(counted) <= _MOST_VALUES:
                counted[value] += 1


@dataclass(frozen=True)
class Meanings:
    """`questions` leads from a key of the file to our question, `data` from our key to the file's; `notes` say how it was found."""

    questions: dict[str, Question]
    data: dict[str, str]
    notes: list[str]
    unused: list[str]


def plain(value: object) -> str:
    """A value as it is compared: text without HTML's spellings and outer spaces.

    >>> plain(" price &amp; cost"), plain(4.0)
    ('price & cost', '4')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return html.unescape(str(value)).strip()


def find(survey: Survey, means: Mapping[str, str]) -> Meanings:
    """Settle what every key of the file means. `means` is what the user said (`Told.means`)."""
    notes: list[str] = []
    data = _data(survey.columns, means, notes)
    taken = set(data.values())
    asked: _Asked = {
        key: (counts, survey.kinds[key])
        for key, counts in survey.answers.items()
        if key != LABELS and key not in taken and means.get(key) != ""
    }
    questions = _settled(asked, means, notes)
    unused = [key for key in survey.columns if key not in taken and key not in questions and key not in asked]
    unused += [_with_values(key, *counted) for key, counted in asked.items() if key not in questions]
    return Meanings(questions, data, notes, unused)


def _data(columns: Iterable[str], means: Mapping[str, str], notes: list[str]) -> dict[str, str]:
    columns = [key for key in columns if means.get(key) != ""]
    found = {ours: key for key in columns if (ours := means.get(key, "")) in DATA}
    used = recognise((key for key in columns if key not in found.values()), "comments").used
    for ours, meaning in (("id", "id"), ("text", "text"), ("video", "video_id")):
        if meaning in used:
            found.setdefault(ours, used[meaning])
    for ours in ("context", "platform", "source"):
        if ours in columns:
            found.setdefault(ours, ours)
    notes += [f'{ours}: "{key}"' for ours in DATA if (key := found.get(ours))]
    return found


def _settled(asked: _Asked, means: Mapping[str, str], notes: list[str]) -> dict[str, Question]:
    """Our question of each key that asks one. Marks, and what the user says, may be asked for by several keys, all else by one."""
    found: dict[str, Question] = {}
    ways = (("as you said", _as_told), ("by its name", _by_name), ("by its answers", _by_answers))
    for how, look in ways:
        for question in QUESTIONS:
            free = {key: counted for key, counted in asked.items() if key not in found and (key not in means or how == "as you said")}
            if question in found.values() or not (keys := look(question, free, means)):
                continue
            if how == "by its answers" and len(keys) > 1:
                notes.append(f"{question}: not taken, because {_either(keys)} could be it; say which with --map {keys[0]}={question}")
                continue
            found.update(dict.fromkeys(keys, question))
            notes += [f'{question}: "{key}", {how}' for key in keys]
    return found


def _as_told(question: Question, free: _Asked, means: Mapping[str, str]) -> list[str]:
    return [key for key in free if means.get(key) == question]


def _by_name(question: Question, free: _Asked, _means: Mapping[str, str]) -> list[str]:
    names = _NAMES[question]
    named = sorted((key for key in free if _bare(key) in names), key=lambda key: names.index(_bare(key)))
    return named if question == "flags" else named[:1]


def _by_answers(question: Question, free: _Asked, _means: Mapping[str, str]) -> list[str]:
    return [key for key, (counts, kinds) in free.items() if _fits(question, counts, kinds)]


def _fits(question: Question, counts: Counter[str], kinds: set[str]) -> bool:
    if question == "grade":
        return kinds == {"rating"}
    return question in VALUES and "text" not in kinds and bool(counts) and all(value.lower() in VALUES[question] for value in counts)


def _with_values(key: str, counts: Counter[str], kinds: set[str]) -> str:
    if kinds & {"text", "column"} or len(counts) > _MOST_VALUES:
        return key
    shown = ", ".join(f"{value} {number:,}" for value, number in counts.most_common(5))
    return f"{key} ({shown}{', ...' if len(counts) > 5 else ''})"


def _either(keys: list[str]) -> str:
    return " or ".join(f'"{key}"' for key in keys)


def _bare(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())
