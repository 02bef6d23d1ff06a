"""The whole product as a user runs it: a companion process with a workspace, the built extension, the replica."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser import extension_id

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension" / ".output" / "chrome-mv3"
READY = re.compile(r"^BuySignal companion ready at http://127\.0\.0\.1:(\d+)$")

# A busy machine takes its time; what holds returns at once anyway.
PATIENCE = 60.0


@dataclass
class Companion:
    """A companion process on a free port; `stop` and `start` keep port and workspace."""

    workspace: Path
    port: int = 0
    link: str = ""
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """What it wrote to its error stream, over all its starts."""
        return self.workspace.with_suffix(".log")

    def start(self) -> None:
        """Run `buysignal serve` until it says that it is ready."""
        command = [sys.executable, "-m", "companion", "serve", "--no-browser", "--port", str(self.port), "--workspace", str(self.workspace)]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        ready = READY.match(self.process.stdout.readline().strip())
        assert ready, "the companion did not say that it is ready"
        self.port = int(ready[1])
        self.link = self.process.stdout.readline().strip().rsplit(" ", 1)[1]

    def stop(self) -> None:
        """End the process as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.workspace / "buysignal.db"


@contextmanager
def companion(workspace: Path) -> Iterator[Companion]:
    """A running companion, stopped at the end."""
    made = Companion(workspace)
    made.start()
    try:
        yield made
    finally:
        made.stop()


def extension_page(context: BrowserContext, name: str) -> Page:
    """Open one of the extension's own pages, such as "options"."""
    page = context.new_page()
    page.goto(f"chrome-extension://{extension_id(context)}/{name}.html")
    return page


def set_port(context: BrowserContext, port: int) -> None:
    """Choose the companion's port on the options page."""
    page = extension_page(context, "options")
    page.locator("#port").fill(str(port))
    page.locator("#port-form button[type=submit]").click()
    expect(page.locator("#port-message")).to_be_visible()
    page.close()


def pairing_code(context: BrowserContext, running: Companion) -> str:
    """Come in by the one-time link, press the button and read the code."""
    page = context.new_page()
    page.goto(running.link)
    page.get_by_role("button", name="Show pairing code").click()
    code = page.locator(".code").inner_text()
    page.close()
    return code


def pair(context: BrowserContext, running: Companion) -> None:
    """Pair the extension through its own onboarding page."""
    set_port(context, running.port)
    code = pairing_code(context, running)
    page = extension_page(context, "onboarding")
    page.locator("#pairing input[name=code]").fill(code)
    page.locator("#pairing button[type=submit]").click()
    expect(page.locator("#paired")).to_be_visible(timeout=15_000)
    page.close()


def allow_capture(context: BrowserContext, running: Companion, *, allowed: bool) -> None:
    """Let the paired browser keep comments, or end that, on the companion's Settings page."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{running.port}/settings")
    if allowed:
        page.get_by_text("Keep comments…").click()
        page.get_by_role("button", name="to keep comments").click()
    else:
        page.get_by_role("button", name="Stop keeping").click()
    expect(page.get_by_text("May keep comments that you see on TikTok.")).to_have_count(int(allowed))
    page.close()


def switch_capture(context: BrowserContext, sentence: str, *, on: bool) -> None:
    """Use the switch on the extension's options page, and wait until it says ``sentence``."""
    page = extension_page(context, "options")
    expect(page.locator("#capture-state")).not_to_be_empty()
    page.locator("#capture").set_checked(on, force=True)
    expect(page.locator("#capture-state")).to_have_text(sentence)
    page.close()


def wait_until(page: Page, holds: object, seconds: float = PATIENCE, what: str = "the state") -> None:
    """Poll a callable until it is true; AssertionError names what did not come."""
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, f"{what} did not come within {seconds} s"
        page.wait_for_timeout(100)
