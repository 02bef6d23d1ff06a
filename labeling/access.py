"""Who may ask which address of the labeling tool: one table, asked before every page and every answer of the API.

Blind before submit between people, too: pages that show what others answered are an adjudicator's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

from flask import Response, jsonify, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as BaseResponse

from companion.lan.door import on_lan
from companion.security import door
from companion.security.door import DoorClosedError
from companion.services import connection, services
from companion.store import annotators
from companion.store.annotators import Role
from labeling import people

PREFIX = "/label"
API = f"{PREFIX}/api/"

STRANGERS_BYTES = 16 * 1024
"""A login form is far smaller."""

Least = Role | Literal["anybody"]
"""The least role that may ask; "anybody" needs no login."""

ACCESS: Mapping[str, Least] = {
    # the way in and out
    "/label/login": "anybody",
    "/label/logout": "annotator",
    "/label/assets/<>": "anybody",
    # labeling
    "/label": "annotator",
    "/label/do/<>": "annotator",
    "/label/api/lease": "annotator",
    "/label/api/events": "annotator",
    "/label/api/skipped": "annotator",
    "/label/tasks/<>/skipped": "annotator",
    "/label/api/history": "annotator",
    "/label/api/guide": "annotator",
    "/label/api/time": "annotator",
    "/label/api/session": "annotator",
    "/label/api/keys": "annotator",
    "GET /label/guideline": "annotator",
    # one's own
    "/label/mine": "annotator",
    "/label/mine/labels": "annotator",
    "/label/mine/labels.csv": "annotator",
    "/label/mine/labels.jsonl": "annotator",
    "/label/mine/labels/<>": "annotator",
    "/label/mine/hours.csv": "annotator",
    "/label/mine/pause": "annotator",
    "/label/mine/password": "annotator",
    "/label/mine/seen/<>": "annotator",
    "/label/agreement": "annotator",  # of an annotator only their own figures
    # what others answered
    "/label/agreement.json": "adjudicator",
    "/label/agreement.csv": "adjudicator",
    "/label/adjudicate": "adjudicator",
    "/label/adjudicate/<>": "adjudicator",
    "/label/adjudicate/<>/undo": "adjudicator",
    "/label/suspects": "adjudicator",
    "/label/suspects/again": "adjudicator",
    "/label/coverage": "adjudicator",
    "/label/curve": "adjudicator",
    "/label/guideline/edit": "adjudicator",
    "POST /label/guideline": "adjudicator",
    # people and tasks
    "/label/new": "admin",
    "/label/start": "admin",
    "/label/tasks/<>/close": "admin",
    "/label/people": "admin",
    "/label/people/add": "admin",
    "/label/people/<>/role": "admin",
    "/label/people/<>/languages": "admin",
    "/label/people/<>/password": "admin",
    "/label/people/<>/disable": "admin",
    "/label/people/<>/enable": "admin",
}
"""By address, parameters as `<>`, with a method in front where methods differ. What is missing here is for admins only."""

_PARAMETER = re.compile(r"<[^>]*>")


def address(rule: str) -> str:
    """A route's address as it stands in the table.

    >>> address("/label/do/<int:task>")
    '/label/do/<>'
    """
    return _PARAMETER.sub("<>", rule)


def least(method: str, rule: str) -> Least:
    """The least role for a route; HEAD counts as GET."""
    plain = address(rule)
    return ACCESS.get(f"{'GET' if method == 'HEAD' else method} {plain}", ACCESS.get(plain, "admin"))


def admit() -> BaseResponse | None:
    """Let this request in (None), or answer it: the login page, 401 and 403.

    Raises:
        DoorClosedError: on one's own machine, without the dashboard's session and without accounts.
        CSRFError: a form without its token.
    """
    person = people.known()
    rule = request.url_rule.rule if request.url_rule else None
    needed: Least = least(request.method, rule) if rule else "annotator"  # an address that is none tells strangers nothing
    if needed != "anybody":
        if person is None:
            return _log_in()
        if not person.may(needed):
            return _refused(403, "role", _not_for(needed))
    if request.path.startswith(API):
        request.max_content_length = services().config.limits.body_bytes
    elif needed == "anybody":
        request.max_content_length = STRANGERS_BYTES
    try:
        door.protect()
    except CSRFError:
        if request.path.startswith(API):
            return _refused(403, "csrf", "This page is from an earlier login. Ask /label/api/session for a fresh token and send again.")
        raise
    return None


def login_address(target: str = "") -> str:
    """The login page, which leads to `target` afterwards."""
    return url_for("label.login") + (f"?next={quote(target)}" if target else "")


def safe_target(target: str) -> str:
    """Where a login may lead: a page of ours, never an address that somebody else put into the link."""
    plain = re.fullmatch(r"/label(/[A-Za-z0-9_.:-]+)*", target) and not target.startswith(API)
    return target if plain and ".." not in target else PREFIX


def _log_in() -> BaseResponse:
    if request.path.startswith(API):
        return _refused(401, "session", "Your login is over. Log in again; answers that were not sent yet wait in this browser.")
    if not on_lan() and not session.get("entered") and not annotators.who_can_log_in(connection("reader")):
        raise DoorClosedError(
            "Please come in by the link",
            "BuySignal shows its pages only to the person who started it.",
            "Use the link that BuySignal printed when it started, or get a fresh one: run “buysignal link” in a terminal.",
        )
    return redirect(login_address(request.path if request.method == "GET" else ""), code=303)


def _refused(status: int, code: str, message: str) -> BaseResponse:
    if not request.path.startswith(API):
        from companion.dashboard.problem_pages import page

        return page(status, "This page is not for you", message)
    answer: Response = jsonify(error=code, message=message)
    answer.status_code = status
    return answer


def _not_for(needed: Least) -> str:
    who = {"adjudicator": "It shows what others answered, so it is for adjudicators and admins."}
    return who.get(needed, "It is for admins.") + " If you need it, ask whoever gave you your account."
