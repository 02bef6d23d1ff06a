"""What a page costs its renderer, read through the browser's debugging protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bench.thread_time import CATEGORIES, ThreadTime, thread_time

SITE = "https://www.tiktok.com"

WATCH_SHIFTS = """window.benchShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.benchShifts.push(entry.value);
}).observe({ type: 'layout-shift', buffered: true });"""

COLLECTIONS = 3
"""Forced garbage collections before memory is read: what one frees may free more in the next."""


@dataclass(frozen=True)
class Memory:
    """Live memory of a page, MB: JavaScript values, and the document's elements with their styles and boxes."""

    values: float
    elements: float

    def __sub__(self, other: Memory) -> Memory:
        return Memory(self.values - other.values, self.elements - other.elements)


class Meter:
    """Reads one new page of `context`; `timed` traces its main thread from now on."""

    def __init__(self, context: BrowserContext, *, timed: bool = False) -> None:
        assert context.browser is not None
        self._browser = context.browser
        self._timed = timed
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH_SHIFTS)
        self._session = context.new_cdp_session(self.page)
        self._worlds: dict[str, int] = {}
        self._session.on("Runtime.executionContextCreated", self._note_world)
        self._session.send("Runtime.enable")
        if timed:
            self._browser.start_tracing(page=self.page, categories=list(CATEGORIES))

    def time(self) -> ThreadTime:
        """The main thread's processor time since the page was opened; ends the trace. Zero where it is not timed."""
        return thread_time(self._browser.stop_tracing(), SITE) if self._timed else ThreadTime(0, 0, 0, 0)

    def memory(self) -> Memory:
        """What is live after forced garbage collection."""
        for _ in range(COLLECTIONS):
            self._session.send("HeapProfiler.collectGarbage")
        told = self._session.send("Runtime.getHeapUsage")
        return Memory((told["usedSize"] + told["backingStorageSize"]) / 1e6, told["embedderHeapUsedSize"] / 1e6)

    def shift(self) -> float:
        """Cumulative layout shift: the sum of every entry since the page began, dimensionless."""
        return float(self.page.evaluate("window.benchShifts.reduce((sum, value) => sum + value, 0)"))

    def in_extension(self, expression: str) -> Any:
        """The JSON value of `expression` in the extension's own world of this page; RuntimeError where it is not loaded."""
        found = [world for origin, world in self._worlds.items() if origin.startswith("chrome-extension://")]
        if not found:
            raise RuntimeError(f"the extension does not run on {self.page.url}")
        asked = {"contextId": found[-1], "expression": expression, "returnByValue": True}
        return self._session.send("Runtime.evaluate", asked)["result"]["value"]

    def _note_world(self, event: dict[str, Any]) -> None:
        world = event["context"]
        if world["auxData"].get("type") == "isolated":
            self._worlds[world["origin"]] = world["id"]
