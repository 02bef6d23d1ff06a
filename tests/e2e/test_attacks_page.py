"""A page that works against the extension: false clicks, false badges, a look into what is ours."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page

from companion.intent import IntentModel
from tests.e2e.badges import badge_of, expected, right, seen_badges
from tests.e2e.browser import extension_id
from tests.e2e.product import Product
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import EXTENSION, wait_until
from tests.e2e.threads import thread

pytestmark = pytest.mark.browser

TEXTS = ("where can I buy this lamp", "how much is it with shipping", "my cat would knock it over", "just ordered two, so happy")

# The host elements that page scripts can see, by the one attribute they wear.
HOSTS = "[...document.querySelectorAll('span[data-theme], div[data-theme]')].filter((host) => host.childElementCount === 0)"

CLICK_EVERYTHING = f"""() => {{
  const keys = ['Enter', ' ', '1', '9', '0', 'Escape', 'Tab'];
  const hosts = {HOSTS};
  for (const host of hosts) {{
    host.click();
    host.focus();
    const box = host.getBoundingClientRect();
    const at = {{ bubbles: true, composed: true, cancelable: true, clientX: box.x + 5, clientY: box.y + 5, view: window }};
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'])
      for (const target of [host, document.elementFromPoint(at.clientX, at.clientY) ?? host])
        target.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, at));
    for (const key of keys)
      for (const type of ['keydown', 'keypress', 'keyup'])
        for (const target of [host, document, document.activeElement])
          target.dispatchEvent(new KeyboardEvent(type, {{ key, bubbles: true, composed: true }}));
  }}
  return hosts.length;
}}"""

# The page sees no animation start and shows none; every other root it sees is opened and kept.
HOSTILE_START = """
addEventListener('animationstart', (event) => event.stopImmediatePropagation(), true);
addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '[data-e2e] { animation: none !important; }';
  document.head.append(style);
});
const attach = Element.prototype.attachShadow;
window.roots = [];
Element.prototype.attachShadow = function (how) {
  const root = attach.call(this, { ...how, mode: 'open' });
  window.roots.push(root);
  return root;
};
"""

SPOOF = f"""() => {{
  const hosts = {HOSTS}.filter((host) => host.localName === 'span');
  for (const host of hosts) {{
    const fake = host.cloneNode(true);
    fake.attachShadow({{ mode: 'open' }}).innerHTML =
      '<button aria-haspopup="dialog" aria-label="Buying intent 10 of 10, wants it">10</button>';
    host.before(fake);
    const marked = host.closest('[class*="DivCommentContentContainer"]');
    for (const name of ['data-buysignal', 'data-buysignal-seen', 'data-badge', 'data-scored', 'buysignal']) {{
      marked.setAttribute(name, 'done');
      host.setAttribute(name, '10');
      marked.querySelector('[data-e2e="comment-level-1"]').setAttribute(name, 'done');
    }}
    marked.classList.add('buysignal', 'pill', 'high');
    marked.querySelector('[data-e2e="comment-level-1"]').classList.add('buysignal-seen', 'seen');
  }}
  return hosts.length;
}}"""


def labels(product: Product) -> int:
    with closing(sqlite3.connect(product.companion.database)) as database:
        count: int = database.execute("SELECT count(*) FROM label_event").fetchone()[0]
        return count


def ready(product: Product, tab: Page, model: IntentModel, slug: str, **settings: object) -> tuple[ShadowReader, dict[str, str]]:
    """Open the thread and wait until every badge is right."""
    video = thread(slug, *TEXTS)
    reader = product.open(tab, video, "g2", **settings)
    wanted = expected(model, video)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badge on every comment")
    reader.one("button.pill", timeout=60)  # the panel's, a moment after the badges
    return reader, wanted


def test_attack_22_clicks_and_keys_made_by_the_page_are_ignored(product: Product, tab: Page, model: IntentModel) -> None:
    reader, wanted = ready(product, tab, model, "synthetic-clicks")
    assert tab.evaluate(CLICK_EVERYTHING) > len(TEXTS), "a host for each badge, the panels and the cards"
    tab.wait_for_timeout(500)
    assert reader.all("[role=dialog], section.body:not([hidden])") == []
    assert [badge.element.attributes["aria-expanded"] for badge in seen_badges(reader)] == ["false"] * len(TEXTS)
    # The same again with a card that a person opened: a page's "9" is no correction, and its Escape closes nothing.
    reader.click(seen_badges(reader)[0].element)
    reader.one("[role=dialog]")
    tab.evaluate(CLICK_EVERYTHING)
    tab.wait_for_timeout(500)
    assert len(reader.all("[role=dialog]")) == 1
    assert right(reader, wanted) == set(wanted)
    assert labels(product) == 0
    # And a person's key counts.
    tab.keyboard.press("9")
    wait_until(tab, lambda: badge_of(reader, TEXTS[0], "9 of 10, your grade"), what="the person's own correction")
    assert labels(product) == 1


def test_attack_25_a_page_can_neither_block_nor_spoof_a_badge(product: Product, tab: Page, model: IntentModel) -> None:
    reader, wanted = ready(product, tab, model, "spoof", page_script=HOSTILE_START)
    assert tab.evaluate(SPOOF) == len(TEXTS)
    tab.wait_for_timeout(500)
    assert one_right_badge_each(reader, wanted)
    # A badge that the page carries into another row goes back to its own.
    tab.evaluate("""() => {
      const rows = [...document.querySelectorAll('[data-e2e="comment-level-1"]')].map((text) => text.parentElement);
      rows[1].append([...rows[0].querySelectorAll('span[data-theme]')].at(-1));
    }""")
    wait_until(tab, lambda: one_right_badge_each(reader, wanted), what="each badge in its own row")
    # One that the page throws away comes back.
    tab.evaluate("document.querySelectorAll('span[data-theme]').forEach((host) => host.remove())")
    wait_until(tab, lambda: one_right_badge_each(reader, wanted), what="the badges after they were removed")


def one_right_badge_each(reader: ShadowReader, wanted: dict[str, str]) -> bool:
    said = [(badge.comment, badge.name) for badge in seen_badges(reader)]
    return sorted(said) == sorted(wanted.items())


def test_attack_26_nothing_of_ours_is_open_to_the_page(product: Product, tab: Page, model: IntentModel) -> None:
    reader, _ = ready(product, tab, model, "exposed", page_script=HOSTILE_START)
    reader.click(seen_badges(reader)[0].element)
    reader.one("[role=dialog]")
    open_roots = tab.evaluate(f"{HOSTS}.map((host) => host.shadowRoot)")
    assert len(open_roots) >= len(TEXTS) + 2, "badges, panels, the card of a badge"
    assert set(open_roots) == {None}
    assert tab.evaluate("window.roots.length") == 0, "attachShadow as the page has it was never called"
    seen_by_page = tab.evaluate("""() => [
      document.documentElement.outerHTML,
      ...[...document.styleSheets, ...document.adoptedStyleSheets].map((sheet) => `${sheet.href} ${sheet.ownerNode?.outerHTML}`),
      ...performance.getEntriesByType('resource').map((entry) => entry.name),
      ...Object.getOwnPropertyNames(window),
    ].join('\\n')""")
    ident = extension_id(product.context)
    assert "chrome-extension:" not in seen_by_page
    assert ident not in seen_by_page
    assert "buysignal" not in seen_by_page.lower()
    assert tab.evaluate("typeof chrome.runtime?.sendMessage") == "undefined"
    files = ["icon/16.png", "manifest.json", "content-scripts/tiktok.js", "content-scripts/tiktok.css", "options.html"]
    reached = tab.evaluate(
        """(addresses) => Promise.all(addresses.map((address) => fetch(address).then(() => address, () => null)))""",
        [f"chrome-extension://{ident}/{file}" for file in files],
    )
    assert reached == [None] * len(files)
    assert "web_accessible_resources" not in json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
