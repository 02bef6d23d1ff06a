"""The guard of `/v1`: every check that does not need the body's content, in one fixed order.

Host -> Origin -> Sec-Fetch-Site -> method and type -> size -> token and scope. A view's schema check and the
client's budget follow in `requests.accept`. A view that says nothing about its door is closed to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, current_app, g, request
from werkzeug.exceptions import MethodNotAllowed

from companion.lan.door import on_lan
from companion.security import tokens
from companion.security.problems import RefusalError
from companion.services import services

V = TypeVar("V", bound=Callable[..., Any])

PREFIX = "/v1/"
HOSTS = re.compile(r"^(127\.0\.0\.1|localhost)(:\d{1,5})?$")
EXTENSION = re.compile(r"^(chrome-extension|moz-extension|safari-web-extension)://[A-Za-z0-9-]{1,64}$")

_DOOR = "buysignal_door"


@dataclass(frozen=True)
class Door:
    """What a route asks of its caller.

    Attributes:
        scope: what the token must allow; None for routes without a token.
        method: the one method it takes.
        pairing: let an extension that is not paired yet in while pairing is open.
        body_bytes: a larger limit than the usual one.
    """

    scope: str | None
    method: str = "POST"
    pairing: bool = False
    body_bytes: int | None = None


def door(scope: str | None, *, method: str = "POST", pairing: bool = False, body_bytes: int | None = None) -> Callable[[V], V]:
    """Declare a `/v1` view's door."""

    def declare(view: V) -> V:
        setattr(view, _DOOR, Door(scope, method, pairing, body_bytes))
        return view

    return declare


def check_host() -> None:
    """Refuse names that only DNS tricks lead here (rebinding). Holds for every path of the companion.

    The door for colleagues has a list of its own, and has checked it.

    Raises:
        RefusalError: 400.
    """
    if not on_lan() and not HOSTS.match(request.environ.get("HTTP_HOST", "")):
        raise RefusalError(400, "host", "This address is not BuySignal's. Use http://127.0.0.1 with its port.")


def check() -> Response | None:
    """Run the guard on the current request; leaves the client in `g.client`.

    Returns an answer only for a preflight of a paired origin.

    Raises:
        RefusalError: by the first check that fails.
    """
    check_host()
    asked = _asked()
    paired = _check_origin(asked)
    _check_fetch_site(paired)
    if request.method == "OPTIONS":
        return _preflight(paired)
    _check_form(asked)
    _check_size(asked)
    _check_token(asked)
    return None


def _asked() -> Door | None:
    view = current_app.view_functions.get(request.endpoint or "")
    found = getattr(view, _DOOR, None)
    return found if isinstance(found, Door) else None


def _check_origin(asked: Door | None) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        if asked and asked.pairing:
            raise RefusalError(403, "origin", "Pair from the BuySignal extension's own page.")
        return False
    if services().clients.knows_origin(origin):
        return True
    if asked and asked.pairing and EXTENSION.match(origin):
        if services().pairing.current():
            return True
        raise RefusalError(403, "pairing_closed", "Pairing is closed. Press “Show pairing code” on BuySignal's start page to get a code.")
    raise RefusalError(403, "origin", "This page or extension is not paired with BuySignal.")


def _check_fetch_site(paired: bool) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "none", "same-origin") and not paired:
        raise RefusalError(403, "site", "Another website may not talk to BuySignal.")


def _preflight(paired: bool) -> Response:
    if not paired:
        raise RefusalError(403, "origin", "Preflights are answered to paired extensions only.")
    return Response(status=204, headers={"Allow": "POST"})


def _check_form(asked: Door | None) -> None:
    method = asked.method if asked else "POST"
    mismatch = request.routing_exception
    if isinstance(mismatch, MethodNotAllowed):
        method = next(iter(set(mismatch.valid_methods or ()) & {"GET", "POST"}), method)
    if request.method != method or "Upgrade" in request.headers:
        raise RefusalError(405, "method", f"Use {method}.", allow=method)
    if method == "GET":
        return
    if request.headers.get("Content-Type", "").lower() != "application/json":
        raise RefusalError(415, "type", "Send application/json.")
    if "Content-Encoding" in request.headers:
        raise RefusalError(415, "encoding", "Send the JSON as it is, not compressed.")


def _check_size(asked: Door | None) -> None:
    limit = (asked and asked.body_bytes) or services().config.limits.body_bytes
    if asked and asked.method == "GET":
        limit = 0
    if (request.content_length or 0) > limit:
        raise RefusalError(413, "size", f"The request is larger than {limit // 1024} KB; send fewer comments at a time.")
    request.max_content_length = limit


def _check_token(asked: Door | None) -> None:
    if asked and asked.scope is None:
        return
    token = tokens.from_header(request.headers.get("Authorization"))
    client = services().clients.by_token(token) if token else None
    if client is None:
        raise RefusalError(401, "token", "This browser is not paired with BuySignal (any more). Pair it again.")
    if request.headers.get("Origin", client.origin) != client.origin:
        raise RefusalError(403, "token_origin", "This token belongs to another extension.")
    if asked is None or asked.scope not in client.scopes:
        raise RefusalError(403, "scope", "This browser's pairing does not allow that.")
    g.client = client
