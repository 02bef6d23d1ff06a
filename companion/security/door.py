"""The dashboard's door: a one-time link opens a session; without one, every page says how to get in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, abort, current_app, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from companion.config import Config
from companion.lan.door import on_lan
from companion.security import embedding
from companion.security.guard import check_host
from companion.security.plain_page import plain_page
from companion.services import services
from companion.store import door_keys
from companion.store.door_keys import OPEN_PATH

_SAFE = ("GET", "HEAD")
_STATIC = ".static"
_ENTRANCES = "buysignal-entrances"

Admit = Callable[[], BaseResponse | None]
"""Lets the person of this request in (None), answers instead, or raises."""

_csrf = CSRFProtect()


class DoorClosedError(Exception):
    """This browser may not see the page; the message is for the person in front of it."""

    def __init__(self, title: str, *lines: str) -> None:
        super().__init__(title)
        self.title, self.lines = title, lines


def install(app: Flask, config: Config) -> None:
    """Sessions and CSRF protection for every path outside `/v1`, and the `/open` route."""
    app.config.update(
        SECRET_KEY=_secret(app),
        SESSION_COOKIE_NAME=f"buysignal_{config.port}",  # cookies do not know ports: another companion must not log us out
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=config.session_days),
        WTF_CSRF_CHECK_DEFAULT=False,  # `check` calls it, after the checks that need no form
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer; `_from_here` wants an Origin, which no browser setting takes away
    )
    app.session_interface = _Sessions()
    _csrf.init_app(app)
    app.add_url_rule(OPEN_PATH, "open_door", enter, methods=["GET"])
    app.register_error_handler(DoorClosedError, closed_page)
    app.register_error_handler(CSRFError, _stale_form)


def _secret(app: Flask) -> bytes:
    """Key that signs sessions: derived from the workspace key, so that a restart logs nobody out."""
    with app.app_context():
        return services().store.workspace.derived("dashboard-session")


class _Sessions(SecureCookieSessionInterface):
    """The same signed cookie, but for TLS only where the page came over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-buysignal" if request.is_secure else super().get_cookie_name(app)


def entrance(app: Flask, prefix: str, admit: Admit) -> None:
    """Have a room decide itself who comes in below `prefix` (people with accounts); called by the room.

    Host, origin and site are checked before `admit`; session, roles and CSRF (`protect`) are its own to check.
    """
    app.extensions.setdefault(_ENTRANCES, {})[prefix] = admit


def protect() -> None:
    """Refuse a form or a JSON post without this session's token.

    Raises:
        CSRFError: it is missing or another session's.
    """
    if request.method not in _SAFE:
        _csrf.protect()


def check() -> BaseResponse | None:
    """Host, own origin, own site, session, CSRF: in this order, before any page work.

    An answer is returned where a room's own entrance gives one.

    Raises:
        RefusalError: 400 for a wrong Host.
        DoorClosedError: anything else.
        CSRFError: a form without its token.
    """
    check_host()
    if embedding.check():
        return None
    if not _from_here():
        raise DoorClosedError(
            "This page opens from BuySignal itself", "Another website or app asked for it. If that was you, go on with the link below."
        )
    if (request.endpoint or "").endswith(_STATIC) and request.method in _SAFE:
        return None
    admit = _entrance()
    if admit:
        return admit()
    if on_lan():
        abort(404)
    if request.path == OPEN_PATH and request.method in _SAFE:
        return None
    if not session.get("entered"):
        raise DoorClosedError(
            "Please come in by the link",
            "BuySignal shows its pages only to the person who started it.",
            "Use the link that BuySignal printed when it started, or get a fresh one: run “buysignal link” in a terminal.",
        )
    protect()
    return None


def _entrance() -> Admit | None:
    known: dict[str, Admit] = current_app.extensions.get(_ENTRANCES, {})
    return next((admit for prefix, admit in known.items() if request.path == prefix or request.path.startswith(f"{prefix}/")), None)


def enter() -> BaseResponse:
    """`/open?key=…`: the key of a one-time link becomes a session; a link used twice works only where it worked before."""
    with services().store.writing() as connection:
        good = door_keys.use(connection, request.args.get("key", ""))
    if good:
        session.clear()
        session["entered"] = True
        session.permanent = True
    elif not session.get("entered"):
        raise DoorClosedError(
            "This link was used already, or is older than ten minutes",
            "Each link opens BuySignal once. Get a fresh one: run “buysignal link” in a terminal.",
        )
    return redirect("/", code=303)


def link(url: str, key: str) -> str:
    """The one-time link for a key."""
    return f"{url}{OPEN_PATH}?key={key}"


def closed_page(closed: DoorClosedError) -> Response:
    """The friendly 403."""
    return plain_page(403, closed.title, closed.lines)


def _stale_form(_error: CSRFError) -> Response:
    return closed_page(DoorClosedError("This form is out of date", "Nothing was changed. Open the page again and repeat what you did."))


def _from_here() -> bool:
    origin = request.headers.get("Origin")
    if origin is None and on_lan() and request.method not in _SAFE:
        return False  # every browser that knows TLS 1.2 sends it with a post
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return False
    return request.headers.get("Sec-Fetch-Site") in (None, "none", "same-origin")
