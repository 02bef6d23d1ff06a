"""`/v1/video` and `/v1/creator`: rates for many, scores for one, from what is stored and what the page shows."""

from __future__ import annotations

import pytest

from companion.intent import IntentModel
from companion.quality_learning import rescore
from companion.store import Store, quality_looks
from companion.store.quality_looks import Verdict
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
    assert "only 1 earlier video is known" in deviation["reason"]


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


def test_one_creator_in_detail_comes_with_stage_tip_and_what_is_stored(scene: Scene, paired: Paired) -> None:
    for day in range(3):
        scene.counted(VIDEO, START + (day + 1) * DAY // 2, plays=400 * (day + 1), likes=30 * (day + 1), comments=3, shares=2)
    scene.says(VIDEO, 0.1, 0.1, 0.1, 0.1, sentiment="negative")
    [found] = paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"]
    assert (found["id"], found["followers"], found["videos"]) == ("71", 5_000, 1)
    assert (found["latest"]["id"], found["latest"]["posted"][:10]) == (VIDEO, "2026-02-02")
    assert found["latest"]["stage"]["words"] != "insufficient data"
    assert found["latest"]["stage"]["evidence"]
    weakest = min((part for part in found["score"]["parts"] if part["points"] is not None), key=lambda part: part["points"])
    assert (found["tip"]["part"], found["tip"]["points"]) == (weakest["name"], weakest["points"])
    assert found["badge"] is None
    assert "“Better than expected”: " in found["score"]["reason"]


def test_a_creator_read_too_seldom_has_no_stage(scene: Scene, paired: Paired) -> None:
    [found] = paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"]
    assert found["latest"]["stage"]["words"] == "insufficient data"
    assert found["latest"]["chance"] is None


def test_without_detail_a_creator_has_the_rate_alone(scene: Scene, paired: Paired) -> None:
    [found] = paired.post("/v1/creator", {"handles": ["mia.tests"]}).get_json()["creators"]
    assert found["intent"]["n"] == 3
    assert (found["score"], found["latest"], found["tip"], found["videos"]) == (None, None, None, 0)


def test_an_answer_follows_what_is_written(scene: Scene, paired: Paired) -> None:
    def rate() -> int:
        return paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"][0]["intent"]["n"]

    assert (rate(), rate()) == (3, 3)
    scene.says(VIDEO, 0.9)
    assert rate() == 4


def test_a_consistent_creator_has_the_badge_and_a_range(scene: Scene, paired: Paired, store: Store, model: IntentModel) -> None:
    for maker in range(14):
        scene.creator(f"o{maker}", handle=f"other.{maker}", followers=5_000)
        for number in range(9):
            ident = f"76{maker:03d}{number:014d}"
            scene.video(ident, f"o{maker}", created_at=START + number * 4 * DAY, duration_ms=20_000)
            scene.counted(ident, START + 60 * DAY, plays=1_000 + 10 * maker + number, likes=80, comments=4, shares=5)
    for number in range(12):
        ident = f"77{number:017d}"
        scene.video(ident, "71", created_at=START + number * 4 * DAY, duration_ms=20_000)
        scene.counted(ident, START + 60 * DAY, plays=30_000, likes=3_000 + 90 * number, comments=400 - 25 * number, shares=900)
    rescore(store, model.id)
    [found] = paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"]
    assert found["badge"]["words"] == "consistent creator"
    assert "videos in 7 weeks at or above expectation" in found["badge"]["evidence"]
    score = found["score"]
    assert 50 < score["low"] < score["value"] < score["high"] <= 100
    assert all(part["low"] <= part["points"] <= part["high"] for part in score["parts"] if part["points"] is not None)


def test_what_detectors_answered_of_a_video_is_told_in_plain_words(scene: Scene, paired: Paired, store: Store) -> None:
    found = [
        Verdict("tiktok", VIDEO, "above expectation", "yes", "views +1.8 sigmas and all parts together +0.9 sigmas from what is expected"),
        Verdict("tiktok", VIDEO, "breakout", "no", "at most 2 times the views that are usual first"),
        Verdict("tiktok", VIDEO, "unusual comments", "not enough data", "not enough data: 3 comments, 30 are needed"),
    ]
    with store.writing() as connection:
        quality_looks.put_verdicts(connection, found)
    [video] = paired.post("/v1/video", {"video_ids": [VIDEO], "detail": True}).get_json()["videos"]
    assert [one["words"] for one in video["findings"]] == ["above expectation"]
    assert "+1.8 times the usual spread" in video["findings"][0]["evidence"]
    assert "sigma" not in video["findings"][0]["evidence"]
    assert (video["looked"], video["unclear"]) == (3, 1)


def test_a_video_has_a_tip_about_its_weakest_part(scene: Scene, paired: Paired) -> None:
    scene.says(VIDEO, *[0.1] * 20, sentiment="negative")
    [video] = paired.post("/v1/video", {"video_ids": [VIDEO], "detail": True}).get_json()["videos"]
    points = {part["name"]: part["points"] for part in video["score"]["parts"] if part["points"] is not None}
    assert video["tip"]["part"] == min(points, key=lambda name: points[name])
    assert video["tip"]["words"]
