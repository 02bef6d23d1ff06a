"""A dashboard with the sample in it, and a person who came in by the link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from companion.dashboard import sample_data
from companion.intent import IntentModel
from companion.store import Store, door_keys
from scripts.vendor import vendor
from tests.e2e.browser import driver, find_chromium

Press = Callable[..., TestResponse]

PAGES = (
    "/",
    "/comments",
    "/comments/sample/sample-v1-2/why",
    "/comments/sample/sample-v1-2/reply",
    "/comments/settings",
    "/videos",
    "/videos/sample/sample-v1",
    "/videos/groups",
    "/videos/groups?by=language&kind=all",
    "/videos/groups?by=region&kind=all",
    "/budget",
    "/creators",
    "/creators/sample/sample-c1",
    "/creators/sample/sample-c1/card",
    "/creators/compare?c=sample:sample-c1&c=sample:sample-c2",
    "/shortlist",
    "/demand",
    "/reports",
    "/hashtags",
    "/hashtags?q=kitchen",
    "/hashtags/category?id=beauty",
    "/hashtags/tag/skincare",
    "/hashtags/compare?tags=skincare+fyp",
    "/hashtags/plan?category=beauty",
    "/shop",
    "/shop?q=lamp+under+40",
    "/shop/product/demo-001",
    "/shop/demand",
    "/shop/demand?by=hashtag",
    "/shop/brief",
    "/shop/brief?product=table+lamp",
    "/shop/catalogue",
    "/shop/profile",
    "/models",
    "/models/shipped",
    "/models/training/panel",
    "/settings",
    "/settings/health",
    "/pairing",
)

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def sampled(store: Store, model: IntentModel) -> Store:
    """A workspace with the sample, graded by the model."""
    sample_data.add(store, model)
    return store


@pytest.fixture
def furnished(sampled: Store, entered: FlaskClient) -> FlaskClient:
    """A browser in the dashboard of that workspace."""
    return entered


@pytest.fixture
def press(entered: FlaskClient) -> Press:
    """Sends a form as the settings page would, with its CSRF token."""

    def send(path: str, **fields: str) -> TestResponse:
        found = _TOKEN.search(entered.get("/settings").text)
        assert found is not None
        return entered.post(path, data={"csrf_token": found[1], **fields})

    return send


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, with the dashboard's libraries in their place."""
    vendor()
    with driver() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, sampled: Store, live: int) -> Iterator[Callable[..., Page]]:
    """Opens a page of the running dashboard as a person with the link; keyword arguments go to the browser context."""
    contexts = []

    def enter(**options: object) -> Page:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{live}", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        with sampled.writing() as connection:
            key = door_keys.mint(connection)
        page.goto(f"/open?key={key}")
        return page

    yield enter
    for context in contexts:
        context.close()
