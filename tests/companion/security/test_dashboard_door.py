"""The dashboard's door: a link that opens once, a session, and forms that only our own pages can send."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from companion.store import Store, clock, door_keys


def link_key(store: Store) -> str:
    with store.writing() as connection:
        return door_keys.mint(connection)


@pytest.fixture
def form(app: Flask) -> Flask:
    """The app with a form of its own: GET gives its token, POST changes something."""
    app.config["changed"] = 0

    def show() -> str:
        return str(generate_csrf())

    def change() -> str:
        app.config["changed"] += 1
        return "done"

    app.add_url_rule("/form", "form_show", show, methods=["GET"])
    app.add_url_rule("/form", "form_change", change, methods=["POST"])
    return app


def test_without_a_session_every_page_says_how_to_get_in(client: FlaskClient) -> None:
    for path in ("/", "/comments", "/settings", "/nothing"):
        response = client.get(path)
        assert response.status_code == 403
        assert "buysignal link" in response.text
        assert response.headers["Cache-Control"] == "no-store"


def test_the_link_opens_once_and_sets_a_strict_cookie(app: Flask, store: Store) -> None:
    key, browser, second = link_key(store), app.test_client(), app.test_client()
    opened = browser.get(f"/open?key={key}")
    assert (opened.status_code, opened.headers["Location"]) == (303, "/")
    cookie = opened.headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
    assert browser.get("/nothing").status_code == 404
    assert second.get(f"/open?key={key}").status_code == 403
    assert second.get("/nothing").status_code == 403
    assert browser.get(f"/open?key={key}").status_code == 303  # the browser that is in already


@pytest.mark.parametrize("query", ["", "?key=", "?key=guess", "?key=%00", "?key=%ED%A0%BD"])
def test_a_guessed_key_opens_nothing(client: FlaskClient, query: str) -> None:
    assert client.get(f"/open{query}").status_code == 403


def test_a_link_is_over_after_ten_minutes(client: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = link_key(store), clock.now_ms()
    monkeypatch.setattr(clock, "now_ms", lambda: now + door_keys.LIFETIME_MS + 1000)
    assert client.get(f"/open?key={key}").status_code == 403


def test_of_many_racers_one_gets_in(app: Flask, store: Store) -> None:
    key = link_key(store)

    def enter(_number: int) -> int:
        return app.test_client().get(f"/open?key={key}").status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(enter, range(6)))
    assert sorted(statuses) == [303] + [403] * 5


def test_the_key_is_not_in_the_database(store: Store) -> None:
    key = link_key(store)
    with store.reading() as connection:
        assert key not in "\n".join(connection.iterdump())


def test_a_form_needs_its_token(form: Flask, entered: FlaskClient) -> None:
    token = entered.get("/form").text
    assert entered.post("/form").status_code == 403
    assert entered.post("/form", data={"csrf_token": token[:-2]}).status_code == 403
    assert entered.get("/form?csrf_token=" + token).status_code == 200
    assert form.config["changed"] == 0
    assert entered.post("/form", data={"csrf_token": token}).text == "done"
    assert entered.post("/form", headers={"X-CSRFToken": token}).text == "done"
    assert form.config["changed"] == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},  # another port of this machine
    ],
)
def test_a_form_of_another_page_is_refused_even_with_cookie_and_token(form: Flask, entered: FlaskClient, headers: dict[str, str]) -> None:
    token = entered.get("/form").text
    assert entered.post("/form", data={"csrf_token": token}, headers=headers).status_code == 403
    assert form.config["changed"] == 0


def test_a_session_made_with_another_key_is_nothing(app: Flask, entered: FlaskClient) -> None:
    assert entered.get("/nothing").status_code == 404
    app.config["SECRET_KEY"] = b"another"
    assert entered.get("/nothing").status_code == 403


def test_a_session_is_no_bearer_on_the_wire(entered: FlaskClient) -> None:
    assert entered.post("/v1/score", json={"comments": [{"id": "a", "text": "hi"}]}).status_code == 401


def test_pages_may_run_only_their_own_files(entered: FlaskClient) -> None:
    policy = entered.get("/nothing").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
