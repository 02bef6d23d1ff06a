"""Scenes for the journeys: the built extension, a replica with a captured thread, a companion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.product import Product, fresh_tab, product
from tests.e2e.stack import EXTENSION, Companion, companion
from tests.replica import Replica

CAPTURES = Path(__file__).parents[3] / "shared" / "data" / "captures"
CAPTURE = CAPTURES / "web_comment_list_2026-02-05_ur" / "response.json"


@pytest.fixture(scope="session")
def extension() -> Path:
    """The built Chromium extension."""
    assert (EXTENSION / "manifest.json").is_file(), "build the extension first: make test does"
    return EXTENSION


@pytest.fixture
def replica() -> Iterator[Replica]:
    """A local TikTok."""
    with Replica() as running:
        yield running


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Companion]:
    """A companion with an empty workspace."""
    with companion(tmp_path / "workspace") as made:
        yield made


@pytest.fixture(scope="module", name="product")
def shared_product(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One paired browser for all tests of a module."""
    with product(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture
def tab(product: Product) -> Iterator[Page]:
    """A fresh tab of that browser."""
    with fresh_tab(product) as page:
        yield page
