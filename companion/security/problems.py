"""Refusals: a status, a stable code for programs and one sentence for people."""

from __future__ import annotations

from flask import Response

from companion.api import wire


class RefusalError(Exception):
    """Raised anywhere in a `/v1` request to end it with a Problem.

    Args:
        status: HTTP status.
        code: stable word for programs.
        message: what was wrong and what mends it; never a comment's text.
        retry_after: seconds after which trying again makes sense.
        allow: for 405, the method to use.
    """

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None, allow: str | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after, self.allow = status, code, message, retry_after, allow


def problem(refusal: RefusalError) -> Response:
    """The refusal as a JSON answer."""
    body = wire.Problem(error=refusal.code, message=refusal.message).model_dump_json()
    response = Response(body, refusal.status, content_type="application/json")
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if refusal.allow is not None:
        response.headers["Allow"] = refusal.allow
    return response
