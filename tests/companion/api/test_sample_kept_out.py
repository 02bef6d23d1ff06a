"""The invented sample never speaks for real TikTok: what the extension is told beside it is what an empty workspace tells."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask

from companion import alerts
from companion.dashboard import sample_data
from companion.dashboard.filters import Filters
from companion.hashtag_keeper import AtlasKeeper
from companion.intent import IntentModel
from companion.store import Store, clock, comments, labels, sample, saved_searches, videos
from companion.store.labels import LabelEvent
from companion.store.videos import Video
from tests.companion.browser import Paired

KEEPER, LOOKUP = "buysignal-hashtags", "buysignal-hashtag-lookup"
TAGS = ["amazonfinds", "unboxing", "cozyhome", "tinykitchenco", "lipstick"]
VIDEO = "7600000000000000001"
SHOWN = {"creator": "cozy.corner.sample", "plays": 214_000, "likes": 18_300, "comments": 12, "shares": 1240}
TEXT = "wait where is this from??"


@pytest.fixture
def sampled(store: Store, model: IntentModel) -> Store:
    """A workspace that holds the sample, graded, and nothing else."""
    sample_data.offer(store, model)
    return store


def hashtags(app: Flask, store: Store, paired: Paired) -> list[dict[str, Any]]:
    """What a companion that has just started says of the tags."""
    app.extensions[KEEPER] = AtlasKeeper(store, patience_s=60)
    app.extensions.pop(LOOKUP, None)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        found: dict[str, Any] = paired.post("/v1/hashtags/map", {"tags": TAGS}).get_json()
        if found["ready"]:
            tags: list[dict[str, Any]] = found["tags"]
            return tags
    raise AssertionError("the graph was never ready")


def test_hashtags_are_read_by_their_words_alone_while_only_the_sample_is_stored(sampled: Store, app: Flask, paired: Paired) -> None:
    beside = hashtags(app, sampled, paired)
    assert [(tag["videos"], tag["intent"], tag["related"]) for tag in beside] == [(0, None, [])] * len(TAGS)
    assert {tag["category"]["support"] for tag in beside if tag["category"]} == {0}
    sample_data.remove(sampled)
    assert beside == hashtags(app, sampled, paired)


def test_sample_videos_do_not_count_beside_real_ones(sampled: Store, app: Flask, paired: Paired) -> None:
    with sampled.writing() as connection:
        videos.save(connection, [Video("tiktok", VIDEO, hashtags=("amazonfinds", "lipstick"))], 1)
    beside = hashtags(app, sampled, paired)
    assert [tag["videos"] for tag in beside] == [1, 0, 0, 0, 1]
    sample_data.remove(sampled)
    assert beside == hashtags(app, sampled, paired)


def test_videos_creators_and_products_are_answered_as_without_the_sample(sampled: Store, paired: Paired) -> None:
    with sampled.reading() as connection:
        handles = [row["handle"] for row in connection.execute("SELECT handle FROM creator WHERE platform = ?", [sample.PLATFORM])]
    asked = [
        *(("/v1/creator", {"handles": [handle], "detail": True}) for handle in handles),
        ("/v1/video", {"video_ids": [VIDEO]}),
        ("/v1/video", {"video_ids": [VIDEO], "detail": True, "shown": {**SHOWN, "creator": handles[0]}}),
        ("/v1/shop/related", {"page": "video", "video_id": VIDEO, "context": {"hashtags": ["cozyhome"]}}),
        ("/v1/score", {"comments": [{"id": "c1", "text": TEXT}]}),
    ]
    beside = [answered(paired, path, message) for path, message in asked]
    sample_data.remove(sampled)
    assert beside == [answered(paired, path, message) for path, message in asked]


def answered(paired: Paired, path: str, message: dict[str, Any]) -> dict[str, Any]:
    """What is said, without what differs from question to question."""
    response = paired.post(path, message)
    assert response.status_code == 200, response.text
    return {name: value for name, value in response.get_json().items() if name not in ("card", "took_ms")}


def test_a_grade_given_to_a_sample_comment_is_no_example_for_a_real_one(sampled: Store, paired: Paired) -> None:
    def ours() -> list[str]:
        examples = paired.post("/v1/explain", {"text": TEXT}).get_json()["examples"]
        return [example["text"] for example in examples if example["source"] == "yours"]

    usual: dict[str, Any] = {"source": "badge", "text": TEXT, "text_hash": "h", "guideline_version": "1", "created_at": 1, "grade": 9}
    with sampled.writing("labels") as connection:
        labels.append(connection, LabelEvent(uuid="real", platform="tiktok", comment_id="1", **usual))
    assert ours() == [TEXT]
    with sampled.writing("labels") as connection:
        for number in range(30):  # more than are compared, and all of them later
            event = {**usual, "text": f"{TEXT} {number}"}
            labels.append(connection, LabelEvent(uuid=f"s{number}", platform="sample", comment_id=f"sample-v1-{number}", **event))
    assert ours() == [TEXT]


def test_sample_comments_raise_no_alert(store: Store, model: IntentModel, paired: Paired) -> None:
    def look() -> list[str]:
        found = alerts.look(store, model.id, lambda filters: Filters.of(filters).wanted(), clock.now_ms() + 1)
        return [search.name for search in found]

    with store.writing() as connection:
        saved_searches.add(connection, "Asking", {"q": "where"}, (1, 1, 24))
    sample_data.add(store, model)
    with store.reading() as connection:
        assert comments.count(connection)
    assert look() == []
    assert paired.post("/v1/notices", {}).json == {"notices": []}
