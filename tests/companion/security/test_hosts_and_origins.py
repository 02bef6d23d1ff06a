"""Attacks that come by another name, another page or another extension."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.services import Services
from companion.store import Store, clients, labels
from tests.companion.browser import CHROME, FIREFOX, STRANGER, TIKTOK, Paired, comments, correction

ROUTES = ("/v1/health", "/v1/pair", "/v1/hello", "/v1/score", "/v1/explain", "/v1/feedback")
POSTS = ROUTES[1:]
PAGES = ("/", "/open?key=nothing")
BAD_HOSTS = ("127.0.0.1.evil.example", "localhost.evil", "", "127.0.0.1@evil", "0.0.0.0:8765", "[::1]:8765", "127.0.0.1:8765, evil.example")


def refused(response: TestResponse, status: int) -> dict[str, Any]:
    """Check that an answer is a proper refusal; returns its Problem."""
    assert response.status_code == status, response.text
    assert not [name for name in response.headers if name[0].lower().startswith("access-control-")]
    assert "Set-Cookie" not in response.headers
    assert "Location" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    found: dict[str, Any] = response.get_json()
    assert set(found) == {"error", "message"}
    return found


def state(store: Store) -> tuple[Any, ...]:
    """Everything an attack might have changed."""
    with store.reading() as connection:
        rows = [
            tuple(row) for table in ("label_event", "client", "setting", "door_key") for row in connection.execute(f"SELECT * FROM {table}")
        ]
    return tuple(rows)


def raw(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> http.client.HTTPResponse:
    """A request exactly as written, Host included."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    return connection.getresponse()


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_attack_01_a_rebound_name_is_refused(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(path, method=method, headers={"Host": "rebind.example:8765", "Content-Type": "application/json"})
    assert refused(response, 400)["error"] == "host"


@pytest.mark.parametrize("path", PAGES)
def test_attack_01_a_rebound_name_sees_no_page_either(entered: FlaskClient, path: str) -> None:
    response = entered.get(path, headers={"Host": "rebind.example:8765"})
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_attack_02_names_that_only_look_local_are_refused(live: int, host: str) -> None:
    for method, path in (("GET", "/v1/health"), ("POST", "/v1/score"), ("GET", "/")):
        assert raw(live, method, path, {"Host": host, "Content-Type": "application/json"}, b"{}" if method == "POST" else b"").status == 400


def test_attack_02_no_host_at_all_is_refused(live: int) -> None:
    assert raw(live, "GET", "/v1/health", {}).status == 400


def test_the_right_names_are_served(live: int) -> None:
    for host in ("127.0.0.1", "localhost", f"127.0.0.1:{live}", f"localhost:{live}"):
        assert raw(live, "GET", "/v1/health", {"Host": host}).status == 200


@pytest.mark.parametrize("path", POSTS)
def test_attack_04_a_form_of_another_site_is_refused(paired: Paired, path: str) -> None:
    response = paired.post(path, data=b'{"a":"="}', Origin="null", Content_Type="text/plain", Sec_Fetch_Site="cross-site", Authorization="")
    refused(response, 403)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8765", "http://localhost", ""])
def test_attack_05_another_site_changes_nothing(paired: Paired, store: Store, services: Services, origin: str) -> None:
    before, opened = state(store), services.pairing.open()
    for path, message in (
        ("/v1/feedback", correction()),
        ("/v1/pair", {"code": opened.code, "name": "evil"}),
        ("/v1/score", comments("hi")),
    ):
        response = paired.post(path, message, Origin=origin, Sec_Fetch_Site="cross-site", Content_Type="application/json")
        refused(response, 403)
    assert state(store) == before
    assert services.pairing.current() == opened


def test_attack_05_a_beacon_with_a_plain_type_changes_nothing(paired: Paired, store: Store) -> None:
    before = state(store)
    refused(paired.post("/v1/feedback", data=b"{}", Content_Type="text/plain"), 415)
    assert state(store) == before


@pytest.mark.parametrize("path", POSTS)
def test_attack_06_pictures_frames_and_links_reach_nothing(client: FlaskClient, store: Store, path: str) -> None:
    before = state(store)
    refused(client.get(path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}), 403)
    refused(client.get(path), 405)  # browsers that send no Sec-Fetch-Site
    assert state(store) == before


@pytest.mark.parametrize("path", ["/v1/health", "/v1/unknown"])
def test_attack_06_even_health_is_not_for_other_sites(client: FlaskClient, path: str) -> None:
    refused(client.get(path, headers={"Sec-Fetch-Site": "cross-site"}), 403)


def test_attack_06_another_site_opens_no_page(entered: FlaskClient) -> None:
    response = entered.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("origin", [STRANGER, TIKTOK, "https://evil.example", "null"])
def test_attack_07_preflights_of_others_get_no_permission(paired: Paired, path: str, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    refused(paired.client.options(path, headers=asked), 403)


def test_attack_07_a_preflight_of_the_paired_extension_gets_no_cors_header_either(paired: Paired) -> None:
    response = paired.client.options("/v1/score", headers={"Origin": CHROME, "Access-Control-Request-Method": "POST"})
    assert response.status_code == 204
    assert not [name for name in response.headers if name[0].lower().startswith("access-control-")]


def test_attack_08_another_paired_extension_cannot_use_our_token(pair: Callable[..., Paired], store: Store) -> None:
    ours, theirs = pair(CHROME), pair(FIREFOX, "Firefox")
    refused(theirs.post("/v1/score", comments("hi"), Authorization=""), 401)
    assert refused(theirs.holding(ours.token).post("/v1/score", comments("hi")), 403)["error"] == "token_origin"
    with store.writing() as connection:
        assert clients.revoke(connection, ours.client_id)
    refused(theirs.holding(ours.token).post("/v1/score", comments("hi")), 401)
    refused(ours.post("/v1/score", comments("hi")), 401)
    assert theirs.post("/v1/score", comments("hi")).status_code == 200


def test_attack_08_an_extension_that_never_paired_is_refused_with_any_token(paired: Paired) -> None:
    refused(paired.post("/v1/score", comments("hi"), Origin=STRANGER, Authorization=""), 403)
    refused(paired.post("/v1/score", comments("hi"), Origin=STRANGER), 403)
    refused(paired.post("/v1/score", comments("hi"), Origin="", Authorization=""), 401)


def test_attack_08_a_revoked_browser_gets_no_proof(paired: Paired, store: Store) -> None:
    with store.writing() as connection:
        clients.revoke(connection, paired.client_id)
    refused(paired.post("/v1/hello", {"client_id": paired.client_id, "nonce": "ab" * 32}), 401)


@pytest.mark.parametrize("path", POSTS)
def test_attack_09_tiktok_itself_is_refused_with_a_valid_token(paired: Paired, path: str) -> None:
    refused(paired.post(path, comments("hi"), Origin=TIKTOK, Sec_Fetch_Site="cross-site"), 403)
    refused(paired.post(path, comments("hi"), Origin=TIKTOK, Sec_Fetch_Site=""), 403)


def test_attack_12_a_websocket_is_refused(paired: Paired, live: int) -> None:
    upgrade = {"Host": "127.0.0.1", "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    for path in ("/v1/score", "/v1/health", "/"):
        assert raw(live, "GET", path, upgrade).status in (400, 403, 405)
        assert raw(live, "GET", path, {**upgrade, "Origin": "https://evil.example"}).status == 403
    assert refused(paired.client.get("/v1/score", headers={**upgrade, "Origin": CHROME}), 405)


@pytest.mark.parametrize("path", ["//v1/score", "/v1/score/", "/v1//score", "/v1/../v1/score", "/v1/unknown"])
def test_no_spelling_of_a_path_leads_around_the_guard(live: int, path: str) -> None:
    response = raw(live, "POST", path, {"Host": "127.0.0.1", "Content-Type": "application/json"}, b"{}")
    assert response.status in (401, 403)
    assert response.getheader("Location") is None


def test_a_view_that_declares_no_door_is_closed(app: Flask, pair: Callable[..., Paired]) -> None:
    app.add_url_rule("/v1/forgotten", "forgotten", lambda: "open", methods=["POST"])
    refused(pair().post("/v1/forgotten", {}), 403)


def test_a_fault_shows_no_trace_and_logs_no_comment(app: Flask, paired: Paired, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with store.writing() as connection:
        connection.execute("DROP VIEW label_standing")
    problem = refused(paired.post("/v1/score", comments("a very secret wish")), 500)
    assert problem["error"] == "fault"
    assert "OperationalError" in caplog.text
    assert "secret" not in caplog.text


def test_labels_survive_their_clients_revocation(paired: Paired, store: Store) -> None:
    assert paired.post("/v1/feedback", correction()).status_code == 200
    with store.writing() as connection:
        clients.revoke(connection, paired.client_id)
        assert labels.count(connection) == 1
