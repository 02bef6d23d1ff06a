"""A running companion with a task, and Chromium in which people label."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from companion.store import Store, door_keys
from scripts.vendor import vendor
from tests.e2e.browser import driver, find_chromium
from tests.labeling.screen.scene import Annotator, log_in

Opens = Callable[..., BrowserContext]
Labels = Callable[..., Annotator]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, with the dashboard's libraries in their place."""
    vendor()
    with driver() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium: Browser, live: int) -> Iterator[Opens]:
    """Makes browsers of their own for the running companion; keyword arguments go to the context."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{live}", **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def labels(opens: Opens, store: Store) -> Labels:
    """Opens a task: as "you" with the link, or as a person with an account (`name`)."""

    def start(task_id: str = "t1", name: str = "", **options: object) -> Annotator:
        page = opens(**options).new_page()
        if name:
            log_in(page, name)
        else:
            with store.writing() as connection:
                key = door_keys.mint(connection)
            page.goto(f"/open?key={key}")
        return Annotator(page, task_id).open()

    return start


def troubles_of(page: Page) -> list[str]:
    """Errors and warnings of a page from now on; lost connections are the browser's own words."""
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return troubles
