"""How each refusal looks on the wire: answers instead of the usual one, and usual answers that are changed."""

import json
import socket
import time
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, g, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from tests.replica.refusals import ENDPOINTS, LOGINS, Answer, Endpoint, Refusals, Rule
from tests.replica.state import State

CONTROL = "/replica/"
OBSTACLES_HEADER = "X-Replica-Obstacles"
VERIFY = {"code": 10000, "type": "verify", "subtype": "slide", "detail": "replica", "fp": "verify_replica", "region": "us"}
LIST_KEYS = ("comments", "itemList", "data")
FLASH_MS = 2_000


def endpoint_of(path: str) -> Endpoint | None:
    """Return which of the site's endpoints a path is; None for pictures, scripts, the login page and the control."""
    if path.startswith("/api/"):
        return ENDPOINTS.get(path)
    own = ("/replica-static/", CONTROL, "/media/", "/login", "/favicon")
    return None if path.startswith(own) else "page"


def video_of(path: str) -> str | None:
    """Return the video that a request is for."""
    asked = request.args
    found = asked.get("aweme_id") or asked.get("item_id") or asked.get("itemId") or asked.get("itemID")
    last = path.rsplit("/", 1)[-1]
    return found or (last if last.isdecimal() and len(last) >= 15 else None)


def install(app: Flask, state: State) -> None:
    """Let the state's rules stand between requests and answers of ``app``."""
    refusals = state.refusals

    @app.before_request
    def wait() -> None:
        if state.settings.latency_s and request.path.startswith("/api/"):
            time.sleep(state.settings.latency_s)

    @app.before_request
    def refuse() -> Response | WerkzeugResponse | None:
        endpoint = endpoint_of(request.path)
        running = refusals.next(endpoint, video_of(request.path), request.full_path.rstrip("?")) if endpoint else None
        g.running = running
        return _instead(endpoint, running.rule) if endpoint and running else None

    @app.after_request
    def change(response: Response) -> Response:
        running = g.get("running")
        if running is not None and response.is_json and response.status_code == 200:
            _change(response, running)
        if request.path.startswith("/api/") and (standing := refusals.obstacles()):
            response.headers[OBSTACLES_HEADER] = json.dumps(standing)
        return response

    app.register_blueprint(_control(state, refusals))


def _instead(endpoint: Endpoint, rule: Rule) -> Response | WerkzeugResponse | None:
    """Return the answer that replaces the usual one; None where the usual one is given, or changed later."""
    page = endpoint == "page"
    answer: Answer = rule.answer
    if answer == "slow":
        time.sleep(rule.delay_s)
        return None
    if answer == "reset":
        connection: socket.socket = request.environ["werkzeug.socket"]
        connection.shutdown(socket.SHUT_RDWR)
        return Response(status=200)
    made: Response | WerkzeugResponse | None = None
    if answer == "empty":
        made = Response(b"", mimetype="text/html" if page else "application/json")
    elif answer == "blocked":
        body = render_template("refused.html", title="Access Denied", text="You don't have permission to access this server.")
        made = make_response(body if page else "", 403)
    elif answer == "too_fast":
        body = render_template("refused.html", title="Too many requests", text="Please slow down.")
        made = make_response(body if page else "", 429, {"Retry-After": str(rule.retry_after_s)})
    elif answer == "login_redirect":
        made = redirect(f"/login?redirect_url={quote(request.full_path.rstrip('?'), safe='')}")
    elif answer in {"challenge", "challenge_flash"}:
        made = make_response(render_template("challenge.html", flash_ms=FLASH_MS if answer == "challenge_flash" else 0))
    elif answer == "error":
        made = make_response("" if not page else "Internal Server Error", 500)
    elif not page and answer == "verify":
        made = jsonify({"type": "verify", **VERIFY})
    elif not page and answer == "verify_config":
        made = jsonify({"verifyConfig": VERIFY})
    elif not page and answer == "status":
        made = jsonify({"statusCode": rule.status_code, "status_code": rule.status_code, "statusMsg": "refused", "status_msg": "refused"})
    if made is not None:
        made.headers["Cache-Control"] = "no-store"
    return made


def _change(response: Response, running: Any) -> None:
    answer: Answer = running.rule.answer
    if answer == "cut":
        response.set_data(response.get_data()[: max(1, len(response.get_data()) // 2)])
        return
    if answer not in {"null_list", "no_list_key", "same_page", "empty_page"}:
        return
    body: dict[str, Any] = response.get_json()
    key = next((name for name in LIST_KEYS if name in body), "itemList" if "hasMore" in body else "comments")
    if answer == "null_list":
        body |= {key: None, **_more(body, more=False)}
    elif answer == "no_list_key":
        body.pop(key, None)
    elif answer == "empty_page":
        stays = key == "itemList"  # a refused list of videos keeps its place; a comment list moves on
        body |= {key: [], **_more(body, more=True), "cursor": str(request.args.get("cursor", "0")) if stays else body["cursor"]}
    else:
        running.kept = running.kept or body
        body = {**running.kept, **_more(body, more=True), "cursor": body["cursor"]}
    response.set_data(json.dumps(body))


def _more(body: dict[str, Any], *, more: bool) -> dict[str, Any]:
    return {"hasMore": more} if "hasMore" in body else {"has_more": int(more)}


def _control(state: State, refusals: Refusals) -> Blueprint:
    """The page's own line to the test's stage: which obstacles stand, and that a person did one away."""
    control = Blueprint("control", __name__, url_prefix=CONTROL.rstrip("/"))

    @control.get("/obstacles")
    def standing() -> Response:
        return jsonify(refusals.obstacles())

    @control.post("/obstacles/<name>/gone")
    def gone(name: Any) -> Response:
        if name == "login":
            log_in(state, "page")
        else:
            refusals.solve(name, "page")
        return jsonify(refusals.obstacles())

    @control.get("/requests")
    def requests() -> Response:
        return jsonify([one.path for one in state.requests])

    return control


def log_in(state: State, by: str) -> None:
    """Be logged in from now on; every login wall goes."""
    state.configure(logged_in=True)
    for wall in LOGINS:
        if wall in state.refusals.obstacles():
            state.refusals.solve(wall, by)
