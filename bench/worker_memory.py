"""Memory of the extension's service worker, which the driver gives no direct way to ask."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext

from tests.e2e.browser import service_worker

POLL_MS = 50
PATIENCE_MS = 10_000


class WorkerMemory:
    """Reads the worker through the browser's own debugging session, which passes messages on to it.

    While this is attached the browser does not stop the idle worker, so nothing it keeps is missed.
    """

    def __init__(self, context: BrowserContext) -> None:
        address = service_worker(context).url
        assert context.browser is not None
        self._page = context.new_page()  # waiting needs a page
        self._session = context.browser.new_browser_cdp_session()
        self._answers: dict[int, dict[str, Any]] = {}
        self._numbers = count(1)
        self._session.on("Target.receivedMessageFromTarget", self._note)
        targets = self._session.send("Target.getTargets")["targetInfos"]
        worker = next(one["targetId"] for one in targets if one["url"] == address)
        self._id = self._session.send("Target.attachToTarget", {"targetId": worker, "flatten": False})["sessionId"]

    def mb(self) -> float:
        """Live memory after forced garbage collection, MB."""
        self._ask("HeapProfiler.collectGarbage")
        told = self._ask("Runtime.getHeapUsage")
        return float(told["usedSize"] + told["backingStorageSize"] + told["embedderHeapUsedSize"]) / 1e6

    def _ask(self, method: str) -> dict[str, Any]:
        number = next(self._numbers)
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": json.dumps({"id": number, "method": method})})
        for _ in range(PATIENCE_MS // POLL_MS):
            if number in self._answers:
                return self._answers.pop(number)
            self._page.wait_for_timeout(POLL_MS)
        raise TimeoutError(f"the extension's worker did not answer {method} within {PATIENCE_MS} ms")

    def _note(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message["result"]
