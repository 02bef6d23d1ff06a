"""The shadow reader sees closed roots and clicks in them like a person."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import driver, find_chromium
from tests.e2e.shadow import ShadowReader

pytestmark = pytest.mark.browser

PAGE = """
<!doctype html><title>closed roots</title>
<body style="margin:0; height: 3000px">
<section id="rows"></section>
<script>
window.clicks = [];
for (const [name, top] of [['first', 20], ['second', 1500]]) {
  const row = document.createElement('article');
  row.id = name;
  row.style.cssText = `position:absolute; top:${top}px; left:10px`;
  const host = document.createElement('intent-badge');
  host.dataset.row = name;
  const root = host.attachShadow({mode: 'closed'});
  const button = document.createElement('button');
  button.setAttribute('aria-label', `badge of ${name}`);
  button.textContent = `Badge ${name}`;
  button.addEventListener('click', (event) => {
    clicks.push([name, event.isTrusted]);
    const inner = document.createElement('div');
    const nested = inner.attachShadow({mode: 'closed'});
    nested.innerHTML = `<p class="card">card of ${name}</p><input>`;
    root.append(inner);
  });
  root.append(button);
  row.append(host);
  document.getElementById('rows').append(row);
}
const open = document.createElement('div');
open.attachShadow({mode: 'open'}).innerHTML = '<button>in an open root</button>';
document.body.append(open);
</script>
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with driver() as playwright:
        launched = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    yield opened
    opened.close()


@pytest.fixture
def shadow(page: Page) -> ShadowReader:
    page.set_content(PAGE)
    return ShadowReader(page)


def test_finds_elements_of_closed_roots_only_in_document_order(shadow: ShadowReader) -> None:
    found = shadow.all("button")
    assert [one.text for one in found] == ["Badge first", "Badge second"]
    assert found[0].attributes == {"aria-label": "badge of first"}
    assert found[0].shown
    assert found[0].box.width > 0


def test_limits_to_a_host(shadow: ShadowReader) -> None:
    assert [one.text for one in shadow.all("button", host='[data-row="second"]')] == ["Badge second"]


def test_page_scripts_still_see_no_root(shadow: ShadowReader, page: Page) -> None:
    shadow.all("button")
    assert page.evaluate("document.querySelector('intent-badge').shadowRoot") is None


def test_clicks_are_trusted_and_scroll_to_the_element(shadow: ShadowReader, page: Page) -> None:
    for button in shadow.all("button"):
        shadow.click(button)
    assert page.evaluate("clicks") == [["first", True], ["second", True]]


def test_reads_roots_inside_roots_and_types_into_them(shadow: ShadowReader) -> None:
    shadow.click(shadow.one("button", host='[data-row="first"]'))
    assert shadow.one(".card").text == "card of first"
    field = shadow.one("input")
    shadow.fill(field, "hello")
    assert shadow.evaluate(field, "function () { return this.value; }") == "hello"


def test_tells_the_row_an_element_stands_in(shadow: ShadowReader) -> None:
    rows = [shadow.evaluate(one, "function () { return this.getRootNode().host.closest('article').id; }") for one in shadow.all("button")]
    assert rows == ["first", "second"]


def test_a_missing_element_times_out_with_its_selector(shadow: ShadowReader) -> None:
    with pytest.raises(TimeoutError, match=r"0 of 1 elements '\.absent' in closed roots after 0\.2 s"):
        shadow.one(".absent", timeout=0.2)


def test_an_unrendered_element_cannot_be_clicked(shadow: ShadowReader, page: Page) -> None:
    button = shadow.one("button")
    page.evaluate("document.getElementById('rows').style.display = 'none'")
    with pytest.raises(Exception, match=r"no box|layout object"):
        shadow.click(button)
