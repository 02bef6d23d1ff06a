"""The labeling screen's JSON API, below /label/api. Every refusal is {"error", "message"} with a message for the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, abort, jsonify, request
from pydantic import ValidationError

from companion.intent import IntentModel
from companion.security.json_body import BadJsonError, parse
from companion.services import connection, services
from companion.store import StoreError, annotation_events, clock, label_tasks
from companion.store.annotation_events import Event
from companion.store.assignments import Wanted
from companion.store.label_tasks import Task
from labeling import answering, guide, people, serving, skipped
from labeling.blueprint import pages
from labeling.serving import Served
from labeling.store_trouble import in_words
from labeling.wire import MOST_EVENTS, EventIn, LeaseIn, complaint

V = TypeVar("V", bound=Callable[..., Any])

HISTORY = 50


def said_plainly(view: V) -> V:
    """Answer trouble with the database file in words, as 503 or 507: the screen keeps what it has and sends it again."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except (StoreError, sqlite3.Error) as error:
            status, message = in_words(error)
            return problem(status, "store", message)

    return wrapped  # type: ignore[return-value]


@pages.post("/api/lease")
@said_plainly
def lease() -> Response:
    """Up to five comments of a task, and how far it is. `gone` are those on hand that need no answer any more."""
    asked = _asked()
    task = _task(asked.task)
    person, store = people.current(), services().store
    served = serving.lease(store, _model(), person, task, Wanted(task.id, asked.want, tuple(asked.have)))
    told = serving.progress(store, person, task)
    return jsonify(
        items=[_item(one) for one in served],
        **vars(told),
        gone=serving.over(store, person, asked.have) if asked.have else [],
        closed=task.closed_at is not None,
        guideline=task.guideline_version,
    )


@pages.post("/api/skipped")
@said_plainly
def skipped_again() -> Response:
    """Ask again what the person skipped in a task: the `reopened` skips, which a lease now hands out before anything new."""
    task = _task(_asked().task)
    reopened = skipped.ask_again(services().store, people.current(), task)
    return jsonify(reopened=[vars(one) for one in reopened])


@pages.post("/api/events")
@said_plainly
def events() -> Response:
    """Store what was done; the same uuid is stored once, whatever is sent how often."""
    body = _body()
    sent = body.get("events")
    if not isinstance(sent, list) or len(sent) > MOST_EVENTS:
        abort(problem(422, "schema", f"events: send a list of at most {MOST_EVENTS}."))
    good: list[Event] = []
    bad: list[tuple[str, str]] = []
    for one in sent:
        try:
            good.append(EventIn.model_validate(one).event())
        except ValidationError as error:
            bad.append((_uuid_of(one), complaint(error)))
        except (ValueError, OverflowError) as error:
            bad.append((_uuid_of(one), str(error)))
    outcome = answering.take(services().store, people.current(), good)
    refused = [{"uuid": uuid, "reason": reason} for uuid, reason in (*bad, *outcome.refused)]
    feedback = [{"uuid": one.uuid, "right": one.right, "why": one.why} for one in outcome.feedback]
    return jsonify(stored=outcome.stored, known=outcome.known, refused=refused, replaced=outcome.replaced, feedback=feedback)


@pages.get("/api/history")
@said_plainly
def history() -> Response:
    """The person's last answers and skips, latest first."""
    found = annotation_events.history(connection("reader"), people.current().id, request.args.get("task", "")[:64], HISTORY)
    return jsonify(events=[{**vars(one), "flags": list(one.flags), "at": clock.iso(one.at)} for one in found])


@pages.get("/api/guide")
@said_plainly
def guide_text() -> Response:
    """The guide that a task goes by, or the one in force: {"version", "html"}."""
    task = label_tasks.find(connection("reader"), request.args.get("task", "")[:64])
    found = guide.find(connection("reader"), task.guideline_version) if task else None
    shown = found or guide.current(connection("reader"))
    return jsonify(version=shown.version, html=str(guide.html(shown.text)))


def problem(status: int, error: str, message: str) -> Response:
    """A refusal."""
    answer = jsonify(error=error, message=message)
    answer.status_code = status
    return answer


def _model() -> IntentModel:
    return services().model


def _task(task_id: str) -> Task:
    return label_tasks.find(connection("reader"), task_id) or abort(problem(404, "task", "There is no such task any more."))


def _asked() -> LeaseIn:
    try:
        return LeaseIn.model_validate(_body())
    except ValidationError as error:
        abort(problem(422, "schema", complaint(error)))


def _body() -> dict[str, Any]:
    try:
        found = parse(request.get_data(), services().config.limits.json_depth)
    except BadJsonError as error:
        abort(problem(400, "json", f"The request could not be read: {error}."))
    return found if isinstance(found, dict) else abort(problem(422, "schema", "The request is not a JSON object."))


def _uuid_of(sent: object) -> str:
    found = sent.get("uuid") if isinstance(sent, dict) else None
    return found[:64] if isinstance(found, str) else ""


def _item(served: Served) -> dict[str, Any]:
    item = served.item
    context = {"caption": "", "hashtags": [], "product": "", "parent": "", **item.context}
    return {
        "assignment": served.assignment,
        "item": item.id,
        "kind": "video" if item.target_id == item.video_id else "comment",
        "text": item.text,
        "context": context,
        "lang": item.lang,
        "likes": item.likes,
        "by_creator": item.by_creator,
        "toxic": served.toxic,
        "suggestion": served.suggestion,
        "practice": served.practice,
    }
