"""An attacker inside the content script's process: what it can ask of the worker, and what it can read."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page

from companion.intent import IntentModel
from tests.e2e.badges import expected, right
from tests.e2e.product import Product, refusals
from tests.e2e.stack import wait_until
from tests.e2e.threads import thread
from tests.e2e.worlds import content_world, secrets

pytestmark = pytest.mark.browser

TEXT = "where can I buy this lamp"
CONTEXT = {"caption": "", "hashtags": [], "product": "", "parent": ""}
ROW = {"cid": None, "handle": "somebody", "text": "need it", "level": 1, "nth": 0, "parent": ""}
SCORE = {"type": "score", "videoId": "7", "context": CONTEXT, "rows": [ROW]}
EVIL = "http://127.0.0.1:9/steal"

FORGED = [
    json.dumps({"type": "retrain"}),
    json.dumps({"type": "token"}),
    json.dumps({"type": "toString"}),
    json.dumps({"type": "__proto__"}),
    '{"__proto__": {"type": "view"}}',
    '{"type": "view", "__proto__": {"isAdmin": true}}',
    '{"type": "view", "constructor": {"prototype": {"type": "settings"}}}',
    json.dumps({"type": "view", "url": EVIL}),
    json.dumps({**SCORE, "url": EVIL}),
    json.dumps({**SCORE, "rows": [{**ROW, "url": EVIL}]}),
    json.dumps({**SCORE, "context": {**CONTEXT, "method": "DELETE", "path": "/v1/everything"}}),
    json.dumps({**SCORE, "headers": {"Authorization": "Bearer x"}}),
    json.dumps({"type": "pair", "code": "ABCD2345", "name": "evil"}),
    json.dumps({"type": "unpair"}),
    json.dumps({"type": "forget"}),
    json.dumps({"type": "diagnostics"}),
    json.dumps({"type": "report-of", "tabId": 1}),
    json.dumps({"type": "settings", "change": {"port": 9999}}),
    json.dumps([SCORE]),
    json.dumps("view"),
    json.dumps(None),
]

READS = {
    "storage.local": "chrome.storage?.local?.get(null)",
    "storage.session": "chrome.storage?.session?.get(null)",
    "storage.sync": "chrome.storage?.sync?.get(null)",
    "databases": "indexedDB.databases()",
    "local storage": "Promise.resolve(JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie)",
    "caches": "caches.keys()",
}


def test_attack_27_forged_messages_are_dropped_and_counted(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("forged", TEXT)
    reader = product.open(tab, video)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the badge")
    world = content_world(tab)
    before = refusals(product.context)
    assert world.send(json.dumps({"type": "view"}))["reply"]["paired"] is True, "a message that is allowed is answered"
    for message in FORGED:
        assert world.send(message)["reply"] is None, f"{message} was answered"
    after = refusals(product.context)
    assert after["not a known message"] - before["not a known message"] == len(FORGED)
    with closing(sqlite3.connect(product.companion.database)) as database:
        assert database.execute("SELECT count(*) FROM client").fetchone() == (1,), "no second pairing, none removed"
    assert right(reader, wanted) == set(wanted)


def test_attack_27_a_message_from_another_frame_is_dropped_and_counted(product: Product, tab: Page) -> None:
    product.open(tab, thread("framed", TEXT))
    world = content_world(tab)
    before = refusals(product.context)
    # A frame of the same site, entered from the content script's own world: the worker sees the frame's number.
    world.evaluate("void document.body.append(Object.assign(document.createElement('iframe'), { name: 'forger' }))")
    answer = world.send(json.dumps({"type": "view"}), "document.querySelector('iframe[name=forger]').contentWindow.chrome.runtime")
    assert answer["reply"] is None
    assert refusals(product.context)["wrong frame"] - before["wrong frame"] == 1


def test_attack_27_a_message_from_another_origin_is_dropped_and_counted(product: Product, tab: Page) -> None:
    # Sandboxed by its own policy, the document has TikTok's address but not TikTok's origin.
    headers = {"Content-Type": "text/html", "Content-Security-Policy": "sandbox allow-scripts"}
    address = product.replica.url("/@sandboxed/video/7000000000000000001")
    tab.route(address, lambda route: route.fulfill(headers=headers, body="<!doctype html><p>sandboxed</p>"))
    before = refusals(product.context)
    tab.goto(address)
    assert content_world(tab).send(json.dumps(SCORE))["reply"] is None
    assert refusals(product.context)["wrong origin"] > before["wrong origin"]


def test_attack_28_the_content_script_can_read_no_secret(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("secrets", TEXT)
    reader = product.open(tab, video)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the badge")
    token, alias_key, client_id = (secrets(product.context)[name] for name in ("token", "aliasKey", "clientId"))
    assert len(token) >= 32
    world = content_world(tab)
    for place, expression in READS.items():
        found = world.evaluate(f"(async () => JSON.stringify(await {expression}) ?? '')().catch((error) => `refused: ${{error}}`)")
        assert not any(secret in found for secret in (token, alias_key, client_id)), place
        if place.startswith("storage"):
            assert found in {"", "{}"} or found.startswith("refused:"), f"{place} answered {found[:80]}"
        if place == "databases":
            assert "buysignal" not in found
    opened = world.evaluate("""new Promise((done) => {
      const opening = indexedDB.open('buysignal');
      opening.onsuccess = () => {
        done([...opening.result.objectStoreNames]);
        opening.result.close();
        indexedDB.deleteDatabase('buysignal');
      };
      opening.onerror = () => done(['error']);
    })""")
    assert opened == [], "a database of that name belongs to the page and is empty"
    answers = json.dumps([world.send(json.dumps({"type": kind})) for kind in ("view", "secrets", "token", "diagnostics", "pairing")])
    assert not any(secret in answers for secret in (token, alias_key, client_id))
