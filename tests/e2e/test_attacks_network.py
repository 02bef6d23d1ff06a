"""Who reaches the companion and where the extension works: a rebound name, other hosts, frames, the page itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel
from tests.e2e.badges import expected, right
from tests.e2e.browser import wait_for_comments
from tests.e2e.impostor import impostor
from tests.e2e.product import REBOUND, Product
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread
from tests.e2e.worlds import extension_worlds

pytestmark = pytest.mark.browser

TEXTS = ("where can I buy this lamp", "my cat would knock it over")

# Longer than the extension's slow look at a page and its batches together.
WHILE_MS = 2_500

ASK = """async ({ path, token }) => {
  const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const comments = [{ id: '1', text: 'stolen by a rebound name' }];
  const posted = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ comments }) });
  return { status: posted.status, said: await posted.json() };
}"""

# `no-cors` needs no permission: without the browser's own check these requests would go out.
REACH = """async (origin) => {
  const tries = {
    read: () => fetch(`${origin}/v1/health`),
    blind: () => fetch(`${origin}/v1/health`, { mode: 'no-cors' }),
    post: () => fetch(`${origin}/v1/score`, { method: 'POST', mode: 'no-cors', body: '{}' }),
  };
  const reached = [];
  for (const [name, go] of Object.entries(tries)) await go().then(() => reached.push(name), () => undefined);
  navigator.sendBeacon(`${origin}/v1/score`, '{}');
  return reached;
}"""


def rows_of_every_table(product: Product) -> dict[str, int]:
    with closing(sqlite3.connect(product.companion.database)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_attack_03_a_page_on_a_rebound_name_is_refused(product: Product, tab: Page) -> None:
    home = f"http://{REBOUND[0]}:{product.companion.port}/"
    # The attacker's server gave this page, then its name came to mean the companion: what the page asks for arrives there.
    product.companion.stop()
    with impostor(product.companion.port, "html"):
        tab.goto(home)
    product.companion.start()
    before, log = rows_of_every_table(product), product.companion.log.read_text()
    for path in ("/v1/score", "/v1/feedback", "/v1/hello", "/v1/pair"):
        answer = tab.evaluate(ASK, {"path": path, "token": ""})
        assert answer["status"] == 400, path
        assert answer["said"]["error"] == "host"
    assert tab.evaluate("fetch('/v1/health').then((answer) => answer.status)") == 400
    assert rows_of_every_table(product) == before
    said = product.companion.log.read_text().removeprefix(log)
    assert "stolen by a rebound name" not in said
    assert "Traceback" not in said


def test_attack_33_logged_out_it_works_all_the_same(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("logged-out", *TEXTS)
    reader = product.open(tab, video, "g2", logged_in=False)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="badges without a login")


@pytest.mark.parametrize("host", ["ads.tiktok.com", "seller.tiktok.com"])
def test_attack_33_it_is_inert_on_other_hosts_of_the_site(host: str, product: Product, tab: Page) -> None:
    video = product.replica.add(thread("other-host", *TEXTS))
    tab.goto(product.replica.url(video.path, host))
    wait_for_comments(tab)
    tab.wait_for_timeout(WHILE_MS)
    assert ShadowReader(tab).all("*") == []
    assert extension_worlds(tab) == []


def test_attack_33_it_is_inert_in_a_video_embedded_elsewhere(product: Product, tab: Page) -> None:
    video = product.replica.add(thread("embedded", *TEXTS))
    tab.goto(product.replica.url(f"/?frame={product.replica.url(video.path)}", "blog.replica.example"))
    inside = tab.frame_locator("#embed").locator('[data-e2e="comment-level-1"]')
    expect(inside.first).to_be_visible()
    tab.wait_for_timeout(WHILE_MS)
    frame = next(frame for frame in tab.frames if frame.parent_frame)
    worlds = extension_worlds(tab, frame)
    assert worlds == []
    assert ShadowReader(tab).all("*") == []
    assert frame.evaluate("document.querySelectorAll('span[data-theme], div[data-theme]').length") == 0


def test_attack_34_the_worker_reaches_the_companion_and_the_public_page_does_not(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("local-network", *TEXTS)
    reader = product.open(tab, video)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="badges: the worker gets through")
    assert tab.evaluate(REACH, f"http://127.0.0.1:{product.companion.port}") == []
    # The same against a program that would answer anybody: nothing of it leaves the browser.
    with impostor(0) as program:
        assert tab.evaluate(REACH, f"http://127.0.0.1:{program.port}") == []
        tab.wait_for_timeout(500)
        assert program.log == []
        # From a page of this machine they do go out, so it is the check that held them back.
        program.manner = "html"
        tab.goto(f"http://localhost:{program.port}/")
        assert tab.evaluate(REACH, f"http://127.0.0.1:{program.port}") == ["blind", "post"]
