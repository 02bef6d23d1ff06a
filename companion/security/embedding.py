"""`/embed/*`: read-only panels that pages of origins on the user's own list may frame or fetch. With an empty list there are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Response, abort, g, request

from companion.lan.door import on_lan
from companion.security.problems import RefusalError
from companion.services import connection
from companion.store import settings

PREFIX = "/embed/"
KEY = "embed_origins"
"""The setting: a list of origins."""

MOST = 10
ORIGIN = re.compile(r"^https?://(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\])(?::[0-9]{1,5})?$")
_SAFE = ("GET", "HEAD")


def origins_of(text: str) -> list[str]:
    """Origins out of what a person typed, one a line.

    Raises:
        ValueError: naming the line that is no origin, and how one is written.
    """
    found = []
    for word in text.split():
        origin = word.strip().rstrip("/").lower()
        if not ORIGIN.match(origin):
            raise ValueError(f"“{word[:80]}” is not the address of a site; write it as https://ads.example.com, without a path")
        found.append(origin)
    if len(found) > MOST:
        raise ValueError(f"{len(found)} sites are more than BuySignal keeps; list at most {MOST}")
    return list(dict.fromkeys(found))


def listed() -> list[str]:
    """The user's list."""
    kept = settings.get(connection("reader"), KEY, [])
    return [origin for origin in kept if isinstance(origin, str) and ORIGIN.match(origin)]


def check() -> bool:
    """Whether this request is for a panel; leaves the list in `g.embed_origins`.

    Raises:
        RefusalError: 403, another origin fetches it, or 405.
        NotFound: there are no panels.
    """
    if not request.path.startswith(PREFIX):
        return False
    origins = [] if on_lan() else listed()
    if not origins:
        abort(404)
    if request.method not in _SAFE:
        raise RefusalError(405, "method", "Panels are read-only.", allow="GET")
    origin = request.headers.get("Origin")
    if origin is not None and origin not in origins:
        raise RefusalError(403, "origin", "This site is not on BuySignal's list; add it under Settings.")
    g.embed_origins = origins
    return True


def open_to(response: Response, origins: Sequence[str]) -> None:
    """Let pages of these origins frame the answer, and the one that asked read it."""
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}")
    response.headers.pop("X-Frame-Options", None)
    response.headers.pop("Set-Cookie", None)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    origin = request.headers.get("Origin")
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers.add("Vary", "Origin")
