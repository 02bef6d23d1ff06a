"""Refusals and faults as friendly pages in the frame. `/v1` keeps its JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from companion.security.door import DoorClosedError
from companion.security.guard import PREFIX
from companion.security.problems import RefusalError, problem
from companion.store import StoreBusyError

Handler = Callable[..., Any]

_TITLES = {
    400: "That request could not be read",
    404: "There is nothing here",
    405: "That does not work this way",
    413: "That is too much at once",
    500: "BuySignal made a mistake",
    503: "BuySignal is busy",
}
_TEXTS = {
    400: "Go back and try again.",
    404: "The page, video or comment you asked for is not stored. It may have been removed with the sample data.",
    405: "Open the page from the menu and use its buttons.",
    413: "Send less at a time.",
    500: "Nothing was lost. The terminal where BuySignal runs says where it happened. Try again; if it stays, run “buysignal doctor”.",
    503: "Nothing was lost. Try again in a moment.",
}


def install(app: Flask) -> None:
    """Show pages instead of JSON wherever a person looks."""
    fault = app.error_handler_spec[None][None].get(Exception)
    app.register_error_handler(DoorClosedError, _closed)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(RefusalError, _refusal)
    app.register_error_handler(StoreBusyError, _busy)
    app.register_error_handler(HTTPException, _http(app.error_handler_spec[None][None].get(HTTPException)))
    app.register_error_handler(Exception, _fault(fault))


def page(status: int, title: str, text: str, steps: tuple[str, ...] = ()) -> Response:
    """A problem page."""
    return Response(render_template("problem.html", title=title, text=text, steps=steps), status, content_type="text/html; charset=utf-8")


def _closed(closed: DoorClosedError) -> Response:
    first, *rest = closed.lines or ("",)
    return page(403, closed.title, first, tuple(rest))


def _stale_form(_error: CSRFError) -> Response:
    return page(403, "This form is out of date", "Nothing was changed. Open the page again and repeat what you did.")


def _refusal(refusal: RefusalError) -> Response:
    if _on_wire():
        return problem(refusal)
    answer = page(refusal.status, _TITLES.get(refusal.status, "That was refused"), refusal.message)
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _busy(_error: StoreBusyError) -> Response:
    return _refusal(RefusalError(503, "busy", "BuySignal's database is busy; nothing was lost, try again in a moment.", retry_after=2))


def _http(wire: Handler | None) -> Handler:
    def handle(error: HTTPException) -> Any:
        if _on_wire() and wire:
            return wire(error)
        status = error.code or 500
        if status < 400:
            return error
        answer = page(status, _TITLES.get(status, error.name), _TEXTS.get(status, "Go back and try again."))
        if status == 405:
            answer.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ["GET"])
        return answer

    return handle


def _fault(wire: Handler | None) -> Handler:
    def handle(error: Exception) -> Any:
        answer = wire(error) if wire else None  # writes the log line
        if answer is not None and _on_wire():
            return answer
        return page(500, _TITLES[500], _TEXTS[500])

    return handle


def _on_wire() -> bool:
    return request.path.startswith(PREFIX)
