"""One's own page: hours with pause and export, answers that came back, the password; and the heartbeats that hours are made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Response, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from companion import csv_cells
from companion.dashboard import words
from companion.services import connection, services
from companion.store import annotators, clock, returned_answers, working_times
from labeling import accounts, passwords, people, timesheet
from labeling.account_pages import refused, sent
from labeling.accounts import AccountError
from labeling.blueprint import pages

DAYS_SHOWN = 31

_HEADER = ("date", "task", "began", "ended", "minutes")


@pages.get("/mine")
def mine() -> str:
    """Hours and returned answers of whoever asks, and of nobody else."""
    return _page()


@pages.get("/mine/hours.csv")
def hours() -> Response:
    """All of one's hours as CSV: a line for each stretch of work, cut at midnight."""
    reader, person = connection("reader"), people.current()
    names = working_times.task_names(reader)
    entries = timesheet.entries(working_times.spans(reader, person.id))
    rows = ([each.day.isoformat(), names.get(each.task_id, each.task_id), *_clock_and_minutes(each)] for each in entries)
    answer = make_response("".join(csv_cells.lines(_HEADER, rows)))
    answer.content_type = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="hours-{clock.stamp(clock.now_ms())[:8]}.csv"'
    return answer


@pages.post("/mine/pause")
def pause() -> BaseResponse:
    """Stop counting; it goes on with the next answer."""
    with services().store.writing() as writer:
        working_times.pause(writer, people.current().id)
    flash("Paused. Counting goes on with your next answer.", "good")
    return redirect(url_for("label.mine"), code=303)


@pages.post("/mine/seen/<uuid>")
def seen(uuid: str) -> BaseResponse:
    """Note that a returned answer was read."""
    with services().store.writing() as writer:
        returned_answers.mark_seen(writer, people.current().id, uuid)
    return redirect(url_for("label.mine", _anchor="returned"), code=303)


@pages.post("/mine/password")
def own_password() -> BaseResponse | tuple[str, int]:
    """Change one's own password: the old one, and the new one twice. Other logins end."""
    person = annotators.by_id(connection("reader"), people.current().id) or abort(404)
    form = request.form
    try:
        if not person.password or not passwords.right(person.password, form.get("old", "")):
            return _page("That is not your password so far. Nothing was changed."), 403
        hashed = accounts.hashed(form.get("password", ""), form.get("again", ""), person.name)
        with services().store.writing() as writer:
            accounts.change_password(writer, person, hashed, people.token())
    except (AccountError, passwords.TooManyAtOnceError) as error:
        text = str(error)
        return _page(f"{text[0].upper()}{text[1:]}."), 400
    flash("Your password is changed. Other browsers have to log in with it.", "good")
    return redirect(url_for("label.mine"), code=303)


@pages.post("/api/time")
def beat() -> Response:
    """A heartbeat of the annotate screen: {"task", "state": "working" | "paused"}."""
    message = sent()
    task, state = message.get("task"), message.get("state")
    if isinstance(task, int) and not isinstance(task, bool):
        task = str(task)
    if not isinstance(task, str) or len(task) > 100:
        return refused("task: the id of a task is missing")
    if state not in ("working", "paused"):
        return refused('state: say "working" or "paused"')
    with services().store.writing() as writer:
        working_times.beat(writer, people.current().id, task, working=state == "working")
    return jsonify(state=state)


def _page(problem: str = "") -> str:
    reader, person = connection("reader"), people.current()
    spans = working_times.spans(reader, person.id)
    days = timesheet.days(timesheet.entries(spans))
    today = timesheet.days(timesheet.entries([span for span in spans if span.ended_at >= clock.midnight_ms()]))
    returned = returned_answers.listed(reader, person.id)
    return render_template(
        "label/mine.html",
        problem=problem,
        days=[(day.day, timesheet.spoken(day.ms)) for day in days[:DAYS_SHOWN]],
        earlier=max(0, len(days) - DAYS_SHOWN),
        today=timesheet.spoken(today[0].ms if today and today[0].day == _today() else 0),
        week=timesheet.spoken(sum(day.ms for day in days if day.day.isocalendar()[:2] == _today().isocalendar()[:2])),
        counting=any(span.open for span in spans),
        returned=returned,
        unread=sum(each.seen_at is None for each in returned),
        answer_words=_answer_words,
        shortest=passwords.SHORTEST,
    )


def _clock_and_minutes(entry: timesheet.Entry) -> tuple[str, str, float]:
    return f"{entry.began:%H:%M:%S}", f"{entry.ended:%H:%M:%S}", round(entry.ms / clock.MINUTE, 2)


def _today() -> date:
    return datetime.fromtimestamp(clock.now_ms() / 1000).astimezone().date()


def _answer_words(answers: dict[str, Any]) -> str:
    """Answers by question in words.

    >>> _answer_words({"grade": 8, "signal": "price"})
    'grade 8, asks the price'
    """
    said = []
    for question, value in answers.items():
        if question == "signal":
            said.append(words.SIGNALS.get(value, str(value)))
        else:
            said.append(f"{question} {value}")
    return ", ".join(said) or "no answer"
