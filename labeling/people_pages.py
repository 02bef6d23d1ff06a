"""The people page: who may label, in which role and which languages. For admins."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from companion.dashboard.words import LANGUAGES
from companion.services import connection, services
from companion.store import annotator_sessions, annotators
from companion.store.annotators import LOCAL, ROLES, Annotator
from labeling import accounts, people
from labeling.accounts import AccountError
from labeling.blueprint import pages

ROLE_WORDS = {
    "annotator": "answers comments, and sees only their own answers",
    "adjudicator": "also sees what others answered, and decides where they differ",
    "admin": "also makes tasks and looks after people",
}


@pages.get("/people")
def people_page() -> str:
    """Everybody, and the form for somebody new."""
    return _page()


@pages.post("/people/add")
def add_person() -> BaseResponse | tuple[str, int]:
    """Make an account."""
    form = request.form
    try:
        name = accounts.checked_name(form.get("name", ""))
        hashed = accounts.hashed(form.get("password", ""), form.get("again", ""), name)
        with services().store.writing() as writer:
            made = accounts.add(writer, name, form.get("role", ""), hashed, form.get("languages", ""))
    except AccountError as error:
        return _page(_sentence(error), {key: form.get(key, "") for key in ("name", "role", "languages")}), 400
    return _back(f"{made.name} can log in now.")


@pages.post("/people/<person_id>/role")
def change_role(person_id: str) -> BaseResponse | tuple[str, int]:
    """Give somebody another role."""
    role = request.form.get("role", "")
    return _change(person_id, lambda writer, person: accounts.change_role(writer, person, role), "is {role} now: it holds at once")


@pages.post("/people/<person_id>/languages")
def change_languages(person_id: str) -> BaseResponse | tuple[str, int]:
    """Say which languages somebody reads."""
    languages = request.form.get("languages", "")
    return _change(person_id, lambda writer, person: accounts.change_languages(writer, person, languages), "gets comments in {languages}")


@pages.post("/people/<person_id>/password")
def change_password(person_id: str) -> BaseResponse | tuple[str, int]:
    """Give somebody a new password; it ends their logins."""
    person = _person(person_id)
    try:
        hashed = accounts.hashed(request.form.get("password", ""), request.form.get("again", ""), person.name)
    except AccountError as error:
        return _page(_sentence(error)), 400
    own = people.token() if people.current().id == person_id else ""
    return _change(person_id, lambda writer, known: accounts.change_password(writer, known, hashed, own), "has a new password")


@pages.post("/people/<person_id>/disable")
def disable_person(person_id: str) -> BaseResponse | tuple[str, int]:
    """Keep somebody out from now on."""
    return _change(person_id, accounts.disable, "cannot log in any more. What they answered stays")


@pages.post("/people/<person_id>/enable")
def enable_person(person_id: str) -> BaseResponse | tuple[str, int]:
    """Let somebody in again."""
    return _change(person_id, accounts.enable, "can log in again")


def _change(person_id: str, change: Callable[[sqlite3.Connection, Annotator], None], said: str) -> BaseResponse | tuple[str, int]:
    try:
        with services().store.writing() as writer:
            person = annotators.by_id(writer, person_id) or abort(404)
            change(writer, person)
            after = annotators.by_id(writer, person_id) or person
    except AccountError as error:
        return _page(_sentence(error)), 400
    people.forget_who()
    words = {"role": f"an {after.role}", "languages": _spoken(after.languages)}
    return _back(f"{after.name} {said.format(**words)}.")


def _person(person_id: str) -> Annotator:
    return annotators.by_id(connection("reader"), person_id) or abort(404)


def _back(message: str) -> BaseResponse:
    flash(message, "good")
    return redirect(url_for("label.people_page"), code=303)


def _page(problem: str = "", typed: dict[str, str] | None = None) -> str:
    reader = connection("reader")
    return render_template(
        "label/people.html",
        everybody=[person for person in annotators.listed(reader) if person.id != LOCAL],
        seen=annotator_sessions.last_seen(reader),
        roles=ROLES,
        role_words=ROLE_WORDS,
        spoken=_spoken,
        problem=problem,
        typed=typed or {},
        known_languages=", ".join(f"{code} {name}" for code, name in LANGUAGES.items() if code != "un"),
    )


def _spoken(languages: tuple[str, ...]) -> str:
    return ", ".join(LANGUAGES.get(code, code) for code in languages) or "every language"


def _sentence(error: AccountError) -> str:
    text = str(error)
    return f"{text[0].upper()}{text[1:]}."
