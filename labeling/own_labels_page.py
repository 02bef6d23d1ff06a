"""Your labels: what somebody answered, read again, saved as a file and corrected; shown to nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args
from uuid import uuid4

from flask import Response, abort, flash, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as BaseResponse

from companion.dashboard.words import SIGNALS, band_of_label
from companion.services import connection, services
from companion.store import clock, own_answers
from companion.store.annotation_events import Event
from companion.store.own_answers import Asked, OwnAnswer, Which
from labeling import answering, own_labels_files, people
from labeling.blueprint import pages
from labeling.do_page import QUESTIONS, Question
from labeling.wire import MOST_NOTE, EventIn, complaint

A_PAGE = 100

WHICH: Mapping[Which, str] = {
    "all": "All answers",
    "high": "Close to buying: 7 to 10",
    "low": "Not close: 1 to 6",
    "unsure": "Marked unsure",
    "marked": "Marked spam or creator",
    "note": "With a note",
    "skipped": "Skipped",
}

FLAGS: Mapping[str, str] = {
    "spam": "spam: an advert, a bot or a scam",
    "creator": "written by the creator or the brand",
    "unsure": "not sure of it",
}


@dataclass(frozen=True)
class OwnView:
    """The page: answers from `first` on (counted from 1), of `total`; `whole` is how many there are without a filter."""

    asked: Asked
    tasks: list[tuple[str, str]]
    answers: list[OwnAnswer]
    first: int
    total: int
    whole: int
    page: int

    which = WHICH
    signals = SIGNALS
    flags = FLAGS

    @property
    def more(self) -> bool:
        """Whether another page follows."""
        return self.first + len(self.answers) <= self.total

    @property
    def query(self) -> dict[str, str]:
        """The filters as the address has them."""
        which = "" if self.asked.which == "all" else self.asked.which
        return {key: value for key, value in (("task", self.asked.task), ("which", which)) if value}

    @staticmethod
    def band(answer: OwnAnswer) -> str:
        """The colour of a grade."""
        grade = answer.answers.get("grade")
        return band_of_label(grade) if grade else ""


@pages.get("/mine/labels")
def own_labels() -> str:
    """The page."""
    database, person, asked = connection("reader"), people.current(), _asked()
    total = own_answers.count(database, person.id, asked)
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-total // A_PAGE)))
    before = (page - 1) * A_PAGE
    view = OwnView(
        asked=asked,
        tasks=own_answers.tasks(database, person.id),
        answers=list(own_answers.listed(database, person.id, asked, A_PAGE, before)),
        first=before + 1,
        total=total,
        whole=own_answers.count(database, person.id, Asked()) if asked != Asked() else total,
        page=page,
    )
    return render_template("label/own_labels.html", view=view)


@pages.get("/mine/labels.csv")
def own_labels_csv() -> Response:
    """All that fit the filters, as CSV."""
    return _file("csv", "text/csv; charset=utf-8")


@pages.get("/mine/labels.jsonl")
def own_labels_jsonl() -> Response:
    """The same as JSON lines."""
    return _file("jsonl", "application/x-ndjson")


@pages.get("/mine/labels/<int:assignment>")
def correct_label(assignment: int) -> str:
    """One answer, to be changed."""
    return _correcting(_own(assignment))


@pages.post("/mine/labels/<int:assignment>")
def keep_correction(assignment: int) -> BaseResponse | tuple[str, int]:
    """Take the answer back and store the new one in its place: both stay in the history."""
    was = _own(assignment)
    try:
        new = _typed(was)
    except ValueError as error:
        return _correcting(was, f"{str(error)[0].upper()}{str(error)[1:]}."), 422
    undo = Event(str(uuid4()), assignment, "undo", new.at, undoes=was.uuid)
    outcome = answering.take(services().store, people.current(), [undo, new])
    if outcome.refused:
        return _correcting(was, f"Nothing was changed: {outcome.refused[0][1]}."), 409
    flash("Your label is corrected. What you said before stays in the history.", "good")
    return redirect(url_for("label.own_labels", task=request.form.get("task") or None), code=303)


def _own(assignment: int) -> OwnAnswer:
    found = own_answers.find(connection("reader"), people.current().id, assignment)
    return found or abort(404)


def _typed(was: OwnAnswer) -> Event:
    """The form as an event.

    Raises:
        ValueError: it says nothing, or what is no answer; or the skipped comment needs no answer any more.
    """
    if was.practice:
        raise ValueError("an answer of the practice round stays as it was given")
    if was.skipped and not was.wanted:
        raise ValueError("others have answered this comment meanwhile, so it needs no answer any more")
    form = request.form
    answers = {name: _value(name, form[name]) for name in was.questions if form.get(name)}
    flags = [flag for flag in FLAGS if f"flag.{flag}" in form]
    missing = [name for name in was.questions if name not in answers]
    if missing and not flags:
        raise ValueError(f"choose a {missing[0]}: without an answer or a mark there is nothing to keep")
    sent = {
        "uuid": str(uuid4()),
        "assignment": was.assignment,
        "action": "submit",
        "answers": answers,
        "flags": flags,
        "note": form.get("note", "").strip(),
        "contradiction": "doubt" in form,
        "suggestion_shown": was.suggestion_shown,
        "at": clock.iso(clock.now_ms()),
    }
    try:
        return EventIn.model_validate(sent).event()
    except ValidationError as error:
        raise ValueError(complaint(error)) from error


def _value(question: str, typed: str) -> int | str:
    return int(typed) if question in ("grade", "quality") and typed.isdecimal() else typed


def _correcting(was: OwnAnswer, problem: str = "") -> str:
    asked: list[Question] = [QUESTIONS[name] for name in was.questions]
    task = request.values.get("task", "")
    return render_template("label/correct.html", was=was, questions=asked, flags=FLAGS, problem=problem, most=MOST_NOTE, task=task)


def _asked() -> Asked:
    which = request.args.get("which", "all")
    task = request.args.get("task", "")[:64]
    if which not in get_args(Which):
        abort(404)
    return Asked(task, which)  # type: ignore[arg-type]


def _file(ending: str, kind: str) -> Response:
    """A file that is sent while it is written, over a connection of its own."""
    asked, person, store = _asked(), people.current(), services().store

    def sent() -> Iterator[str]:
        with store.reading() as own:
            found = own_answers.listed(own, person.id, asked)
            yield from own_labels_files.csv_of(found) if ending == "csv" else own_labels_files.jsonl_of(found)

    name = f"my-labels-{clock.stamp(clock.now_ms())[:8]}.{ending}"
    return Response(sent(), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
