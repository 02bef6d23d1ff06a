"""`/embed/*`: closed until the user lists a site; then only listed sites frame or read it, and nothing else opens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from companion.dashboard import sample_data
from companion.hashtag_keeper import AtlasKeeper
from companion.intent import IntentModel
from companion.security.embedding import KEY, origins_of
from companion.store import Store, settings
from tests.companion.dashboard.conftest import Press, chromium, press  # noqa: F401

ADS = "https://ads.example.com"
PANEL, FEED = "/embed/hashtags?category=beauty", "/embed/hashtags.json?category=Beauty"


@pytest.fixture(autouse=True)
def patient(app: Flask, store: Store) -> None:
    app.extensions["buysignal-hashtags"] = AtlasKeeper(store, patience_s=60)


def allow(store: Store, *origins: str) -> None:
    with store.writing() as connection:
        settings.put(connection, KEY, list(origins))


def test_without_a_list_there_is_no_panel(client: FlaskClient) -> None:
    assert client.get(PANEL).status_code == 404
    assert client.get(FEED, headers={"Origin": ADS}).status_code == 404


def test_a_listed_site_may_frame_the_panel_and_read_the_feed(client: FlaskClient, store: Store) -> None:
    allow(store, ADS)
    panel = client.get(PANEL, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"})
    assert panel.status_code == 200
    assert f"frame-ancestors {ADS}" in panel.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in panel.headers
    assert "Set-Cookie" not in panel.headers
    feed = client.get(FEED, headers={"Origin": ADS, "Sec-Fetch-Site": "cross-site"})
    assert feed.headers["Access-Control-Allow-Origin"] == ADS
    assert feed.get_json() == {"category": {"id": "beauty", "path": ["Beauty"]}, "strategy": "blend", "ready": True, "hashtags": []}


def test_the_feed_for_other_systems_holds_nothing_of_the_sample(client: FlaskClient, store: Store, model: IntentModel) -> None:
    allow(store, ADS)
    sample_data.offer(store, model)
    feed = client.get("/embed/hashtags.json?category=Home", headers={"Origin": ADS, "Sec-Fetch-Site": "cross-site"}).get_json()
    assert (feed["ready"], feed["hashtags"]) == (True, [])


def test_another_site_reads_nothing(client: FlaskClient, store: Store) -> None:
    allow(store, ADS)
    refused = client.get(FEED, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert client.post(PANEL, headers={"Origin": ADS}).status_code == 405


@pytest.mark.parametrize("path", ["/hashtags", "/comments", "/settings", "/embed/../settings", "/embed/nothing"])
def test_a_listed_site_gets_no_other_page(client: FlaskClient, store: Store, path: str) -> None:
    allow(store, ADS)
    assert client.get(path, headers={"Origin": ADS, "Sec-Fetch-Site": "cross-site"}).status_code in (403, 404)


def test_the_panel_answers_to_its_own_host_only(client: FlaskClient, store: Store) -> None:
    allow(store, ADS)
    assert client.get(PANEL, headers={"Host": "evil.example"}).status_code == 400


def test_an_unknown_category_is_a_clear_answer(client: FlaskClient, store: Store) -> None:
    allow(store, ADS)
    assert client.get("/embed/hashtags?category=nothing").status_code == 404


@pytest.mark.parametrize(
    "bad", ["ads.example.com", "https://ads.example.com/path", "*", "https://*.example.com", "javascript:alert(1)", "https://a b"]
)
def test_what_is_no_origin_is_refused_by_its_words(bad: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a site"):
        origins_of(bad)


def test_the_list_is_kept_on_the_settings_page(entered: FlaskClient, press: Press, store: Store) -> None:  # noqa: F811
    press("/settings/panels", origins="https://ads.example.com/\nhttp://127.0.0.1:9000")
    with store.reading() as connection:
        assert settings.get(connection, KEY) == [ADS, "http://127.0.0.1:9000"]
    assert "https://ads.example.com" in entered.get("/settings").text
    press("/settings/panels", origins="*")
    assert "is not the address of a site" in entered.get("/settings").text
    with store.reading() as connection:
        assert settings.get(connection, KEY) == [ADS, "http://127.0.0.1:9000"]


@pytest.fixture
def foreign(live: int) -> Iterator[str]:
    """A page of another origin that frames the panel and fetches the feed; gives its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ours = f"http://127.0.0.1:{live}"
            body = f"""<!doctype html><title>Ads</title><p id="said">waiting</p><iframe src="{ours}{PANEL}"></iframe>
            <script>fetch("{ours}{FEED}").then(r => r.json())
            .then(d => said.textContent = d.category.id, () => said.textContent = "refused")</script>"""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
def test_inside_a_foreign_page_the_panel_shows_only_where_it_is_listed(foreign: str, store: Store, chromium: Browser) -> None:  # noqa: F811
    allow(store, ADS)
    page = chromium.new_page()
    page.goto(foreign)
    expect(page.locator("#said")).to_have_text("refused")
    expect(page.frame_locator("iframe").get_by_role("heading", name="Hashtags for Beauty")).to_have_count(0)
    allow(store, ADS, foreign)
    page.goto(foreign)
    expect(page.locator("#said")).to_have_text("beauty")
    expect(page.frame_locator("iframe").get_by_role("heading", name="Hashtags for Beauty")).to_be_visible()
    page.close()
