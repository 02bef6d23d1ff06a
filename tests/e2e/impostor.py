"""Another program on the companion's port: it answers as told and keeps everything that it was sent."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Manner = Literal["squat", "hang", "html", "error", "redirect"]

HEALTH = {"name": "BuySignal", "version": "0.1.0", "api_version": 1}
# What a program would answer that has read our documentation but not our key.
ANSWERS = {
    "/v1/hello": {"proof": "0" * 64, "version": "0.1.0", "api_version": 1, "model": "intent"},
    "/v1/score": {"model": "intent", "scores": []},
}
HANG_SECONDS = 60.0
REDIRECT = "https://www.tiktok.com/"


@dataclass(frozen=True)
class Sent:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Impostor:
    """What it does now (`manner`), and what it got so far."""

    manner: Manner
    port: int = 0
    log: list[Sent] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    connections: list[socket.socket] = field(default_factory=list)


@contextmanager
def impostor(port: int, manner: Manner = "squat") -> Iterator[Impostor]:
    """Take ``port`` on 127.0.0.1 (0: any free one) until the end."""
    state = Impostor(manner)
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (_Handler,), {"state": state}))
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, name="impostor", daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
        for connection in state.connections:  # a browser opens some ahead and would send its next request on them
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    state: Impostor

    def setup(self) -> None:
        self.state.connections.append(self.request)
        super().setup()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        self.state.log.append(Sent(self.command, self.path, dict(self.headers.items()), body))
        match self.state.manner:
            case "squat":
                known = HEALTH if self.path == "/v1/health" else ANSWERS.get(self.path, {})
                self._send(200, "application/json", json.dumps(known))
            case "hang":
                self.state.closing.wait(HANG_SECONDS)
                self.close_connection = True
            case "html":
                self._send(200, "text/html; charset=utf-8", "<!doctype html><title>A router</title><h1>Please sign in</h1>")
            case "error":
                self._send(500, "application/json", json.dumps({"error": "fault", "message": "It broke."}))
            case "redirect":
                self._send(302, "text/plain", "", Location=REDIRECT)

    def _send(self, status: int, kind: str, text: str, **headers: str) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing; the log is the test's."""
