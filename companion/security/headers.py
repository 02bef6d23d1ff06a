"""Headers that every answer carries."""

from __future__ import annotations

from flask import Response, g, request

from companion.security.embedding import open_to
from companion.security.guard import PREFIX

WIRE_CSP = "default-src 'none'; frame-ancestors 'none'"
PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def harden(response: Response) -> Response:
    """Nothing is cached, sniffed, framed or told to other sites (but for panels); `/v1` answers get no cookie."""
    wire = request.path.startswith(PREFIX)
    response.headers["Content-Security-Policy"] = WIRE_CSP if wire else PAGE_CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer" if wire else "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if wire or request.endpoint != "dashboard.static":
        response.headers["Cache-Control"] = "no-store"
    if wire:
        response.headers.pop("Set-Cookie", None)
    if "embed_origins" in g:
        open_to(response, g.embed_origins)
    return response
