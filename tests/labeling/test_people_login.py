"""Logging in and out: what a login is worth, when it ends, and what attackers get."""

from __future__ import annotations

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.store import Store, annotator_sessions, annotators, clock
from labeling import accounts, passwords
from tests.labeling.accounts import PASSWORD, log_in, make, post, send, token


@pytest.fixture
def mia(store: Store) -> annotators.Annotator:
    return make(store, "Mia")


def person_cookie(browser: FlaskClient) -> str:
    found = browser.get_cookie("buysignal_person_8765")
    return found.value if found else ""


def who(browser: FlaskClient) -> str | None:
    answer = browser.get("/label/api/session")
    return answer.get_json()["person"]["name"] if answer.status_code == 200 else None


def test_name_and_password_open_the_labeling_pages_and_nothing_else(app: Flask, mia: annotators.Annotator) -> None:
    browser = app.test_client()
    entered = log_in(browser, "mia", next="/label/mine")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/label/mine")
    assert browser.get("/label/mine").status_code == 200
    for path in ("/", "/comments", "/settings", "/models", "/collect"):
        assert browser.get(path).status_code == 403, path
    assert browser.post("/v1/score", json={}).status_code == 401


def test_the_cookie_is_strict_and_hidden_from_scripts_and_only_its_hash_is_stored(
    app: Flask, store: Store, mia: annotators.Annotator
) -> None:
    browser = app.test_client()
    cookie = next(value for value in log_in(browser, "Mia").headers.getlist("Set-Cookie") if value.startswith("buysignal_person"))
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert len(person_cookie(browser)) == 43
    with store.reading() as reader:
        dump = "\n".join(reader.iterdump())
    assert person_cookie(browser) not in dump
    assert PASSWORD not in dump
    assert "scrypt:32768:8:3$" in dump


def test_without_a_login_pages_lead_to_the_login_page_and_the_api_says_401_in_json(app: Flask, mia: annotators.Annotator) -> None:
    browser = app.test_client()
    page = browser.get("/label/mine")
    assert (page.status_code, page.headers["Location"]) == (303, "/label/login?next=/label/mine")
    for answer in (browser.get("/label/api/session"), browser.post("/label/api/events", json={"events": []})):
        assert answer.status_code == 401
        assert answer.get_json()["error"] == "session"
        assert "wait in this browser" in answer.get_json()["message"]


def test_without_accounts_a_stranger_on_this_machine_sees_how_to_get_in(client: FlaskClient) -> None:
    answer = client.get("/label/mine")
    assert answer.status_code == 403
    assert "buysignal link" in answer.text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil", "/settings", "/label/../settings", "/label/api/time"]
)
def test_a_login_leads_only_to_our_own_pages(app: Flask, mia: annotators.Annotator, target: str) -> None:
    assert log_in(app.test_client(), "Mia", next=target).headers["Location"] == "/label"


def test_a_session_that_was_there_before_is_not_the_one_of_the_login(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    """Session fixation: whoever planted a cookie, or knew an earlier one, has nothing afterwards."""
    browser = app.test_client()
    browser.set_cookie("buysignal_person_8765", "planted-by-somebody-else-planted-by-somebody")
    before = token(browser)
    log_in(browser, "Mia")
    first = person_cookie(browser)
    assert first != "planted-by-somebody-else-planted-by-somebody"
    assert browser.post("/label/mine/pause", data={"csrf_token": before}).status_code == 403
    log_in(browser, "Mia")
    assert person_cookie(browser) != first
    thief = app.test_client()
    thief.set_cookie("buysignal_person_8765", first)
    assert who(thief) is None


def test_a_stolen_cookie_is_worth_nothing_after_logout(app: Flask, mia: annotators.Annotator) -> None:
    browser, thief = app.test_client(), app.test_client()
    log_in(browser, "Mia")
    thief.set_cookie("buysignal_person_8765", person_cookie(browser))
    assert who(thief) == "Mia"
    assert post(browser, "/label/logout").status_code == 303
    assert person_cookie(browser) == ""
    assert who(thief) is None


def test_disabling_somebody_ends_their_logins_at_once(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    browser = app.test_client()
    log_in(browser, "Mia")
    with store.writing() as writer:
        accounts.disable(writer, mia)
    assert who(browser) is None
    assert log_in(browser, "Mia").status_code == 401
    with store.writing() as writer:
        accounts.enable(writer, mia)
    assert who(browser) is None  # the old login does not come back
    assert log_in(browser, "Mia").status_code == 303


def test_a_new_password_ends_the_other_logins(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    browser, other = app.test_client(), app.test_client()
    log_in(browser, "Mia")
    log_in(other, "Mia")
    wrong = post(browser, "/label/mine/password", old="guess guess", password="another password", again="another password")
    assert wrong.status_code == 403
    changed = post(browser, "/label/mine/password", old=PASSWORD, password="another password", again="another password")
    assert changed.status_code == 303
    assert (who(browser), who(other)) == ("Mia", None)
    assert log_in(other, "Mia").status_code == 401
    assert log_in(other, "Mia", "another password").status_code == 303


def test_a_login_ends_after_two_idle_hours_and_after_twelve_in_any_case(
    app: Flask, mia: annotators.Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, hour = clock.now_ms(), 60 * clock.MINUTE
    browser, idle = app.test_client(), app.test_client()
    log_in(browser, "Mia")
    log_in(idle, "Mia")
    for after in range(1, 12):
        monkeypatch.setattr(clock, "now_ms", lambda after=after: begin + after * hour)
        assert who(browser) == "Mia", after
    assert who(idle) is None
    monkeypatch.setattr(clock, "now_ms", lambda: begin + 12 * hour + clock.MINUTE)
    assert who(browser) is None


def test_a_new_login_gives_the_open_screen_a_token_to_go_on_with(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    """An expired session keeps the outbox: 401, log in in another tab, fresh token, send again."""
    browser = app.test_client()
    log_in(browser, "Mia")
    old = browser.get("/label/api/session").get_json()["csrf"]
    with store.writing() as writer:
        annotator_sessions.end_all(writer, mia.id)
    beat = {"task": "t", "state": "working"}
    assert browser.post("/label/api/time", json=beat, headers={"X-CSRFToken": old}).status_code == 401
    log_in(browser, "Mia")
    stale = browser.post("/label/api/time", json=beat, headers={"X-CSRFToken": old})
    assert (stale.status_code, stale.get_json()["error"]) == (403, "csrf")
    told = browser.get("/label/api/session").get_json()
    assert told["person"]["id"] == mia.id
    assert browser.post("/label/api/time", json=beat, headers={"X-CSRFToken": told["csrf"]}).status_code == 200


def test_no_form_and_no_json_post_works_without_its_token(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    make(store, "Ada", "admin")
    browser = app.test_client()
    log_in(browser, "Ada")
    posts = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/label") and "POST" in (rule.methods or ())]
    assert len(posts) > 10
    for rule in posts:
        path = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
        assert path
        assert browser.post(path[1]).status_code == 403, rule.rule
        assert browser.post(path[1], json={}, headers={"X-CSRFToken": "guess"}).status_code == 403, rule.rule
    assert who(browser) == "Ada"


def test_the_login_form_itself_needs_its_token(app: Flask, mia: annotators.Annotator) -> None:
    """Else another site could log somebody in as the attacker, who would read their answers."""
    assert app.test_client().post("/label/login", data={"name": "Mia", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_posts_of_other_pages_are_refused_even_with_cookie_and_token(
    app: Flask, mia: annotators.Annotator, headers: dict[str, str]
) -> None:
    browser = app.test_client()
    log_in(browser, "Mia")
    csrf = browser.get("/label/api/session").get_json()["csrf"]
    answer = browser.post("/label/api/time", json={"task": "t", "state": "working"}, headers={"X-CSRFToken": csrf, **headers})
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_look_the_same(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    off = make(store, "Off")
    with store.writing() as writer:
        accounts.disable(writer, off)
    answers = [
        log_in(app.test_client(), name, password)
        for name, password in (("Mia", "wrong wrong"), ("Nobody", "wrong wrong"), ("Off", PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {401}
    texts = {answer.text.replace(name, "").split("<form")[0] for answer, name in zip(answers, ("Mia", "Nobody", "Off"), strict=True)}
    assert len(texts) == 1


def test_whoever_works_alone_cannot_be_logged_in_as(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    for password in ("", " ", "you", PASSWORD):
        assert log_in(app.test_client(), "you", password).status_code == 401


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has(mia: annotators.Annotator) -> None:
    def seconds(known: str | None) -> float:
        begin = time.perf_counter()
        passwords.right(known, "wrong wrong")
        return time.perf_counter() - begin

    somebody = [seconds(mia.password) for _ in range(5)]
    nobody = [seconds(None) for _ in range(5)]
    assert 0.5 < statistics.median(nobody) / statistics.median(somebody) < 2


def test_guessing_a_password_is_slowed_down_for_a_known_and_an_unknown_name_alike(app: Flask, mia: annotators.Annotator) -> None:
    tries = {name: [log_in(app.test_client(), name, f"guess number {each}").status_code for each in range(7)] for name in ("Mia", "Nobody")}
    assert tries["Mia"] == tries["Nobody"] == [401] * 5 + [429] * 2
    right = log_in(app.test_client(), "MIA")
    assert right.status_code == 429  # even with the right password, and however it is capitalised
    assert int(right.headers["Retry-After"]) <= 30


def test_only_a_few_passwords_are_checked_at_a_time(mia: annotators.Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()
    real = passwords.check_password_hash

    def check(known: str, typed: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return real(known, typed)
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(passwords, "check_password_hash", check)
    monkeypatch.setattr(passwords, "PATIENCE_S", 0.05)

    def attempt(_number: int) -> str:
        try:
            return str(passwords.right(mia.password, "wrong wrong"))
        except passwords.TooManyAtOnceError:
            return "busy"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(attempt, range(8)))
    assert most <= passwords.AT_ONCE
    assert "busy" in found


def test_a_login_form_of_a_megabyte_is_refused(app: Flask, mia: annotators.Annotator) -> None:
    browser = app.test_client()
    assert browser.post("/label/login", data={"csrf_token": token(browser), "name": "Mia", "password": "x" * 1_000_000}).status_code == 413


def test_an_account_counts_more_than_the_dashboard_and_logging_out_gives_it_back(
    entered: FlaskClient, app: Flask, mia: annotators.Annotator
) -> None:
    assert who(entered) == "You"
    log_in(entered, "Mia")
    assert who(entered) == "Mia"
    assert entered.get("/label/people").status_code == 403
    post(entered, "/label/logout")
    assert who(entered) == "You"
    assert entered.get("/settings").status_code == 200


def test_moved_keys_are_kept_for_their_person(app: Flask, store: Store, mia: annotators.Annotator) -> None:
    make(store, "Noa")
    browser, other = app.test_client(), app.test_client()
    log_in(browser, "Mia")
    log_in(other, "Noa")
    assert send(browser, "/label/api/keys", {"keys": {"skip": "KeyJ"}}).status_code == 200
    assert browser.get("/label/api/session").get_json()["keys"] == {"skip": "KeyJ"}
    assert other.get("/label/api/session").get_json()["keys"] == {}
    for bad in ({"keys": []}, {"keys": {"skip": 1}}, {"keys": {str(each): "KeyJ" for each in range(65)}}, [], {"keys": {"x" * 41: "KeyJ"}}):
        assert send(browser, "/label/api/keys", bad).status_code == 400
