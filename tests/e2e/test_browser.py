"""The harness: an unpacked extension runs on the replica, and the page counts as a public site."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.browser import ChromiumNotFoundError, browser, extension_id, find_chromium, open_video, service_worker
from tests.e2e.shadow import ShadowReader
from tests.replica import Replica

pytestmark = pytest.mark.browser

CONTENT_SCRIPT = """
const host = document.createElement('probe-host');
host.attachShadow({mode: 'closed'}).innerHTML = '<b>probe</b>';
document.body.append(host);
"""


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("probe-extension")
    manifest = {
        "manifest_version": 3,
        "name": "Probe",
        "version": "1",
        "background": {"service_worker": "worker.js"},
        "host_permissions": ["https://www.tiktok.com/*", "http://127.0.0.1/*"],
        "content_scripts": [{"matches": ["https://www.tiktok.com/*"], "js": ["content.js"]}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "worker.js").write_text("")
    (folder / "content.js").write_text(CONTENT_SCRIPT)
    return folder


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture(scope="module")
def context(extension: Path, replica: Replica) -> Iterator[BrowserContext]:
    with browser(extension, replica, dark=True) as opened:
        yield opened


class LoopbackServer(ThreadingHTTPServer):
    """Counts who reaches loopback."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        paths = self.paths

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                paths.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def loopback() -> Iterator[LoopbackServer]:
    server = LoopbackServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_extension_is_loaded_and_its_worker_is_found(context: BrowserContext) -> None:
    assert len(extension_id(context)) == 32
    assert service_worker(context).url == f"chrome-extension://{extension_id(context)}/worker.js"


def test_its_content_script_runs_on_the_replica_and_its_closed_root_can_be_read(context: BrowserContext, replica: Replica) -> None:
    page = context.new_page()
    open_video(page, replica, replica.videos["cat-fountain"], "g4")
    assert ShadowReader(page).one("b", host="probe-host").text == "probe"
    assert page.locator("probe-host b").count() == 0
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.close()


def test_it_stays_out_of_other_tiktok_hosts(context: BrowserContext, replica: Replica) -> None:
    page = context.new_page()
    page.goto(replica.url("/foryou", "ads.tiktok.com"))
    expect(page.locator('[data-e2e="comment-icon"]').first).to_be_visible()
    assert page.locator("probe-host").count() == 0
    page.close()


def test_the_worker_reaches_loopback_and_the_page_does_not(context: BrowserContext, replica: Replica, loopback: LoopbackServer) -> None:
    address = f"http://127.0.0.1:{loopback.server_port}"
    page = context.new_page()
    page.goto(replica.url("/foryou"))
    ask = "address => fetch(address, {mode: 'no-cors'}).then(() => 'reached', error => error.message)"
    assert page.evaluate(ask, f"{address}/page") == "Failed to fetch"
    assert service_worker(context).evaluate(ask, f"{address}/worker") == "reached"
    assert loopback.paths == ["/worker"]
    page.close()


def test_a_wrong_chromium_path_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUYSIGNAL_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(ChromiumNotFoundError, match="BUYSIGNAL_CHROMIUM=/nowhere/chromium is not a file"):
        find_chromium()
