"""Addresses and host names by which attackers try to get past the door."""

from __future__ import annotations

import re

from companion.lan.serving import Opening
from tests.labeling.lan.colleague import IP, Colleague, raw

PATH_TRICKS = [
    "/label/../v1/health",
    "/label/..%2fv1/health",
    "/label/%2e%2e/v1/health",
    "/label/%252e%252e/v1/health",
    "/label//../settings",
    "/label\\..\\settings",
    "/label/%5c..%5csettings",
    "/Label",
    "/labels",
    "/label%00/../v1/health",
    "/label;/../settings",
    "/./v1/health",
    "//v1/health",
    "/v1/health",
    "/V1/health",
    "/%76%31/health",
    "/assets/../settings",
    "/assets/%2e%2e/%2e%2e/config.py",
    "/assets/..%2f..%2fconfig.py",
    "/collect/assets/collect.css",
    "/label/assets/../access.py",
    "/label/assets/%2e%2e/access.py",
    "/settings?/label",
    "/settings#/label",
    "/label/%0d%0aSet-Cookie:x=1",
]


def test_path_tricks_lead_nowhere(opening: Opening, mia: Colleague) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in mia.cookies.items())
    host = f"{IP}:{opening.address.port}"
    for path in PATH_TRICKS:
        answer = raw(opening, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
        assert re.match(rb"HTTP/1\.1 (400|404) ", answer), (path, answer[:200])
        assert b"Set-Cookie:x" not in answer


def test_a_whole_address_in_the_request_line_leads_to_the_same_pages_only(opening: Opening, mia: Colleague) -> None:
    host = f"{IP}:{opening.address.port}"
    for target in (f"http://{host}/v1/health", "http://127.0.0.1:8765/v1/health", "https://evil.example/settings"):
        answer = raw(opening, f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 404 "), target


HOST_TRICKS = [
    "rebind.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost:{port}",
    "127.0.0.1.evil.example:{port}",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}.evil.example",
    "127.0.0.1:{port}, evil.example",
    "",
    " ",
]


def test_names_that_only_tricks_lead_here_are_refused(opening: Opening) -> None:
    for host in HOST_TRICKS:
        named = host.format(port=opening.address.port)
        answer = raw(opening, f"GET /label/login HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400 "), (host, answer[:100])


def test_two_hosts_or_none_are_refused(opening: Opening) -> None:
    own = f"Host: {IP}:{opening.address.port}\r\n"
    for hosts in ("", own + "Host: evil.example\r\n", own + f"Host: {IP}:{opening.address.port}\r\n"):
        answer = raw(opening, f"GET /label/login HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400 "), hosts


def test_names_that_the_owner_gave_lead_here(opening: Opening) -> None:
    host = f"Labels.Example.lan:{opening.address.port}"
    answer = raw(opening, f"GET /label/login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_headers_of_proxies_change_nothing(mia: Colleague) -> None:
    """They would choose the address that tries are counted for, or the host that links lead to."""
    forged = {"X-Forwarded-For": "10.0.0.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Buysignal.Lan": ""}
    assert mia.get("/v1/health", **forged) == 404
    answer, text = mia.ask("GET", "/label/mine", **forged)
    assert answer.status == 200
    assert "evil.example" not in text
