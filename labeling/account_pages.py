"""Coming in and going out: the login page, logging out, and what the annotate screen asks after a new login."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, current_app, jsonify, make_response, redirect, render_template, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as BaseResponse

from companion.security.json_body import BadJsonError, parse
from companion.services import connection, services
from companion.store import annotator_sessions, annotators, working_times
from companion.store.annotators import Annotator
from labeling import access, passwords, people
from labeling.blueprint import pages
from labeling.login_limits import LoginLimits

WRONG = "The name or the password is wrong, or the account was switched off. Whoever gave you the account can help."
"""The same words in all three cases: the page tells nobody who has an account."""

MOST_KEYS, LONGEST_KEY = 64, 40

_LIMITS = "labeling-login-limits"


@pages.get("/login")
def login() -> BaseResponse:
    """The form. Somebody who is in already may come in as somebody else."""
    return _form(200, access.safe_target(request.args.get("next", "")))


@pages.post("/login")
def log_in() -> BaseResponse:
    """Name and password become a login with a fresh cookie; what was there before is worthless from now on."""
    name, target = request.form.get("name", "").strip(), access.safe_target(request.form.get("next", ""))
    place = request.remote_addr or ""
    wait = _limits().take(name, place)
    if wait:
        return _form(429, target, name, f"Too many tries. Try again in {_spoken(wait)}.", wait)
    known = annotators.by_name(connection("reader"), name) if len(name) <= 100 else None
    try:
        right = passwords.right(known.password if known else None, request.form.get("password", ""))
    except passwords.TooManyAtOnceError:
        return _form(429, target, name, "Several people are logging in at this moment. Try again in a few seconds.", 3)
    if known is None or not right or not known.can_log_in:
        return _form(401, target, name, WRONG)
    _limits().succeeded(name, place)
    return _enter(known, target)


@pages.post("/logout")
def log_out() -> BaseResponse:
    """End this login here and on the server. Answers that wait in the browser stay there for the next login of the same person."""
    with services().store.writing() as writer:
        working_times.pause(writer, people.current().id)
        annotator_sessions.end(writer, people.token())
    people.forget_who()
    _fresh_session()
    answer = redirect(access.login_address(), code=303)
    answer.delete_cookie(people.cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Strict")
    return answer  # no Clear-Site-Data: it would throw away answers that were not sent yet


@pages.get("/api/session")
def who() -> Response:
    """Who is logged in, with a CSRF token that belongs to this login: an open screen goes on with it."""
    person = people.current()
    return jsonify(
        person={"id": person.id, "name": person.name, "role": person.role, "languages": person.languages},
        csrf=generate_csrf(),
        keys=dict(person.keys),
    )


@pages.post("/api/keys")
def keep_keys() -> Response:
    """Store the keys that this person moved: {"keys": {action: key code}}."""
    keys = sent().get("keys")
    if not isinstance(keys, dict) or len(keys) > MOST_KEYS:
        return refused(f"keys: not a list of at most {MOST_KEYS} keys")
    if not all(isinstance(code, str) and len(name) <= LONGEST_KEY and len(code) <= LONGEST_KEY for name, code in keys.items()):
        return refused(f"keys: every name and key is a text of at most {LONGEST_KEY} characters")
    with services().store.writing() as writer:
        annotators.set_keys(writer, people.current().id, keys)
    return jsonify(keys=keys)


def sent() -> dict[str, Any]:
    """This request's JSON object; broken JSON ends the request with 400."""
    try:
        found = parse(request.get_data(), services().config.limits.json_depth)
    except BadJsonError as error:
        abort(refused(f"The request could not be read: {error}."))
    return found if isinstance(found, dict) else abort(refused("The request is not a JSON object."))


def refused(message: str) -> Response:
    """400 in the API's form."""
    body = json.dumps({"error": "bad", "message": message}, ensure_ascii=False)
    return Response(body, 400, content_type="application/json")


def _limits() -> LoginLimits:
    found: LoginLimits = current_app.extensions.setdefault(_LIMITS, LoginLimits())
    return found


def _enter(annotator: Annotator, target: str) -> BaseResponse:
    with services().store.writing() as writer:
        annotator_sessions.end(writer, people.token())
        token = annotator_sessions.begin(writer, annotator.id)
    _fresh_session()
    answer = redirect(target, code=303)
    answer.set_cookie(
        people.cookie_name(),
        token,
        max_age=annotator_sessions.ABSOLUTE_MS // 1000,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _fresh_session() -> None:
    """CSRF tokens of before are worthless; the dashboard's own session, where there is one, goes on."""
    entered = session.get("entered")
    session.clear()
    if entered:
        session["entered"] = True
        session.permanent = True


def _form(status: int, target: str, name: str = "", problem: str = "", wait: int = 0) -> BaseResponse:
    own = people.known()
    page = render_template(
        "label/login.html",
        target=target,
        name=name,
        problem=problem,
        now=own if own and own.has_account else None,
        accounts=annotators.who_can_log_in(connection("reader")),
    )
    answer = make_response(page, status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{-(-seconds // 60)} minutes"
