"""Connections that want too much, too slowly or in the clear."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest
from flask import Flask

from companion.config import Config
from companion.lan.address import LanAddress
from companion.lan.serving import LanOptions, LanServer, Opening, prepare
from companion.store import Store
from tests.labeling.accounts import make
from tests.labeling.lan.colleague import IP, Colleague


def test_too_large_a_body_is_refused(opening: Opening, mia: Colleague) -> None:
    for path, size in (("/label/login", 20_000), ("/label/api/time", 300_000), ("/label/mine/pause", 1_200_000)):
        sender = Colleague(opening, dict(mia.cookies))
        with contextlib.suppress(OSError):  # waitress may hang up before it has read all of it
            assert sender.ask("POST", path, b"x" * size, **{"Content-Type": "application/json"})[0].status in (403, 413), path
    assert mia.get("/label/mine") == 200


def test_half_open_connections_stop_nobody_else(opening: Opening, mia: Colleague) -> None:
    """A port scan, or a laptop that went to sleep in its handshake: where TLS is made in one thread, this stops everybody."""
    silent = [socket.create_connection((IP, opening.address.port)) for _ in range(10)]
    begin = time.monotonic()
    assert Colleague(opening, dict(mia.cookies)).get("/label/mine") == 200
    assert time.monotonic() - begin < 5  # a handshake may take ten seconds; these ten would take a hundred
    for connection in silent:
        connection.close()


def test_one_computer_gets_no_more_than_its_share_of_connections(opening: Opening, mia: Colleague) -> None:
    opened = [socket.create_connection((IP, opening.address.port)) for _ in range(30)]
    time.sleep(0.3)
    closed = 0
    for connection in opened:
        connection.settimeout(0.2)
        try:
            closed += connection.recv(1) == b""
        except TimeoutError:
            pass
        except OSError:
            closed += 1
    assert closed >= 6
    for connection in opened:
        connection.close()
    time.sleep(0.3)
    assert Colleague(opening, dict(mia.cookies)).get("/label/mine") == 200


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_plain_http_and_old_tls_get_nothing(opening: Opening) -> None:
    with socket.create_connection((IP, opening.address.port), timeout=5) as plain:
        plain.sendall(b"GET /label/login HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(OSError):
            assert b"HTTP" not in plain.recv(1000)
    old = ssl._create_unverified_context()  # noqa: S323
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(OSError), socket.create_connection((IP, opening.address.port), timeout=5) as plain:  # noqa: PT011
        old.wrap_socket(plain)


def test_the_port_behind_the_tls_answers_to_the_front_only(app: Flask, store: Store) -> None:
    make(store, "Mia")
    made = prepare(store, LanOptions(LanAddress(IP, 0)))
    server: LanServer = made.serve(app, Config(workspace=store.workspace.root))
    server.start()
    try:
        connection = HTTPConnection(IP, server._inner.getsockname()[1], timeout=5)
        connection.request("GET", "/label/login", headers={"Host": f"{IP}:{made.address.port}"})
        assert connection.getresponse().status == 403
        connection.close()
        assert Colleague(made).get("/label/login") == 200
    finally:
        server.close()


def test_a_slow_body_is_dropped_and_others_are_served(opening: Opening, mia: Colleague) -> None:
    context = ssl._create_unverified_context()  # noqa: S323
    host = f"{IP}:{opening.address.port}"
    with socket.create_connection((IP, opening.address.port), timeout=15) as plain, context.wrap_socket(plain) as tls:
        tls.sendall(f"POST /label/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\nx".encode())
        assert mia.get("/label/mine") == 200
        assert tls.recv(100) == b""  # dropped after the idle time


def test_many_colleagues_are_served_at_once(mia: Colleague) -> None:
    def look(_number: int) -> int:
        return Colleague(mia.opening, dict(mia.cookies)).get("/label/mine")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(look, range(24))) == {200}
