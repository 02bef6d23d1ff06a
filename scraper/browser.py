"""The browser: Chromium with a profile that only the user reads, one window, one page at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from scraper.config import Settings

CHROMIUM_VARIABLE = "BUYSIGNAL_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

# A window behind another one must go on loading; nothing here hides what the browser is.
_SWITCHES = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
)
_REPLICA_HOSTS = ("www.tiktok.com", "ads.tiktok.com", "seller.tiktok.com")


class BrowserMissingError(RuntimeError):
    """No browser to work with; the message says what to do."""


def chromium_path(bundled: str) -> str:
    """The browser program: the variable's, the system's, or the one that Playwright installed.

    Raises:
        BrowserMissingError: there is none.
    """
    wanted = os.environ.get(CHROMIUM_VARIABLE)
    if wanted and not Path(wanted).is_file():
        raise BrowserMissingError(f"{CHROMIUM_VARIABLE}={wanted} is no file; set it to the Chromium or Chrome program")
    found = [wanted, *(shutil.which(name) for name in _NAMES), _MAC, bundled]
    for path in found:
        if path and Path(path).is_file():
            return path
    raise BrowserMissingError(
        f"no Chromium or Chrome was found; install one, run `playwright install chromium`, or set {CHROMIUM_VARIABLE} to its program"
    )


@asynccontextmanager
async def open_browser(profile: Path, settings: Settings) -> AsyncIterator[BrowserContext]:
    """A persistent context on the profile folder (made with mode 0700), closed after the body.

    Raises:
        BrowserMissingError: no browser, or no display for its window.
    """
    profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    profile.chmod(0o700)
    async with async_playwright() as playwright:
        try:
            context = await playwright.chromium.launch_persistent_context(
                profile,
                executable_path=chromium_path(playwright.chromium.executable_path),
                headless=settings.headless,
                chromium_sandbox=os.geteuid() != 0,  # Chromium's sandbox does not start for root
                viewport={"width": 1280, "height": 900} if settings.headless else None,
                no_viewport=None if settings.headless else True,
                ignore_https_errors=bool(settings.replica),
                service_workers="block" if settings.replica else "allow",
                args=[*_SWITCHES, *_replica_switches(settings.replica)],
            )
        except Error as error:
            raise BrowserMissingError(_reason(error, settings)) from error
        try:
            yield context
        finally:
            await context.close()


async def fresh_page(context: BrowserContext) -> Page:
    """A new page in the window, the others closed: a page that lives long eats memory."""
    page = await context.new_page()
    for other in context.pages:
        if other is not page:
            await other.close()
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})  # lists stop rendering in a covered window
    return page


def _replica_switches(replica: str) -> list[str]:
    """Make the browser take a server of this machine for TikTok, and reach nothing else."""
    if not replica:
        return []
    rules = [*(f"MAP {host}:443 {replica}" for host in _REPLICA_HOSTS), "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"]
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
    return [f"--host-resolver-rules={','.join(rules)}", "--ignore-certificate-errors", *quiet]


def _reason(error: Error, settings: Settings) -> str:
    if not settings.headless and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and os.name == "posix":
        return "there is no display to open the browser window on; start this from your desktop, or use --headless"
    if "ProcessSingleton" in error.message or "already in use" in error.message:
        return "the browser profile is in use by another window; close it and start again"
    return f"the browser did not start ({error.message.splitlines()[0]})"
