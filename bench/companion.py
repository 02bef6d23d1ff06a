"""A real companion in a child process, and a client that talks to it as the extension does."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from companion.security import tokens
from companion.store import clock, open_store
from companion.store.clients import Client, add

ORIGIN = "chrome-extension://bench"


@dataclass
class Companion:
    """A running companion: its port, process, seconds to readiness and a paired client's token."""

    port: int
    process: psutil.Process
    ready_after: float
    token: str

    def post(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        """One request on a fresh connection, as the browser's first is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", "Origin": ORIGIN}
        connection.request("POST", path, json.dumps(message), headers)
        answer = connection.getresponse()
        body: dict[str, Any] = json.loads(answer.read())
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {body}")
        return body

    def memory_mb(self) -> float:
        """Resident memory of the companion, MB."""
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def companion(workspace: Path) -> Iterator[Companion]:
    """Start `buysignal serve` on a free port; stopped at the end."""
    token = tokens.mint()
    with open_store(workspace).writing() as connection:
        client = Client("bench", "bench", ORIGIN, tokens.digest(token), tokens.proof_key(token), ("score", "teach"), clock.now_ms())
        add(connection, client)
    command = [sys.executable, "-m", "companion", "serve", "--no-browser", "--port", "0", "--workspace", str(workspace)]
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        line = child.stdout.readline()
        ready = time.perf_counter() - started
        yield Companion(int(line.rsplit(":", 1)[1]), psutil.Process(child.pid), ready, token)
    finally:
        child.terminate()
        child.wait(20)
