"""A browser of a colleague on another computer, and one that keeps no rule."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPResponse, HTTPSConnection
from urllib.parse import urlencode

from companion.lan.serving import Opening
from tests.labeling.accounts import PASSWORD

IP = "127.0.0.1"


@dataclass
class Colleague:
    """A browser on another computer, with cookies of its own."""

    opening: Opening
    cookies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def line(self) -> HTTPSConnection:
        """Kept between requests, as browsers do; the certificate is checked against the one that was made."""
        trust = ssl.create_default_context(cafile=str(self.opening.certificate.certificate))
        return HTTPSConnection(IP, self.opening.address.port, context=trust, timeout=20)

    @property
    def origin(self) -> str:
        return f"https://{IP}:{self.opening.address.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, str]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        if method == "POST" and "Origin" not in sent:
            sent["Origin"] = self.origin
        self.line.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = self.line.getresponse()
        text = answer.read().decode()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer, text

    def get(self, path: str, **headers: str) -> int:
        return self.ask("GET", path, **headers)[0].status

    def form(self, path: str, **fields: str) -> HTTPResponse:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", "/label/login")[1])
        assert found
        body = urlencode({"csrf_token": found[1], **fields}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})[0]

    def log_in(self, name: str, password: str = PASSWORD) -> int:
        return self.form("/label/login", name=name, password=password, next="/label/mine").status


def raw(opening: Opening, request: bytes, wait: float = 5) -> bytes:
    """Bytes over TLS, as no browser would send them."""
    context = ssl._create_unverified_context()  # noqa: S323
    with socket.create_connection((IP, opening.address.port), timeout=wait) as plain, context.wrap_socket(plain) as tls:
        tls.sendall(request)
        answer = b""
        with contextlib.suppress(OSError):
            while piece := tls.recv(65536):
                answer += piece
        return answer
