"""A relay between extension and companion: passes everything on, keeps what was asked, can hold scores back."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 60.0


@dataclass
class Relay:
    """`scores` holds the body of every `/v1/score` request, oldest first; `held` counts those kept waiting; `paths` is what was asked."""

    port: int
    target: int
    scores: list[dict[str, Any]] = field(default_factory=list)
    held: int = 0
    paths: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        """Keep scores waiting until `release`."""
        self.held = 0
        self.open.clear()

    def release(self) -> None:
        """Let them go on."""
        self.open.set()

    def asked(self, text: str) -> list[dict[str, Any]]:
        """Requests that asked for the comment ``text``."""
        return [body for body in self.scores if any(comment["text"] == text for comment in body["comments"])]


@contextmanager
def relay(target: int) -> Iterator[Relay]:
    """A relay on a free port of 127.0.0.1 to the companion on ``target``."""
    state = Relay(0, target)
    state.release()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"state": state}))
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, name="relay", daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.release()
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    state: Relay

    def do_GET(self) -> None:
        self._pass(b"")

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.state.paths.append(self.path)
        if self.path == "/v1/score":
            self.state.scores.append(json.loads(content))
            if not self.state.open.is_set():
                self.state.held += 1
                self.state.open.wait(PATIENCE_SECONDS)
        self._pass(content)

    def _pass(self, content: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.state.target, timeout=PATIENCE_SECONDS)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}
        connection.request(self.command, self.path, content or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        try:
            self.send_response(answer.status)
            for name in ("Content-Type", "Retry-After"):
                if value := answer.getheader(name):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # who asked is gone

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing; `scores` is the log."""
