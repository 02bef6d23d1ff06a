"""The annotate screen: one comment at a time, answered by keys or by touch. What happens on it is in static/do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from companion.dashboard import words
from companion.services import connection
from companion.store import label_tasks
from companion.store.label_tasks import Task
from labeling import people
from labeling.blueprint import pages

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Choice:
    """One button of a question. `meaning` is the long form, `band` colours grades."""

    value: str
    words: str
    meaning: str = ""
    band: str = ""


@dataclass(frozen=True)
class Question:
    """What a task asks, with its buttons."""

    id: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class NamedAction:
    """A line of the keys dialog."""

    action: str
    words: str


def _grade(grade: int, short: str, meaning: str) -> Choice:
    return Choice(str(grade), short, f"{grade}: {meaning}", words.band_of_label(grade))


QUESTIONS: dict[str, Question] = {
    "grade": Question(
        "grade",
        "How close to buying?",
        (
            _grade(1, "rejects it, regrets it", "rejects it, warns others off, regrets owning it"),
            _grade(
                2,
                "off topic, emoji, spam",
                "nothing to do with buying or the product: jokes, bare tags, emoji alone, spam",
            ),
            _grade(3, "about it, not for them", "talks about the product without own interest; a seller or the creator answers"),
            _grade(4, "likes it", "likes it, no wish to have it"),
            _grade(5, "curious, or no money", "idle curiosity, or a wish that money blocks"),
            _grade(6, "tempted, maybe", "soft want: tempted, might get one"),
            _grade(7, "weighs it, can't find it", "decision question (size, fit, material, worth it?), or wants it but cannot find it"),
            _grade(8, "wants it, price or link?", "strong want, or asks price, where, link, brand, shipping, stock, code"),
            _grade(9, "plans to buy", "states a plan to buy"),
            _grade(10, "ordered or has it", "has ordered or bought it and is fine with it"),
        ),
    ),
    "signal": Question(
        "signal",
        "Why that grade?",
        (
            Choice("none", "nothing", "no sign of buying"),
            Choice("praise", "praise", "likes it"),
            Choice("question", "question", "asks about the product itself"),
            Choice("price", "price", "asks the price"),
            Choice("availability", "availability", "where, link, shipping, stock, which store or country"),
            Choice("want", "want", "wants it"),
            Choice("bought", "bought", "has bought it"),
            Choice("objection", "objection", "too expensive, doubt, complaint, rejection"),
        ),
    ),
    "sentiment": Question(
        "sentiment",
        "How does the writer feel?",
        (
            Choice("negative", "negative", "the writer's feeling, whatever it is about"),
            Choice("neutral", "neutral", "the writer's feeling, whatever it is about"),
            Choice("positive", "positive", "the writer's feeling, whatever it is about"),
        ),
    ),
    "quality": Question(
        "quality",
        "How good is this video?",
        (
            Choice("0", "poor", "0: hardly anybody would stay for it"),
            Choice("1", "fair", "1: fine, nothing more"),
            Choice("2", "good", "2: worth watching and sharing"),
        ),
    ),
}
"""Every question a task may ask; short words stand on the buttons."""

TOOLS = {
    "flag:spam": "spam: an advert, a bot or a scam",
    "flag:creator": "written by the creator or the brand",
    "flag:unsure": "unsure",
    "dispute": "7 to 10 counts as close to buying; your grade is right, but that is not",
    "note": "note",
    "send": "save a mark without a grade; say yes where you are asked whether an answer is meant",
    "skip": "skip",
    "undo": "undo",
    "show": "uncover a comment that is blurred because it may be unpleasant",
    "guide": "guide",
    "help": "keys",
}
"""Other things a key does."""


@pages.get("/do/<task>")
def do(task: str) -> ResponseReturnValue:
    """The screen of one task; comments come by the API."""
    found = label_tasks.find(connection("reader"), task)
    if found is None:
        abort(404)
    asked = [QUESTIONS[name] for name in found.questions]
    return render_template(
        "label/do.html",
        task=found,
        asked=found.questions,
        questions=asked,
        named=_named(asked),
        setup=json.dumps(_setup(found), ensure_ascii=False),
        file=_file,
        modules=sorted(path.name for path in (STATIC / "do").glob("*.js") if path.stem != "main"),
        tasks_page="/label",
        mine_page="/label/mine",
    )


def _setup(task: Task) -> dict[str, Any]:
    """What the screen starts from; nothing about any comment."""
    person = people.current()
    return {
        "task": task.id,
        "kind": task.kind,
        "questions": list(task.questions),
        "practice": task.practice,
        "person": person.id,
        "keys": dict(person.keys),
        "token": generate_csrf(),
        "api": "/label/api/",
    }


def _named(asked: Sequence[Question]) -> list[NamedAction]:
    answers = [
        NamedAction(f"{question.id}:{choice.value}", _answer_words(question, choice)) for question in asked for choice in question.choices
    ]
    with_grade = any(question.id == "grade" for question in asked)
    return [*answers, *(NamedAction(action, text) for action, text in TOOLS.items() if action != "dispute" or with_grade)]


def _answer_words(question: Question, choice: Choice) -> str:
    return f"{question.id} {choice.value} ({choice.words})" if choice.words != choice.value else f"{question.id}: {choice.value}"


def _file(name: str) -> str:
    """Address of a static file of this room; it changes with the content."""
    return url_for("label.static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
