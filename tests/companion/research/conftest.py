"""A real server on this machine in place of TikTok's, and a workspace that does not exist yet."""

import pytest

from companion.research import client as client_module
from companion.research.client import KEY_VARIABLE, SECRET_VARIABLE, URL_VARIABLE
from tests.companion.research.research_api import KEY, SECRET, ResearchApi, running
from tests.companion.research.scene import video


@pytest.fixture
def api(monkeypatch):
    monkeypatch.setattr(client_module.time, "sleep", lambda _: None)
    with running(ResearchApi(videos=[video(number) for number in range(5)])) as made:
        monkeypatch.setenv(KEY_VARIABLE, KEY)
        monkeypatch.setenv(SECRET_VARIABLE, SECRET)
        monkeypatch.setenv(URL_VARIABLE, made.url)
        monkeypatch.setattr(client_module.Client.__init__, "__defaults__", (lambda _: None,))
        yield made


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"
