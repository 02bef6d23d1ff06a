"""The dashboard with the labeling room in it, and a way to talk to its API as the screen does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.companion.dashboard.conftest import chromium, furnished, person, press, sampled

__all__ = ["chromium", "furnished", "person", "press", "sampled"]

Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(entered: FlaskClient) -> Ask:
    """Posts JSON to the API with the session's token."""

    def post(path: str, **body: Any) -> TestResponse:
        found = re.search(r'name="csrf_token" value="([^"]+)"', entered.get("/settings").text)
        assert found is not None
        return entered.post(f"/label/api/{path}", json=body, headers={"X-CSRFToken": found[1]})

    return post
