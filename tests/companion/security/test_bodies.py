"""Attack 15: bodies made to hurt. Each is refused or cleaned, and memory stays flat."""

from __future__ import annotations

import gzip
import json
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.security.json_body import BadJsonError, parse
from companion.store import Store, labels
from tests.companion.browser import CHROME, Paired, comments, correction
from tests.companion.security.test_hosts_and_origins import raw, refused

KB = 1024


def resident() -> int:
    """This process's memory, bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def padded(size: int) -> bytes:
    """A valid request of exactly this many bytes."""
    empty = json.dumps(comments("")).encode()
    return json.dumps(comments("x" * (size - len(empty)))).encode()


def test_attack_15_257_kb_are_too_many_and_256_are_not(paired: Paired) -> None:
    refused(paired.post("/v1/score", data=padded(256 * KB + 1)), 413)
    answer = paired.post("/v1/score", data=padded(256 * KB))
    assert answer.status_code == 200
    assert answer.get_json()["scores"][0]["truncated"] is True


def test_attack_15_101_comments(paired: Paired) -> None:
    assert "comments" in refused(paired.post("/v1/score", comments(*["hi"] * 101)), 422)["message"]
    assert paired.post("/v1/score", comments(*["hi"] * 100)).status_code == 200


def test_attack_15_a_10_mb_comment_leaves_memory_flat(paired: Paired, live: int) -> None:
    body = padded(10 * KB * KB)
    headers = {"Host": "127.0.0.1", "Origin": CHROME, "Content-Type": "application/json", "Authorization": f"Bearer {paired.token}"}
    assert raw(live, "POST", "/v1/score", headers, body).status == 413
    before = resident()
    for _ in range(10):
        assert raw(live, "POST", "/v1/score", headers, body).status == 413
    assert resident() - before < 8 * KB * KB


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to read memory")
def test_attack_15_a_gzip_bomb_is_not_unpacked(paired: Paired) -> None:
    bomb = gzip.compress(padded(64 * KB * KB))
    before = resident()
    for encoding in ("gzip", "deflate", "br", "identity"):
        refused(paired.post("/v1/score", data=bomb, Content_Encoding=encoding), 415)
    assert resident() - before < 8 * KB * KB


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b'{"comments": [}',
        b"\xff\xfe{}",
        b'{"comments": NaN}',
        b'{"comments": Infinity}',
        b'{"comments": -Infinity}',
        b'{"comments": 1e999}',
        b'{"comments": ' + b"9" * 5000 + b"}",
        b'{"comments": [], "comments": []}',
        b'{"comments": [{"id": "a", "id": "b", "text": "hi"}]}',
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    ],
    ids=[
        "empty",
        "text",
        "cut",
        "utf16",
        "nan",
        "inf",
        "-inf",
        "huge float",
        "huge int",
        "same key",
        "same key inside",
        "33 deep",
        "open",
        "deep",
    ],
)
def test_attack_15_broken_json(paired: Paired, body: bytes) -> None:
    assert refused(paired.post("/v1/score", data=body), 400)["error"] == "json"


@pytest.mark.parametrize(
    "value", [None, 1, "x", [], {}, {"comments": []}, {"comments": [{"id": "a"}]}, {"comments": [{"id": "a", "text": 1}]}]
)
def test_attack_15_wrong_shapes_name_the_field_and_quote_nothing(paired: Paired, value: object) -> None:
    assert refused(paired.post("/v1/score", data=json.dumps(value).encode()), 422)["error"] == "schema"


def test_attack_15_unknown_keys_are_named(paired: Paired) -> None:
    problem = refused(paired.post("/v1/score", {**comments("hi"), "admin": "a secret value"}), 422)
    assert "admin" in problem["message"]
    assert "secret" not in problem["message"]


@pytest.mark.parametrize("text", ["\\ud83d", "hi \\udead there", "\\ud83d\\ud83d", "\\ude0d\\ud83d"])
def test_attack_15_half_an_emoji_is_scored(paired: Paired, store: Store, text: str) -> None:
    body = json.dumps(comments("PLACE")).replace("PLACE", text).encode()
    answer = paired.post("/v1/score", data=body)
    assert answer.status_code == 200
    assert 1 <= answer.get_json()["scores"][0]["grade"] <= 10
    sent = json.dumps(correction(text="PLACE")).replace("PLACE", text).encode()
    assert paired.post("/v1/feedback", data=sent).status_code == 200
    with store.reading() as connection:
        assert "\ufffd" in labels.listed(connection)[0].text


def test_attack_15_a_whole_emoji_stays_whole(paired: Paired, store: Store) -> None:
    assert paired.post("/v1/feedback", data=json.dumps(correction(text="need 😍")).encode()).status_code == 200
    with store.reading() as connection:
        assert labels.listed(connection)[0].text == "need 😍"


def test_slow_bodies_are_dropped_and_others_are_served(paired: Paired, live: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", live)) for _ in range(20)]
    for connection in slow:
        connection.sendall(b"POST /v1/score HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
    headers = {"Host": "127.0.0.1", "Origin": CHROME, "Content-Type": "application/json", "Authorization": f"Bearer {paired.token}"}
    started = time.monotonic()
    assert raw(live, "POST", "/v1/score", headers, json.dumps(comments("hi")).encode()).status == 200
    assert time.monotonic() - started < 2
    for connection in slow:
        connection.settimeout(10)
        assert connection.recv(1) == b""  # closed by the companion
        connection.close()


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_sound_json_is_read_as_it_is(value: object) -> None:
    assert parse(json.dumps(value).encode(), 32) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(BadJsonError):  # any other error fails the test
        parse(body, 32)


@given(st.lists(st.integers(0xD800, 0xDFFF), min_size=1, max_size=5))
def test_no_lone_surrogate_gets_through(units: list[int]) -> None:
    body = '"' + "".join(f"\\u{unit:04x}" for unit in units) + '"'
    parse(body.encode(), 32).encode("utf-8")
