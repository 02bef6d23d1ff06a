"""`/v1/video` and `/v1/creator`: rates for many, scores for one, from what is stored and what the page shows."""

from __future__ import annotations

import pytest

from companion.intent import IntentModel
from companion.store import Store
from tests.companion.browser import Paired
from tests.companion.graded_scene import DAY, START, Scene

VIDEO, OTHER = "7600000000000000001", "7600000000000000002"


@pytest.fixture
def scene(store: Store, model: IntentModel) -> Scene:
    made = Scene(store, model.id)
    made.creator("71", handle="mia.tests", followers=5_000)
    made.video(VIDEO, "71", created_at=START)
    made.says(VIDEO, 0.9, 0.9, 0.1)
    made.counted(VIDEO, START + DAY, plays=1_000, likes=90, comments=3, shares=10)
    return made


def test_videos_are_answered_in_order_with_their_rates(scene: Scene, paired: Paired, model: IntentModel) -> None:
    answer = paired.post("/v1/video", {"video_ids": [OTHER, VIDEO]}).get_json()
    assert answer["model"] == model.id
    unknown, known = answer["videos"]
    assert (unknown["id"], unknown["known"], unknown["intent"]) == (OTHER, False, None)
    assert (known["known"], known["intent"]["n"], known["intent"]["videos"], known["intent"]["kinds"]) == (True, 3, 1, "all")
    assert known["intent"]["value"] == pytest.approx(2 / 3)
    assert known["intent"]["low"] < 2 / 3 < known["intent"]["high"]
    assert known["intent"]["first"].startswith("2026-02-02T")
    assert known["score"] is None


def test_one_video_in_detail_comes_with_its_score_and_reasons(scene: Scene, paired: Paired) -> None:
    [found] = paired.post("/v1/video", {"video_ids": [VIDEO], "detail": True}).get_json()["videos"]
    assert 0 <= found["score"]["value"] <= 100
    assert {part["name"] for part in found["score"]["parts"]} == {"deviation", "sentiment", "share value", "engagement"}
    weights = [part["weight"] for part in found["score"]["parts"]]
    assert weights == sorted(weights, reverse=True)
    assert all(part["reason"] for part in found["score"]["parts"])


def test_a_video_that_only_the_page_knows_is_scored_from_what_it_shows(scene: Scene, paired: Paired) -> None:
    shown = {"creator": "mia.tests", "plays": 40_000, "likes": 3_000, "comments": 50, "shares": 200, "created_at": START // 1000 + 90_000}
    [found] = paired.post("/v1/video", {"video_ids": [OTHER], "detail": True, "shown": shown}).get_json()["videos"]
    assert found["known"] is False
    assert found["score"]["value"] is not None
    assert found["score"]["partial"] is True
    deviation = next(part for part in found["score"]["parts"] if part["name"] == "deviation")
    assert "only 1 earlier videos are known" in deviation["reason"]


def test_asking_stores_nothing(scene: Scene, paired: Paired, store: Store) -> None:
    shown = {"plays": 40_000, "creator": "new.tests"}
    paired.post("/v1/video", {"video_ids": [OTHER], "detail": True, "shown": shown})
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM video").fetchone()[0] == 1


@pytest.mark.parametrize(
    "message",
    [
        {"video_ids": []},
        {"video_ids": [VIDEO] * 61},
        {"video_ids": ["abc"]},
        {"video_ids": [VIDEO, OTHER], "detail": True},
        {"video_ids": [VIDEO], "shown": {"plays": -1}},
        {"video_ids": [VIDEO], "shown": {"views": 1}},
    ],
)
def test_a_message_that_is_none_is_refused(scene: Scene, paired: Paired, message: object) -> None:
    assert paired.post("/v1/video", message).status_code == 422


def test_creators_are_answered_by_handle_organic_first(scene: Scene, paired: Paired) -> None:
    scene.creator("72", handle="bo.tests")
    scene.video(OTHER, "72", "unknown")
    scene.says(OTHER, 0.9)
    answer = paired.post("/v1/creator", {"handles": ["bo.tests", "nobody", "MIA.tests"]}).get_json()["creators"]
    assert [(one["handle"], one["known"], (one["intent"] or {}).get("n"), (one["intent"] or {}).get("kinds")) for one in answer] == [
        ("bo.tests", True, 1, "open"),
        ("nobody", False, None, None),
        ("MIA.tests", True, 3, "organic"),
    ]


def test_one_creator_in_detail_comes_with_the_score(scene: Scene, paired: Paired) -> None:
    [found] = paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"]
    assert found["score"]["partial"] is True
    assert "one video only" in found["score"]["reason"]
    assert paired.post("/v1/creator", {"handles": ["a", "b"], "detail": True}).status_code == 422
    assert paired.post("/v1/creator", {"handles": ["nobody"], "detail": True}).get_json()["creators"][0]["score"] is None
