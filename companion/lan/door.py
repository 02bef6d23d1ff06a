"""The door for colleagues: it stands before the app, and behind it only the labeling pages and their files exist.

What reaches the app through here is marked, so that the app's own guards know it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flask import has_request_context, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOME = "/label"
ROOMS = (HOME, "/assets")
"""The labeling pages, and the style sheets and scripts that every page has. Nothing else is reachable, whatever is added later."""

_MARK = "buysignal.lan"
_PLAIN = re.compile(r"(/[A-Za-z0-9_.:~@,=+-]+)+/?\Z")
"""Paths of ours look like this after decoding; dots alone, empty parts, backslashes and control characters are tricks."""

_HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)


def on_lan() -> bool:
    """Whether this request came through the door for colleagues. Headers cannot set the mark: theirs begin with HTTP_."""
    return has_request_context() and bool(request.environ.get(_MARK))


def allowed(path: str) -> bool:
    """Whether a decoded path leads to something that colleagues may ask for at all.

    >>> allowed("/label/do/7"), allowed("/label/../v1/score"), allowed("/labels"), allowed("//label")
    (True, False, False, False)
    """
    parts = path.split("/")
    tricky = not _PLAIN.match(path) or "." in parts or ".." in parts
    return not tricky and any(path == room or path.startswith(f"{room}/") for room in ROOMS)


class LanDoor:
    """A WSGI app around the companion's.

    Args:
        app: the companion.
        hosts: the values of Host that lead here, in small letters, with their port: anything else is a trick with names (DNS rebinding).
        peers: who stands behind each connection of the TLS front, by its local port. A connection that is not in it was not made
            by the front: a program on this computer found the inner port, and gets nothing.
    """

    def __init__(self, app: WSGIApplication, hosts: Iterable[str], peers: Mapping[int, str]) -> None:
        self._app, self._hosts, self._peers = app, frozenset(hosts), peers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        peer = self._peers.get(int(environ.get("REMOTE_PORT") or 0))
        if peer is None:
            return _refuse(start_response, "403 Forbidden", "This port is not for you.")
        if environ.get("HTTP_HOST", "").lower() not in self._hosts:
            return _refuse(start_response, "400 Bad Request", "This address is not BuySignal's. Use the one that BuySignal printed.")
        path = environ.get("PATH_INFO", "")
        if path in ("", "/"):
            return _refuse(start_response, "303 See Other", "", ("Location", HOME))
        if not allowed(path):
            return _refuse(start_response, "404 Not Found", "There is no such page.")
        environ[_MARK] = True
        environ["REMOTE_ADDR"] = peer
        environ["SCRIPT_NAME"] = ""
        return self._app(environ, start_response)


def _refuse(start_response: Callable[..., object], status: str, text: str, *extra: tuple[str, str]) -> list[bytes]:
    body = text.encode()
    start_response(status, [*_HEADERS, ("Content-Length", str(len(body))), *extra])
    return [body]
