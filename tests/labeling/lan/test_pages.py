"""What colleagues get at the door: their pages over TLS, and nothing else."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from flask import Flask

from companion.lan.serving import Opening
from companion.store import Store, door_keys
from tests.labeling.accounts import PASSWORD
from tests.labeling.lan.colleague import IP, Colleague


def test_colleagues_log_in_over_tls_and_get_a_cookie_for_tls_only(opening: Opening) -> None:
    colleague = Colleague(opening)
    page, text = colleague.ask("GET", "/")
    assert (page.status, page.headers["Location"]) == (303, "/label")
    assert colleague.ask("GET", "/label/mine")[0].headers["Location"] == "/label/login?next=/label/mine"
    answer = colleague.form("/label/login", name="Mia", password=PASSWORD, next="/label/mine")
    assert (answer.status, answer.headers["Location"]) == (303, "/label/mine")
    for cookie in answer.msg.get_all("Set-Cookie") or []:
        assert cookie.startswith("__Host-"), cookie
        for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            assert word in cookie
    page, text = colleague.ask("GET", "/label/mine")
    assert page.status == 200
    assert "Log out" in text
    assert "Everything stays on the computer that serves this page." in text
    assert 'href="/settings"' not in text
    assert colleague.form("/label/logout").status == 303
    assert colleague.get("/label/api/session") == 401


def test_every_answer_has_the_usual_headers_and_no_promise_that_a_self_made_certificate_cannot_keep(mia: Colleague) -> None:
    for path in ("/label/mine", "/label/login", "/label/nothing", "/settings"):
        headers = mia.ask("GET", path)[0].headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers


def test_style_sheets_and_scripts_of_the_pages_are_there(mia: Colleague) -> None:
    _, text = mia.ask("GET", "/label/mine")
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+|/label/assets/[^"]+)"', text)
    assert len(assets) > 5
    for path in assets:
        assert mia.get(path) == 200, path


def test_nothing_but_labeling_exists_there_even_for_an_admin_with_the_owners_dashboard_cookie(
    opening: Opening, app: Flask, store: Store
) -> None:
    """The owner's session cookie, carried to the other door under whatever name, opens nothing."""
    owner = app.test_client()
    with store.writing() as writer:
        key = door_keys.mint(writer)
    assert owner.get(f"/open?key={key}").status_code == 303
    cookie = owner.get_cookie("buysignal_8765")
    assert cookie
    ada = Colleague(opening)
    ada.log_in("Ada")
    thief = Colleague(opening, {"__Host-buysignal": cookie.value, "buysignal_8765": cookie.value})
    assert thief.get("/label/mine") == 303
    assert thief.get("/label/api/session") == 401
    rules = {rule.rule for rule in app.url_map.iter_rules() if "<" not in rule.rule}
    outside = {rule for rule in rules if not rule.startswith("/label")} - {"/"}
    assert {"/v1/health", "/v1/score", "/v1/pair", "/settings", "/open", "/comments"} <= outside
    for path in sorted(outside):
        assert {who.get(path) for who in (ada, thief)} == {404}, path
        assert ada.ask("POST", path, b"{}", **{"Content-Type": "application/json"})[0].status == 404, path


def test_posts_need_our_own_origin(mia: Colleague) -> None:
    csrf = json.loads(mia.ask("GET", "/label/api/session")[1])["csrf"]
    body = json.dumps({"task": "t", "state": "working"}).encode()

    def status(**headers: str) -> int:
        return mia.ask("POST", "/label/api/time", body, **{"Content-Type": "application/json", "X-CSRFToken": csrf, **headers})[0].status

    assert status() == 200
    for origin in ("https://evil.example", "null", mia.origin.replace("https", "http"), f"https://{IP}", ""):
        assert status(Origin=origin) == 403, origin
    assert status(**{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status(**{"X-CSRFToken": ""}) == 403
    preflight = mia.ask("OPTIONS", "/label/api/time", Origin="https://evil.example")[0]
    assert preflight.status == 403
    assert "Access-Control-Allow-Origin" not in preflight.headers


def test_guessing_from_one_computer_is_slowed_down_whatever_it_claims_to_be(opening: Opening) -> None:
    def guess(number: int) -> int:
        colleague = Colleague(opening)
        found = re.search(r'name="csrf_token" value="([^"]+)"', colleague.ask("GET", "/label/login")[1])
        assert found
        body = urlencode({"csrf_token": found[1], "name": "Ada", "password": f"guess number {number}"}).encode()
        forged = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": f"10.0.0.{number}"}
        return colleague.ask("POST", "/label/login", body, **forged)[0].status

    assert [guess(number) for number in range(7)] == [401] * 5 + [429] * 2
