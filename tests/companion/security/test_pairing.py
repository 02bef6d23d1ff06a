"""Pairing: shown once, two minutes, one browser, five tries."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from companion.security.pairing import ALPHABET, LENGTH, LIFETIME_MS, TRIES, Pairing, PairingRefusedError, normalise
from companion.services import Services
from companion.store import Store, clients
from tests.companion.browser import CHROME, FIREFOX, TIKTOK, Paired
from tests.companion.security.test_hosts_and_origins import refused

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def ask(client: FlaskClient, code: str, origin: str = CHROME) -> tuple[int, str]:
    response = client.post(
        "/v1/pair", json={"code": code, "name": "Chrome"}, headers={"Origin": origin, "Content-Type": "application/json"}
    )
    return response.status_code, response.get_json().get("error", "")


def wrong(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def paired_clients(store: Store) -> int:
    with store.reading() as connection:
        return len(clients.listed(connection))


def test_attack_13_pairing_is_closed_until_the_user_opens_it(client: FlaskClient, store: Store) -> None:
    assert ask(client, "ABCDEFGH") == (403, "pairing_closed")
    assert paired_clients(store) == 0


def test_attack_13_the_fifth_wrong_try_burns_the_code(client: FlaskClient, services: Services, store: Store) -> None:
    code = services.pairing.open().code
    answers = [ask(client, wrong(code)) for _ in range(TRIES)]
    assert answers == [(403, "pairing_code")] * (TRIES - 1) + [(403, "pairing_closed")]
    assert ask(client, code) == (403, "pairing_closed")
    assert paired_clients(store) == 0


def test_attack_13_a_code_works_once(client: FlaskClient, services: Services, store: Store) -> None:
    code = services.pairing.open().code
    assert ask(client, code)[0] == 200
    assert ask(client, code) == (403, "pairing_closed")
    assert ask(client, code, FIREFOX) == (403, "pairing_closed")
    assert paired_clients(store) == 1


def test_attack_13_a_code_lives_two_minutes() -> None:
    now = [0]
    pairing = Pairing(lambda: now[0])
    code = pairing.open().code
    now[0] = LIFETIME_MS - 1
    assert pairing.current() is not None
    now[0] = LIFETIME_MS
    with pytest.raises(PairingRefusedError, match="closed"):
        pairing.redeem(code)


def test_attack_13_of_two_racers_one_wins(app: Flask, services: Services, store: Store) -> None:
    for _ in range(10):
        before = paired_clients(store)
        code, start = services.pairing.open().code, threading.Barrier(4)
        statuses: list[int] = []

        def race(origin: str, start: threading.Barrier = start, code: str = code, statuses: list[int] = statuses) -> None:
            browser = app.test_client()
            start.wait()
            statuses.append(ask(browser, code, origin)[0])

        threads = [threading.Thread(target=race, args=[origin]) for origin in (CHROME, FIREFOX, CHROME, FIREFOX)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses)[0] == 200
        assert statuses.count(200) == 1
        assert paired_clients(store) == before + 1


@pytest.mark.parametrize(
    "origin", [TIKTOK, "null", "https://evil.example", "chrome-extension://", "http://127.0.0.1:8765", "chrome-extension://a b"]
)
def test_attack_13_only_an_extension_can_pair(client: FlaskClient, services: Services, store: Store, origin: str) -> None:
    opened = services.pairing.open()
    assert ask(client, opened.code, origin) == (403, "origin")
    refused(client.post("/v1/pair", json={"code": opened.code}), 403)
    assert services.pairing.current() == opened
    assert paired_clients(store) == 0


def test_a_new_code_ends_the_one_before(client: FlaskClient, services: Services) -> None:
    first, second = services.pairing.open().code, services.pairing.open().code
    assert ask(client, first) == (403, "pairing_code")
    assert ask(client, second)[0] == 200


def test_what_a_pairing_gets(paired: Paired, store: Store) -> None:
    assert paired.answer == {
        "client_id": paired.client_id,
        "token": paired.token,
        "alias_key": store.workspace.alias_key,
        "scopes": ["score", "teach"],
        "api_version": 1,
    }
    with store.reading() as connection:
        [stored] = clients.listed(connection)
    assert (stored.origin, stored.name, stored.scopes, stored.revoked_at) == (CHROME, "Chrome", ("score", "teach"), None)


@given(codes, st.sampled_from(["", " ", "-", " - "]))
def test_a_code_may_be_typed_in_groups_and_small_letters(code: str, gap: str) -> None:
    assert normalise(f" {code[:4].lower()}{gap}{code[4:]} ") == code


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_guessing_gets_in(guesses: list[str]) -> None:
    pairing = Pairing(lambda: 0)
    code = pairing.open().code
    for guess in guesses:
        with pytest.raises(PairingRefusedError):
            pairing.redeem(guess if normalise(guess) != code else "")
    left = pairing.current()
    assert (left.tries_left if left else 0) == max(0, TRIES - len(guesses))


def test_codes_do_not_repeat() -> None:
    pairing = Pairing()
    seen = {pairing.open().code for _ in range(500)}
    assert len(seen) == 500
    assert {len(code) for code in seen} == {LENGTH}
    assert set("".join(seen)) <= set(ALPHABET)
