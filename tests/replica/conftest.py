"""One replica and one browser for the tests of the replica itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.browser import browser
from tests.replica import Replica, Settings


@pytest.fixture(scope="package")
def shared_replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture
def replica(shared_replica: Replica) -> Replica:
    shared_replica.state.settings = Settings()
    shared_replica.refusals.clear()
    return shared_replica


@pytest.fixture(scope="package")
def context(shared_replica: Replica) -> Iterator[BrowserContext]:
    with browser(None, shared_replica) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh tab; a script error on it fails the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []
