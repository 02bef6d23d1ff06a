"""The whole product in one browser, for the tests of a module: replica, companion, paired extension."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser import browser, open_video
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import EXTENSION, Companion, companion, extension_page, pair
from tests.replica import Layout, Replica, Settings, Video

REBOUND = ("rebind.example", "127.0.0.1")  # a name of somebody else's that has come to mean this machine
MESSAGES = EXTENSION / "_locales" / "en" / "messages.json"


@dataclass(frozen=True)
class Product:
    """Everything that runs."""

    replica: Replica
    companion: Companion
    context: BrowserContext

    def open(self, page: Page, video: Video, layout: Layout = "g2", **settings: Any) -> ShadowReader:
        """Serve ``video``, open it in ``layout`` and return a reader of the page's closed roots."""
        if video.id not in self.replica.state.videos:
            self.replica.add(video)
        self.replica.configure(**settings)
        open_video(page, self.replica, video, layout)
        return ShadowReader(page)


@contextmanager
def product(folder: Path) -> Iterator[Product]:
    """Start all of it and pair; ``folder`` holds the companion's workspace."""
    with Replica() as replica, companion(folder / "workspace") as running, browser(EXTENSION, replica, extra_hosts=[REBOUND]) as context:
        pair(context, running)
        yield Product(replica, running, context)


@contextmanager
def fresh_tab(running: Product) -> Iterator[Page]:
    """A tab on the replica with its first settings; a script error on the page fails the test."""
    running.replica.state.settings = Settings()
    page = running.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def says(key: str, *values: object) -> str:
    """A sentence of the extension's user interface."""
    text: str = json.loads(MESSAGES.read_text(encoding="utf-8"))[key]["message"]
    for place, value in enumerate(values, 1):
        text = text.replace(f"${place}", str(value))
    return text


def look_again(context: BrowserContext, state: str) -> None:
    """Open the options page, which looks for the companion at once, and wait until it shows ``state``."""
    page = extension_page(context, "options")
    expect(page.locator("#state")).to_have_text(says(f"state_{state}"), timeout=60_000)
    page.close()


def set_running(context: BrowserContext, on: bool) -> None:
    """Pause or go on by the popup's switch."""
    page = extension_page(context, "popup")
    switch = page.locator("#running")
    expect(switch).to_be_enabled()
    switch.set_checked(on, force=True)
    expect(page.locator("#state")).to_have_text(says("state_ready" if on else "state_paused"))
    page.close()


def refusals(context: BrowserContext) -> dict[str, int]:
    """Messages that the worker dropped since its start, by reason, as the diagnostics tell."""
    page = extension_page(context, "options")
    page.locator("#diagnose").click()
    expect(page.locator("#diagnostics")).to_be_visible()
    line = page.locator("#diagnostics").inner_text().split("refused since the worker started: ")[1].splitlines()[0]
    page.close()
    return {reason: int(count) for reason, count in (part.rsplit(" ", 1) for part in line.split(", "))}
