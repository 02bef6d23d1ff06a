"""People with accounts, for tests: all have the same password, hashed once."""

from __future__ import annotations

import re
from functools import cache

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.store import Store, annotators
from companion.store.annotators import Annotator, Role
from labeling import passwords

PASSWORD = "correct horse battery"

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@cache
def hashed() -> str:
    return passwords.hashed(PASSWORD, "")


def make(store: Store, name: str, role: Role = "annotator", languages: tuple[str, ...] = ()) -> Annotator:
    with store.writing() as connection:
        return annotators.add(connection, name, role, hashed(), languages)


def token(browser: FlaskClient) -> str:
    """A CSRF token as the login page gives it."""
    found = _TOKEN.search(browser.get("/label/login").text)
    assert found
    return found[1]


def log_in(browser: FlaskClient, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
    return browser.post("/label/login", data={"csrf_token": token(browser), "name": name, "password": password, **fields})


def post(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    """A form of one of our pages."""
    return browser.post(path, data={"csrf_token": token(browser), **fields})


def send(browser: FlaskClient, path: str, message: object) -> TestResponse:
    """A JSON post of the annotate screen."""
    csrf = browser.get("/label/api/session").get_json()["csrf"]
    return browser.post(path, json=message, headers={"X-CSRFToken": csrf})
