"""Scoring of parsed shopping queries against the exam (tests/exams/README.md holds the rules): micro-F1 over slots."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXAM = Path(__file__).parents[2] / "exams" / "shop_slots.jsonl"
SETS = ("colours", "sizes", "brands", "interests", "occasions", "exclusions")
SLOTS = ("product_type", "gender", "age", "age_band", "budget_lo", "budget_hi", "currency", *SETS)
BANDS = {
    "baby": (0.0, 2.0),
    "toddler": (1.0, 4.0),
    "child": (2.0, 13.0),
    "teen": (12.0, 20.0),
    "adult": (18.0, 130.0),
    "senior": (55.0, 130.0),
}
"""Years from and to; neighbours overlap because people's words do."""

_SAME_BAND = {"infant": "baby", "newborn": "baby", "kid": "child", "children": "child", "teenager": "teen", "elderly": "senior"}
_MONTHS = 0.5
"""Ages below 3 years may differ by this many years: months are rounded."""


@dataclass(frozen=True)
class Parsed:
    """What a parser read out of one text. `age` in years, `budget` as (lo, hi, currency); None is open or not said."""

    product_type: str | None = None
    gender: str | None = None
    age: tuple[float | None, float | None] | None = None
    age_band: str | None = None
    budget: tuple[float | None, float | None, str | None] | None = None
    colours: Sequence[str] = ()
    sizes: Sequence[str] = ()
    brands: Sequence[str] = ()
    interests: Sequence[str] = ()
    occasions: Sequence[str] = ()
    exclusions: Sequence[str] = ()


@dataclass(frozen=True)
class Question:
    id: str
    style: str
    lang: str
    text: str
    slots: Mapping[str, Any]
    optional: Mapping[str, Any]


@dataclass
class Count:
    """Right answers, answers too many, and answers missing: by slot, with the texts of the mistakes."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def f1(self, slots: Iterable[str] = SLOTS) -> float:
        """2 TP / (2 TP + FP + FN) over `slots`; 1.0 where nothing was asked nor said."""
        chosen = tuple(slots)
        right = sum(self.right[slot] for slot in chosen)
        wrong = sum(self.extra[slot] + self.missing[slot] for slot in chosen)
        return 2 * right / (2 * right + wrong) if right or wrong else 1.0

    def add(self, question: Question, slot: str, right: bool, said: object) -> None:
        """Count one slot of one question: `said` is what was answered, None for nothing while an answer was due."""
        if right:
            self.right[slot] += 1
            return
        (self.missing if said is None else self.extra)[slot] += 1
        self.mistakes.append(f"{question.id} {slot}: {'missing' if said is None else f'not {said!r}'}")


def questions(path: Path = EXAM) -> list[Question]:
    return [Question(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def score(parse: Callable[[str], Parsed], asked: Iterable[Question]) -> Count:
    """Every question answered by `parse` and counted."""
    count = Count()
    for question in asked:
        parsed = parse(question.text)
        _product_type(count, question, parsed.product_type)
        _one_of(count, question, "gender", parsed.gender)
        _age(count, question, parsed)
        _budget(count, question, parsed.budget)
        for slot in SETS:
            _set(count, question, slot, list(getattr(parsed, slot)))
    return count


def plain(text: str) -> str:
    """Lower case without accents, punctuation and plural s."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
    words = re.findall(r"\w+", bare.replace("'", "").replace("’", ""))
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words)


def _size(text: str) -> str:
    return re.sub(r"^(?:size|talla|taille|tamanho|numero|große|eu|us|uk) ", "", plain(text))


def _optional(question: Question, slot: str, said: str, key: Callable[[str], str] = plain) -> bool:
    allowed = question.optional.get(slot, [])
    return allowed == "*" or key(said) in {key(one) for one in allowed}


def _product_type(count: Count, question: Question, said: str | None) -> None:
    accepted = [plain(one) for one in question.slots.get("product_type", [])]
    if not said:
        if accepted:
            count.add(question, "product_type", False, None)
        return
    answer = f" {plain(said)} "
    right = any(answer.endswith(f" {one} ") or (question.lang != "en" and answer.startswith(f" {one} ")) for one in accepted)
    if right or accepted or not _optional(question, "product_type", said):
        count.add(question, "product_type", right, said)
        if accepted and not right:
            count.add(question, "product_type", False, None)


def _one_of(count: Count, question: Question, slot: str, said: str | None) -> None:
    due = question.slots.get(slot)
    if said and not (due is None and _optional(question, slot, said)):
        count.add(question, slot, said == due, said)
    if due is not None and said != due:
        count.add(question, slot, False, None)


def _age(count: Count, question: Question, parsed: Parsed) -> None:
    due, band = question.slots.get("age"), question.slots.get("age_band")
    said_band = _SAME_BAND.get(parsed.age_band or "", parsed.age_band)
    if due:
        right = parsed.age is not None and any(_same_age(parsed.age, one) for one in due)
        if parsed.age is not None:
            count.add(question, "age", right, parsed.age)
        if not right:
            count.add(question, "age", False, None)
    elif said_band or band:
        right = said_band == band or bool(band and not said_band and _overlap(parsed.age, band))
        if band or (said_band and not _optional(question, "age_band", said_band)):
            if said_band or right:
                count.add(question, "age_band", right, said_band)
            if band and not right:
                count.add(question, "age_band", False, None)
    elif parsed.age is not None:
        allowed = question.optional.get("age_band", [])
        if question.optional.get("age") != "*" and not any(_overlap(parsed.age, one) for one in allowed):
            count.add(question, "age", False, parsed.age)


def _same_age(said: tuple[float | None, float | None], due: Sequence[float | None]) -> bool:
    open_ends = ((None, 0), (None,))
    for mine, theirs, none in zip(said, due, open_ends, strict=True):
        if mine in none or theirs in none:
            ceiling = mine is not None and mine >= 99 and theirs is None
            if not ((mine in none and theirs in none) or ceiling):
                return False
        elif mine is not None and theirs is not None and abs(mine - theirs) > (_MONTHS if theirs < 3 else 0.0):
            return False
    return True


def _overlap(age: tuple[float | None, float | None] | None, band: str) -> bool:
    if age is None:
        return False
    low, high = BANDS[band]
    return (age[0] or 0.0) <= high and (130.0 if age[1] is None else age[1]) >= low


def _budget(count: Count, question: Question, said: tuple[float | None, float | None, str | None] | None) -> None:
    due = question.slots.get("budget", {})
    low, high, currency = said or (None, None, None)
    low = low or None
    if "about" in due:
        middle = due["about"]
        if high is not None:
            count.add(question, "budget_hi", middle <= high <= 1.5 * middle, high)
        if high is None or not middle <= high <= 1.5 * middle:
            count.add(question, "budget_hi", False, None)
        if low is not None and low > middle:
            count.add(question, "budget_lo", False, low)
    else:
        for slot, mine, theirs in (("budget_lo", low, due.get("lo")), ("budget_hi", high, due.get("hi"))):
            if mine is not None:
                count.add(question, slot, mine == theirs, mine)
            if theirs is not None and mine != theirs:
                count.add(question, slot, False, None)
    if "currency" in due:
        if currency:
            count.add(question, "currency", currency in due["currency"], currency)
        if currency not in due["currency"]:
            count.add(question, "currency", False, None)


def _set(count: Count, question: Question, slot: str, said: list[str]) -> None:
    key = _size if slot == "sizes" else plain
    due = [{key(one) for one in (item if isinstance(item, list) else [item])} for item in question.slots.get(slot, [])]
    for one in said:
        found = next((item for item in due if key(one) in item), None)
        if found is not None:
            due.remove(found)
            count.add(question, slot, True, one)
        elif not _optional(question, slot, one, key):
            count.add(question, slot, False, one)
    for _ in due:
        count.add(question, slot, False, None)
