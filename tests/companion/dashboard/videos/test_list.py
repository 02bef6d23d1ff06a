"""The list of videos and one closely: subjects, what stands out with its evidence, what is not used."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.companion.dashboard.videos.scene import NAME, NOW, names
from tests.companion.graded_scene import Scene


def test_without_videos_every_page_says_what_to_do(scene: Scene, entered: FlaskClient) -> None:
    for path in ("/videos", "/videos/groups"):
        assert "No videos yet" in entered.get(path).text
    assert "No comments yet" in entered.get("/budget").text


def test_a_subject_holds_its_branches(looked: Scene, entered: FlaskClient) -> None:
    assert names(entered.get("/videos").text) == ["v1", "v2", "v3", "v4"]
    assert names(entered.get("/videos?subject=beauty").text) == ["v1", "v2"]
    assert names(entered.get("/videos?subject=beauty/make-up").text) == ["v1"]
    assert names(entered.get("/videos?subject=none").text) == ["v4"]
    assert names(entered.get("/videos?subject=<script>").text) == ["v1", "v2", "v3", "v4"]
    assert "beauty (2)".capitalize() in entered.get("/videos").text


def test_a_detector_shows_what_it_found_with_the_evidence(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get(f"/videos?out={NAME}").text
    assert names(page) == ["v1"]
    assert "why v1" in page
    assert "Of 4 videos looked at" in page
    assert names(entered.get("/videos?out=anything").text) == ["v1"]
    assert "No video fits" in entered.get("/videos?out=breakout").text


def test_too_little_data_is_said_and_can_be_looked_up(looked: Scene, entered: FlaskClient) -> None:
    page = entered.get(f"/videos?out={NAME}&answer=thin").text
    assert names(page) == ["v3"]
    assert "Why v3" in page
    assert "not enough data" in entered.get("/videos/tiktok/v3").text


def test_a_video_shows_its_numbers_and_names_what_was_not_used(looked: Scene, entered: FlaskClient) -> None:
    looked.counted("v2", NOW + 1, likes=5_000)
    page = entered.get("/videos/tiktok/v2").text
    assert "likes 5,000 is more than 1,000 plays; not used" in page
    assert "Beauty" in page
    assert "why v2" in page
