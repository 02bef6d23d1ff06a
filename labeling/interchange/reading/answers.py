"""One answer of a file -> one of ours, or what is not known about it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from companion.cell_values import shown
from companion.intent.prediction import GRADES
from companion.label_formats import Told
from companion.label_rows import MARKS
from labeling.interchange.reading.heard import LABELS, Answer, Heard
from labeling.interchange.reading.meanings import QUESTIONS, VALUES, Meanings, Question, plain

FIVE_TO_TEN = {1: 1, 2: 3, 3: 5, 4: 8, 5: 10}
"""Grades of a scale from 1 to 5 on ours: 1 + (n - 1) * 9/4, rounded, and the lower of two that are equally near."""

SINGLE: tuple[Question, ...] = ("grade", "signal", "sentiment")
"""Questions with one answer."""

_PREFIXED = re.compile(rf"({'|'.join(QUESTIONS)}|flag)\s*[:= ]\s*(.+)", re.I | re.S)
_NUMBER = re.compile(r"\d{1,4}(?:\.0+)?")
_YES, _NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n", ""}


class UnknownAnswerError(ValueError):
    """An answer means nothing here; the message says so."""


class Answers:
    """Turns what was heard into our answers, and remembers what was not known, how high grades go and what was said of parts."""

    def __init__(self, meanings: Meanings, told: Told) -> None:
        self._meanings, self._told = meanings, told
        self.unknown: Counter[str] = Counter()
        self.unscaled: Counter[int] = Counter()
        self.partial = 0

    def of(self, heard: Heard) -> dict[str, Any]:
        """The answers as a label has them: grade, signal, sentiment, flags, note.

        Raises:
            ValueError: naming each that is not known, and questions with two answers.
        """
        found: dict[Question, list[Any]] = {}
        wrong: list[str] = []
        for answer in heard.answers:
            if answer.value is None or (answer.key != LABELS and answer.key not in self._meanings.questions):
                continue
            try:
                question, value = self._one(answer)
            except ValueError as error:
                wrong.append(str(error))
                continue
            if value not in (None, "", *found.get(question, [])):
                self.partial += answer.part
                found.setdefault(question, []).append(value)
        wrong += [
            f"two answers to {question}: {', '.join(map(str, several))}; keep one"
            for question in SINGLE
            if len(several := found.get(question, [])) > 1
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        if "grade" in found:
            found["grade"] = [self._scaled(found["grade"][0], ours=heard.stamp is not None)]
        values: dict[str, Any] = {question: found[question][0] for question in SINGLE if question in found}
        if "flags" in found:
            values["flags"] = sorted(found["flags"], key=MARKS.index)
        if "note" in found:
            values["note"] = "\n".join(found["note"])
        return values

    def _one(self, answer: Answer) -> tuple[Question, Any]:
        text = plain(answer.value)
        told = self._told.means.get(f"{answer.key}:{text}", self._told.means.get(text))
        question = self._meanings.questions.get(answer.key)
        if told is not None:
            return self._said(told, question)
        if question is not None:
            return question, self._value(question, answer.key, answer.value)
        if prefixed := _PREFIXED.fullmatch(text):
            name = prefixed[1].lower()
            asked = next(known for known in QUESTIONS if known.startswith(name))
            return asked, self._value(asked, answer.key, prefixed[2])
        for asked, values in VALUES.items():
            if text.lower() in values:
                return asked, text.lower()
        if _NUMBER.fullmatch(text):
            return "grade", self._value("grade", answer.key, answer.value)
        raise self._not_known("label", text)

    def _said(self, told: str, question: Question | None) -> tuple[Question, Any]:
        """An answer that the user gave a meaning."""
        if not told:
            return question or "note", None
        name, _, value = told.rpartition(":")
        if name in QUESTIONS:
            question = next(known for known in QUESTIONS if known == name)
        if question is None:
            raise UnknownAnswerError(f'--map says "{told}", which names no question; write for example signal:{told}')
        return question, self._value(question, "", value)

    def _value(self, question: Question, key: str, value: object) -> Any:
        if question == "note":
            return str(value).strip()
        text = plain(value)
        if question == "grade":
            if not _NUMBER.fullmatch(text):
                raise self._not_known("grade", text)
            return int(float(text))
        if question == "flags" and text.lower() not in MARKS and key.lower() in MARKS:  # a question of its own, answered by yes or no
            if text.lower() in _YES | _NO:
                return key.lower() if text.lower() in _YES else None
        elif text.lower() in VALUES[question]:
            return text.lower()
        raise self._not_known(question, text)

    def _scaled(self, grade: int, ours: bool) -> int:
        if self._told.scale == "1-5" and not ours:
            if grade not in FIVE_TO_TEN:
                raise ValueError(f"grade {grade} is not on the scale of 1 to 5 that you named")
            return FIVE_TO_TEN[grade]
        if grade not in GRADES:
            raise ValueError(f"grade is {grade}; it must be a whole number from 1 to 10")
        if self._told.scale is None and not ours:
            self.unscaled[grade] += 1
        return grade

    def _not_known(self, what: str, text: str) -> UnknownAnswerError:
        self.unknown[f"{what} {shown(text)}"] += 1
        example = next((values[0] for question, values in VALUES.items() if question == what), "8" if what == "grade" else "signal:want")
        return UnknownAnswerError(
            f'{what} {shown(text)} is not known; say what it means (--map "{text[:60]}={example}") or leave it out (--map "{text[:60]}=")'
        )
