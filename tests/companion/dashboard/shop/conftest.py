"""The shop pages' scenes."""

from __future__ import annotations

import pytest
from flask import Flask

from companion import grading
from companion.dashboard.shop.keeper import ShopPages
from companion.intent import IntentModel
from companion.services import Services
from companion.store import Store
from tests.companion.dashboard.shop.scene import GOODS, put
from tests.companion.graded_scene import START, Scene


@pytest.fixture
def patient(store: Store, app: Flask, services: Services) -> None:
    """Pages that wait for what is counted: a busy machine must not change what is seen."""
    app.extensions["buysignal-shop-pages"] = ShopPages(store, services.shop, patience_s=60)


@pytest.fixture
def stocked(store: Store, patient: None) -> Store:
    """A catalogue of four products."""
    put(store, *GOODS)
    return store


@pytest.fixture
def asked(stocked: Store, model: IntentModel) -> Scene:
    """People who ask for a table lamp and for a backpack below one video."""
    scene = Scene(stocked, model.id)
    scene.creator("ana")
    scene.video("v1", "ana", hashtags=("fyp", "homedecor"), caption="my evening corner", product="Mushroom table lamp", created_at=START)
    for text, signal in (("link please", "availability"), ("how much is it", "price"), ("40 quid for that lamp??", "objection")):
        scene.says("v1", 0.9 if signal != "objection" else 0.1, text=text, signal=signal)
    scene.says("v1", 0.9, text="where did you get that backpack", signal="availability")
    while grading.show_grades(stocked, model.id):
        pass
    return scene
