"""The models page in Chromium: another model takes over under the running companion, a training is watched without a shift."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from companion import training_process
from companion.extras import TRAIN
from companion.intent import IntentModel, load_model
from companion.services import Services
from companion.store import Store, labels
from tests.companion import scripted_trainer
from tests.companion.dashboard.models_scene import add_model
from tests.companion.dashboard.test_in_browser import Enter, watched
from tests.companion.store.scenes import label

pytestmark = pytest.mark.browser

SHIFT = (
    "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value })"
    ".observe({type: 'layout-shift', buffered: true})"
)


@pytest.fixture
def model() -> Iterator[IntentModel]:
    """A model of this test's own, because it is exchanged."""
    loaded = load_model()
    yield loaded
    loaded.close()


@pytest.fixture
def watching(services: Services) -> Iterator[Services]:
    """The companion notices another choice, as `serve` does."""
    services.live.watch()
    yield services
    services.live.close()


def test_another_model_takes_over_and_goes_again(person: Enter, sampled: Store, watching: Services) -> None:
    add_model(sampled, "mine")
    first = watching.model.id
    page = person()
    troubles = watched(page)
    page.goto("/models")
    page.get_by_role("button", name="Use mine").click()
    mine = page.locator(".models tbody tr", has_text="mine")
    expect(mine.get_by_text("In use", exact=True)).to_be_visible()
    assert watching.model.id == "mine"
    page.get_by_role("link", name="mine", exact=True).click()
    expect(page.get_by_text("This model grades the comments now.")).to_be_visible()
    page.get_by_role("link", name="All models").click()
    page.get_by_role("button", name="Go back to the previous model").click()
    expect(page.locator(".models tbody tr", has_text=first).get_by_text("In use", exact=True)).to_be_visible()
    assert watching.model.id == first
    assert troubles == []


@pytest.mark.skipif(not TRAIN.installed, reason="the page starts a training only where the tools are installed")
def test_a_training_is_started_watched_and_stopped(person: Enter, sampled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_process, "COMMAND", (str(Path(scripted_trainer.__file__)),))
    (sampled.workspace.root / scripted_trainer.SCRIPT).write_text(json.dumps({"steps": [{"step": 42}], "pause": 60}))
    with sampled.writing("labels") as connection:
        labels.append(connection, label(1))
    page = person()
    troubles = watched(page)
    page.add_init_script(SHIFT)
    page.goto("/models")
    page.get_by_role("button", name="Train on my labels").click()
    expect(page.get_by_text("42% of this part done")).to_be_visible()
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    with page.expect_response("**/models/training/panel"):
        pass
    expect(stop).to_be_focused()
    stop.press("Enter")
    expect(page.get_by_text("The training was stopped")).to_be_visible()
    assert page.get_by_role("button", name="Go on with the training").is_visible()
    found = training_process.current(sampled.workspace)
    assert found is not None
    assert found.state == "stopped"
    assert page.evaluate("window.shift") == 0
    assert troubles == []
