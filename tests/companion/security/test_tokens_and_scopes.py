"""Attacks on tokens: wrong ones, and right ones used for too much."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.app import create_app
from companion.config import Config, Limits
from companion.intent import IntentModel
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.security import tokens
from companion.security.bucket import Buckets
from companion.services import Services
from companion.store import Store, clients
from tests.companion.browser import CHROME, FIREFOX, Paired, comments, correction, pair_with
from tests.companion.security.test_hosts_and_origins import refused


def test_attack_10_only_the_whole_token_in_its_header_opens(paired: Paired) -> None:
    token = paired.token
    wrong = ["", token[:-1], token[1:], token[:20], f"{token}A", token.swapcase(), f" {token}", f"{token} ", tokens.mint(), "é" * 43]
    for value in wrong:
        refused(paired.post("/v1/score", comments("hi"), Authorization=f"Bearer {value}"), 401)
    for header in ("", token, f"Basic {token}", f"Bearer  {token}", f"Bearer {token}, Bearer {token}"):
        refused(paired.post("/v1/score", comments("hi"), Authorization=header), 401)
    assert paired.post("/v1/score", comments("hi")).status_code == 200


def test_attack_10_a_token_in_the_address_or_a_cookie_is_nothing(paired: Paired) -> None:
    refused(paired.post(f"/v1/score?token={paired.token}&access_token={paired.token}", comments("hi"), Authorization=""), 401)
    cookie = f"token={paired.token}; Authorization=Bearer {paired.token}"
    refused(paired.post("/v1/score", comments("hi"), Authorization="", Cookie=cookie), 401)


@pytest.mark.parametrize("path", ["/v1/feedback", "/v1/capture", "/v1/retrain", "/v1/export", "/v1/delete", "/v1/admin"])
def test_attack_11_a_score_token_may_only_score(paired: Paired, store: Store, path: str) -> None:
    with store.writing() as connection:
        clients.grant(connection, paired.client_id, ["score"])
    assert refused(paired.post(path, correction()), 403)["error"] == "scope"
    assert paired.post("/v1/score", comments("hi")).status_code == 200
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM label_event").fetchone()[0] == 0


def test_the_database_holds_no_token(paired: Paired, store: Store) -> None:
    with store.reading() as connection:
        dump = "\n".join(connection.iterdump())
    assert paired.token not in dump
    assert hashlib.sha256(paired.token.encode()).hexdigest() in dump


def test_hello_proof_vector() -> None:
    """The same figures stand in the extension's test: both sides compute the proof alike."""
    token, nonce = "A" * 43, "00" * 32
    key = hmac.new(token.encode(), b"buysignal-proof-v1", hashlib.sha256).hexdigest()
    assert key == "fc1f0acc73e90d6b53ebcd0a62b59d9882554c7481aa876c03e5c37911d3e2c6"
    assert tokens.proof_key(token) == key
    assert tokens.hello_proof(key, nonce, 1) == "44670720717a21c38a1df4f39678cd2ed1c39b8cb03ec4323851881b0b9fe1a7"


def test_hello_proves_the_companion_and_needs_no_token(paired: Paired) -> None:
    nonce = "5a" * 32
    response = paired.post("/v1/hello", {"client_id": paired.client_id, "nonce": nonce}, Authorization="")
    assert response.status_code == 200
    assert response.get_json()["proof"] == paired.proof(nonce)
    assert response.get_json()["proof"] != paired.proof("5b" * 32)


def test_hello_of_an_unknown_client_is_refused(paired: Paired) -> None:
    refused(paired.post("/v1/hello", {"client_id": "0000", "nonce": "5a" * 32}), 401)


def test_hello_notes_the_visit(paired: Paired, store: Store) -> None:
    paired.post("/v1/hello", {"client_id": paired.client_id, "nonce": "5a" * 32})
    with store.reading() as connection:
        seen = [client.last_seen for client in clients.listed(connection)]
    assert seen[0] is not None


@given(st.text(max_size=60))
def test_no_text_but_a_shaped_token_is_read_from_a_header(text: str) -> None:
    found = tokens.from_header(text)
    assert found is None or (len(found) == 43 and text.lower() == f"bearer {found}".lower())


def test_a_flood_is_answered_429_and_the_other_browser_is_served(store: Store, model: IntentModel) -> None:
    limits = Limits(bucket_burst=5, bucket_per_second=0.01)
    app = create_app(
        Config(workspace=store.workspace.root, limits=limits), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store
    )
    services: Services = app.extensions["buysignal"]
    ours, theirs = (pair_with(app.test_client(), services, origin, "Browser") for origin in (CHROME, FIREFOX))
    answers = [ours.post("/v1/score", comments("hi")) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert 90 <= int(answers[-1].headers["Retry-After"]) <= 100
    assert theirs.post("/v1/score", comments("hi")).status_code == 200


def test_a_bucket_refills_at_its_rate() -> None:
    now = [0.0]
    buckets = Buckets(burst=2, per_second=0.5, now=lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 2]
    now[0] = 2.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 2]
    now[0] = 1000.0
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 2]
