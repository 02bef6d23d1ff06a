"""`/v1/hashtags/map`: where hashtags lead, from what is stored and from their words alone."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from flask import Flask

from companion.api.hashtags_lookup import HashtagLookup
from companion.hashtag_keeper import AtlasKeeper
from companion.hashtags import Atlas
from companion.intent import IntentModel
from companion.store import Store
from tests.companion.browser import Paired
from tests.companion.graded_scene import START, Scene

KEEPER, LOOKUP = "buysignal-hashtags", "buysignal-hashtag-lookup"
LONGEST_S = 0.5


@pytest.fixture
def stocked(store: Store, model: IntentModel) -> Scene:
    """Six videos: skin care that sells, make-up that does not, one tag under all."""
    scene = Scene(store, model.id)
    scene.creator("ana")
    for number in range(6):
        tags = ("fyp", "skincare", "glowserum") if number < 3 else ("fyp", "makeup", "lipgloss")
        scene.video(f"v{number}", "ana", hashtags=tags, caption="look at this", created_at=START)
        scene.says(f"v{number}", *([0.9, 0.9, 0.9, 0.1] if number < 3 else [0.1] * 4))
    scene.graded()
    return scene


def ask(paired: Paired, *tags: str) -> dict[str, Any]:
    """The answer once it is ready."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        response = paired.post("/v1/hashtags/map", {"tags": list(tags)})
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.get_json()
        if found["ready"]:
            return found
        assert found["tags"] == []
    raise AssertionError("the graph was never ready")


def test_a_stored_tag_has_category_share_and_neighbours(stocked: Scene, paired: Paired) -> None:
    answer = ask(paired, "#SkinCare ✨", "makeup")
    skin, makeup = answer["tags"]
    assert answer["tree"]
    assert (skin["tag"], skin["none"], skin["videos"]) == ("skincare", False, 3)
    assert skin["category"]["path"][-1] == "Skin Care"
    assert 0 < skin["category"]["score"] <= 1
    assert skin["category"]["support"] == 3
    assert (skin["intent"]["value"], skin["intent"]["n"]) == (0.75, 12)
    assert skin["intent"]["low"] == pytest.approx(0.468, abs=0.001)
    assert skin["intent"]["high"] == pytest.approx(0.911, abs=0.001)
    assert {"tag": "glowserum", "videos": 3} in [{"tag": near["tag"], "videos": near["videos"]} for near in skin["related"]]
    assert "skincare" not in [near["tag"] for near in skin["related"]]
    assert (makeup["intent"]["value"], makeup["intent"]["low"]) == (0, 0)


def test_a_tag_that_no_video_carries_is_read_by_its_words(stocked: Scene, paired: Paired) -> None:
    [found] = ask(paired, "moisturizer")["tags"]
    assert (found["videos"], found["intent"], found["related"]) == (0, None, [])
    assert found["category"]["path"][-1] == "Skin Care"
    assert found["category"]["support"] == 0


def test_an_empty_store_reads_words_too(paired: Paired) -> None:
    lipstick, everywhere = ask(paired, "lipstick", "fyp")["tags"]
    assert lipstick["category"]["path"]
    assert (everywhere["none"], everywhere["category"]) == (True, None)


def test_what_holds_no_letter_leads_nowhere(paired: Paired) -> None:
    for found in ask(paired, "🔥🔥", "#", "___", "\u202e")["tags"]:
        assert (found["tag"], found["none"], found["category"], found["intent"], found["related"]) == ("", True, None, None, [])


def test_answers_come_in_the_order_asked_also_where_tags_repeat(stocked: Scene, paired: Paired) -> None:
    tags = ["makeup", "สกินแคร์", "#MakeUp", "x" * 200]
    assert [found["tag"] for found in ask(paired, *tags)["tags"]] == ["makeup", "สกินแคร์", "makeup", "x" * 100]


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({}, "tags"),
        ({"tags": []}, "tags"),
        ({"tags": ["a"] * 31}, "tags"),
        ({"tags": [""]}, "tags.0"),
        ({"tags": ["ok", "x" * 201]}, "tags.1"),
        ({"tags": [7]}, "tags.0"),
        ({"tags": "skincare"}, "tags"),
        ({"tags": ["a"], "tree": "mine"}, "tree"),
    ],
)
def test_bad_input_is_refused_naming_the_field(message: object, field: str, paired: Paired) -> None:
    refused = paired.post("/v1/hashtags/map", message)
    assert (refused.status_code, refused.get_json()["error"]) == (422, "schema")
    assert refused.get_json()["message"].startswith(f"{field}:")


def test_the_door_needs_the_token_and_a_paired_origin(paired: Paired) -> None:
    message = {"tags": ["skincare"]}
    assert paired.post("/v1/hashtags/map", message, Authorization="").status_code == 401
    assert paired.post("/v1/hashtags/map", message, Authorization="Bearer nobody").status_code == 401
    assert paired.post("/v1/hashtags/map", message, Origin="https://www.tiktok.com").status_code == 403
    assert paired.client.get("/v1/hashtags/map").status_code == 405


class Stuck(AtlasKeeper):
    """A keeper whose graph takes as long as the test wants."""

    done = threading.Event()

    def answer(self) -> Atlas | None:
        assert self.done.wait(60)
        return super().answer()


def test_no_request_waits_for_a_graph_that_takes_long(app: Flask, store: Store, paired: Paired) -> None:
    stuck = Stuck(store, patience_s=60)
    app.extensions[LOOKUP] = HashtagLookup(stuck)
    began = time.monotonic()
    for _ in range(4):  # all but the first find the first one's thread at work
        assert paired.post("/v1/hashtags/map", {"tags": ["lipstick"]}).get_json() == {"ready": False, "tree": "", "tags": []}
    assert time.monotonic() - began < 4 * LONGEST_S
    stuck.done.set()
    assert ask(paired, "lipstick")["tags"][0]["category"]


def test_what_took_too_long_is_there_the_next_time(stocked: Scene, store: Store) -> None:
    lookup = HashtagLookup(AtlasKeeper(store, patience_s=60))
    assert lookup.find(["skincare"], 0).ready is False
    assert lookup.find(["skincare"], 60).ready is True


def test_a_graph_that_cannot_be_built_is_a_fault_and_tried_again(app: Flask, store: Store, paired: Paired) -> None:
    app.extensions[KEEPER] = AtlasKeeper(store, patience_s=60)
    with store.writing() as connection:
        connection.execute("ALTER TABLE video RENAME TO video_gone")
    assert paired.post("/v1/hashtags/map", {"tags": ["lipstick"]}).status_code == 500
    with store.writing() as connection:
        connection.execute("ALTER TABLE video_gone RENAME TO video")
    assert ask(paired, "lipstick")["tags"][0]["tag"] == "lipstick"
