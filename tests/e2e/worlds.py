"""The content script's own world and the service worker, reached as an attacker inside them would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Frame, Page

from tests.e2e.browser import service_worker

SEND = """new Promise((done) => {
  try {
    %s.sendMessage(JSON.parse(%s), (reply) => done({ reply: reply ?? null, error: chrome.runtime.lastError?.message ?? '' }));
  } catch (error) {
    done({ reply: null, error: String(error) });
  }
})"""

READ_SECRETS = """() => new Promise((done, failed) => {
  const opening = indexedDB.open('buysignal');
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('secrets').objectStore('secrets').get('pairing');
    reading.onsuccess = () => { opening.result.close(); done(reading.result); };
  };
})"""


@dataclass(frozen=True)
class ContentWorld:
    """The isolated world in which the extension's content script runs on one page."""

    session: CDPSession
    context_id: int

    def evaluate(self, expression: str) -> Any:
        """Value of a JavaScript expression (a promise is awaited); RuntimeError with what it threw."""
        answer = self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self.context_id, "awaitPromise": True, "returnByValue": True},
        )
        if details := answer.get("exceptionDetails"):
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def send(self, message: str, runtime: str = "chrome.runtime") -> dict[str, Any]:
        """Send JSON text as a runtime message; gives ``reply`` (None: dropped) and ``error``."""
        reply: dict[str, Any] = self.evaluate(SEND % (runtime, json.dumps(message)))
        return reply


def extension_worlds(page: Page, frame: Frame | None = None) -> list[ContentWorld]:
    """Every world of an extension in the page's own process, or in that of a ``frame`` from another site."""
    session = page.context.new_cdp_session(frame or page)
    found: list[dict[str, Any]] = []
    session.on("Runtime.executionContextCreated", lambda event: found.append(event["context"]))
    session.send("Runtime.enable")
    page.wait_for_timeout(100)
    return [ContentWorld(session, one["id"]) for one in found if one["origin"].startswith("chrome-extension://")]


def content_world(page: Page) -> ContentWorld:
    """The content script's world of a page on which it runs."""
    (world,) = extension_worlds(page)
    return world


def secrets(context: BrowserContext) -> dict[str, str]:
    """What pairing stored, read inside the service worker, the only place that can."""
    found: dict[str, str] = service_worker(context).evaluate(READ_SECRETS)
    return found


def stop_workers(page: Page) -> None:
    """Stop every service worker of the browser, as it does by itself when they idle or run too long."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()
