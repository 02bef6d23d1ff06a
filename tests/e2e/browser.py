"""Chromium for the browser tests: the replica stands for TikTok, an unpacked extension may be loaded.

The browser reaches the replica and loopback and nothing else: every other name fails to resolve.
The product's shadow roots are closed; ``tests.e2e.shadow`` reads and clicks inside them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, Worker, expect, sync_playwright

from tests.replica import Layout, Replica, Video

CHROMIUM_VARIABLE = "BUYSIGNAL_CHROMIUM"
DEBIAN_CHROMIUM = "/usr/bin/chromium"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-for-testing")
VIEWPORT_WIDTH, VIEWPORT_HEIGHT = 1440, 900
WORKER_TIMEOUT_MS = 20_000

# A busy machine draws few frames a second; an assertion that holds returns at once anyway.
EXPECT_TIMEOUT_MS = 15_000
expect.set_options(timeout=EXPECT_TIMEOUT_MS)

# No call home, no first-run page, and a hidden or covered window must keep its timers.
QUIET_SWITCHES = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
)

# The running driver, once for every user of it.
_drivers: list[Playwright] = []


class ChromiumNotFoundError(RuntimeError):
    """No Chromium on this machine."""


def find_chromium() -> Path:
    """Return Chromium's path: the variable, Debian's place, then PATH. Raises ChromiumNotFoundError."""
    wanted = os.environ.get(CHROMIUM_VARIABLE)
    if wanted:
        if not Path(wanted).is_file():
            raise ChromiumNotFoundError(f"{CHROMIUM_VARIABLE}={wanted} is not a file; set it to a Chromium program")
        return Path(wanted)
    found = [DEBIAN_CHROMIUM, *(shutil.which(name) or "" for name in CHROMIUM_NAMES)]
    for path in found:
        if path and Path(path).is_file():
            return Path(path)
    raise ChromiumNotFoundError(f"no Chromium at {DEBIAN_CHROMIUM} nor on PATH; install Debian's chromium or set {CHROMIUM_VARIABLE}")


@contextmanager
def browser(
    extension_dir: Path | None,
    replica: Replica,
    *,
    dark: bool = False,
    headless: bool = True,
    fixed_size: bool = True,
    extra_args: Sequence[str] = (),
    extra_hosts: Iterable[tuple[str, str]] = (),
    profile: Path | None = None,
) -> Iterator[BrowserContext]:
    """Yield a fresh persistent context in which www.tiktok.com is ``replica``.

    ``dark`` sets the system's colour scheme and the replica's theme. Pages have one ``fixed_size``, or follow
    their window, as a person expects of one. ``extra_hosts`` adds resolver rules
    (host, address). ``profile`` keeps the user data (a restart with the same pairing); else it is temporary.
    """
    if dark:
        replica.configure(theme="dark")
    arguments = [*QUIET_SWITCHES, *replica.chromium_arguments(extra_hosts), *extra_args]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    if extension_dir is not None:
        folder = extension_dir.resolve(strict=True)
        arguments += [f"--disable-extensions-except={folder}", f"--load-extension={folder}"]
    with (
        tempfile.TemporaryDirectory(prefix="replica-profile-", ignore_cleanup_errors=True) as temporary,
        driver() as playwright,
    ):
        context = playwright.chromium.launch_persistent_context(
            str(profile or temporary),
            executable_path=str(find_chromium()),
            headless=headless,
            args=arguments,
            ignore_default_args=["--disable-extensions"] if extension_dir else None,
            color_scheme="dark" if dark else "light",
            viewport={"width": VIEWPORT_WIDTH, "height": VIEWPORT_HEIGHT} if fixed_size else None,
            no_viewport=not fixed_size,
            locale="en-US",
        )
        try:
            yield context
        finally:
            context.close()


@contextmanager
def driver() -> Iterator[Playwright]:
    """Yield this process's Playwright driver, shared by nested users: a thread may run only one."""
    if not _drivers:
        _drivers.append(sync_playwright().start())
    else:
        _drivers.append(_drivers[0])
    try:
        yield _drivers[0]
    finally:
        running = _drivers.pop()
        if not _drivers:
            running.stop()


def service_worker(context: BrowserContext) -> Worker:
    """Return the extension's service worker, waiting for it to start."""
    workers = [worker for worker in context.service_workers if worker.url.startswith("chrome-extension://")]
    return workers[0] if workers else context.wait_for_event("serviceworker", timeout=WORKER_TIMEOUT_MS)


def extension_id(context: BrowserContext) -> str:
    """Return the loaded extension's id, read from its service worker's address."""
    return urlsplit(service_worker(context).url).netloc


def open_video(page: Page, replica: Replica, video: Video, layout: Layout | None = None) -> None:
    """Open a video by its address, in ``layout`` if given, and wait for its first comment."""
    if layout is not None:
        replica.configure(layout=layout)
    page.goto(replica.url(video.path))
    wait_for_comments(page)


def wait_for_comments(page: Page, at_least: int = 1) -> None:
    """Wait until the open panel shows ``at_least`` top-level comments."""
    rows = page.locator('[data-e2e="comment-level-1"]')
    expect(rows.nth(at_least - 1)).to_be_attached()
