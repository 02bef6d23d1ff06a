"""Videos that a comparison of just now looked at."""

from __future__ import annotations

import pytest
from flask import Flask

from companion.dashboard.demand_board import DemandBoard
from companion.intent import IntentModel
from companion.store import Store, clock, quality_learned, quality_looks
from companion.store.quality_learned import Learned
from companion.store.quality_looks import Subject, Verdict
from tests.companion.dashboard.videos.scene import NAME, NOW, compared
from tests.companion.graded_scene import DAY, Scene

LOOKED = (
    ("v1", "beauty/make-up", "yes"),
    ("v2", "beauty", "no"),
    ("v3", "home", "not enough data"),
    ("v4", "", "no"),
)


@pytest.fixture
def scene(store: Store, app: Flask, model: IntentModel) -> Scene:
    app.extensions["buysignal-demand"] = DemandBoard(store, patience_s=60)
    return Scene(store, model.id)


@pytest.fixture
def looked(scene: Scene, store: Store) -> Scene:
    """Four videos as a comparison of just now left them."""
    for ident, _, _ in LOOKED:
        scene.creator(f"m-{ident}", followers=1_000)
        scene.video(ident, f"m-{ident}", created_at=NOW - 10 * DAY)
        scene.counted(ident, NOW, plays=1_000, likes=90, comments=4, shares=12)
        scene.says(ident, 0.9, 0.1)
    with store.writing() as connection:
        seen = connection.execute("SELECT max(last_seen) FROM video").fetchone()[0]
        quality_learned.put(connection, Learned(clock.now_ms(), 4, seen, {}, {}), [])
        quality_looks.put_subjects(connection, [Subject("tiktok", ident, name, "#tag") for ident, name, _ in LOOKED])
        quality_looks.put_verdicts(connection, [Verdict("tiktok", ident, NAME, answer, f"why {ident}") for ident, _, answer in LOOKED])
    compared(store, {})
    return scene
