"""Who is labeling: the one function that pages and the API ask.

Alone on one machine, whoever has the dashboard's session is "you", an admin, with nothing to set up. With accounts, the
login page gives a cookie of its own; where both are there, the account counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Request, g, request, session

from companion.lan.door import on_lan
from companion.services import connection, services
from companion.store import annotator_sessions, annotators
from companion.store.annotators import LOCAL, ROLES, Annotator, Role

_PERSON = "labeling_person"


@dataclass(frozen=True)
class Person:
    """Who asks. `languages` are those they read, none meaning all; `keys` those they moved, by what they do."""

    id: str
    name: str
    role: Role
    languages: tuple[str, ...]
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_account(self) -> bool:
        """Whether this person came in by name and password."""
        return self.id != LOCAL

    def may(self, least: Role) -> bool:
        """Whether this person's role is `least` or more."""
        return ROLES.index(self.role) >= ROLES.index(least)


class NobodyError(LookupError):
    """A page asked who is labeling where nobody was let in."""


def current() -> Person:
    """Whoever this request comes from; `access.admit` has let them in.

    Raises:
        NobodyError: outside a request below /label.
    """
    found = known()
    if found is None:
        raise NobodyError("nobody is logged in; pages below /label are reached through labeling.access.admit only")
    return found


def known() -> Person | None:
    """Whoever this request comes from, or None; looked up once a request."""
    if _PERSON not in g:
        setattr(g, _PERSON, _by_cookie(request) or _by_dashboard())
    found: Person | None = g.get(_PERSON)
    return found


def forget_who() -> None:
    """Look again who asks: somebody logged in or out during this request."""
    g.pop(_PERSON, None)


def cookie_name() -> str:
    """Name of the login's cookie. Under TLS browsers keep `__Host-` cookies from other hosts; cookies do not know ports."""
    return "__Host-buysignal-person" if request.is_secure else f"buysignal_person_{services().config.port}"


def token() -> str:
    """This request's login token, empty where there is none."""
    return request.cookies.get(cookie_name(), "")


def local() -> Person:
    """Whoever works alone in the dashboard."""
    found = annotators.by_id(connection("reader"), LOCAL)
    if found is None:
        with services().store.writing() as writer:
            annotators.ensure_local(writer)
            found = annotators.by_id(writer, LOCAL)
    if found is None:
        raise NobodyError('the account of "you" could not be made; run `buysignal doctor`')
    return of(found)


def of(annotator: Annotator) -> Person:
    """The person of an account."""
    return Person(annotator.id, annotator.name, annotator.role, annotator.languages, annotator.keys)


def _by_cookie(asked: Request) -> Person | None:
    presented = asked.cookies.get(cookie_name(), "")
    found = annotator_sessions.person(connection("reader"), presented) if presented else None
    if found is None:
        return None
    annotator, stale = found
    if stale:
        with services().store.writing() as writer:
            annotator_sessions.touch(writer, presented)
    return of(annotator)


def _by_dashboard() -> Person | None:
    # a dashboard session means nothing to colleagues' browsers, even if its cookie were carried there
    return local() if session.get("entered") and not on_lan() else None
