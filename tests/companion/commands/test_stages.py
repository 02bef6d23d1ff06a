"""`buysignal stages` over a real workspace."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from companion.cli import main
from companion.store import Store
from tests.companion.graded_scene import DAY, START, Scene

VIDEO = "7600000000000000001"
HOUR = DAY // 24


@pytest.fixture
def filled(store: Store) -> Store:
    scene = Scene(store, "m")
    scene.creator("71", handle="mia.tests", followers=5_000)
    scene.video(VIDEO, "71", created_at=START)
    for hour, plays in ((2, 80), (8, 220), (24, 250), (48, 255), (96, 260)):
        scene.counted(VIDEO, START + hour * HOUR, plays=plays, likes=plays // 20)
    scene.video("2", "71", created_at=START)
    return store


def run(store: Store, *words: str) -> Result:
    return CliRunner().invoke(main, ["stages", *words, "--workspace", str(store.workspace.root)])


@pytest.mark.parametrize("key", [VIDEO, f"tiktok:{VIDEO}", f"https://www.tiktok.com/@mia.tests/video/{VIDEO}"])
def test_the_stage_of_a_stored_video_comes_with_its_reason_and_chance(filled: Store, key: str) -> None:
    said = json.loads(run(filled, key, "--json").stdout)
    (video,) = said["videos"]
    assert (video["stage"], video["readings"]) == ("first pool", 5)
    assert "times an assumed first pool" in video["reason"]
    assert 0 < video["chance_of_next_pool"]["low"] < 0.1
    assert said["usual_from"] == 0


def test_people_read_that_the_pools_are_assumed(filled: Store) -> None:
    said = run(filled, VIDEO, "2")
    assert said.exit_code == 0, said.output
    assert "insufficient data" in said.output
    assert "The thresholds are assumptions" in said.output


def test_an_assumption_can_be_changed_and_nonsense_is_refused(filled: Store) -> None:
    said = run(filled, VIDEO, "--assume", "sure=0.99", "--json")
    assert json.loads(said.stdout)["assumed"]["sure"] == 0.99
    for wrong, word in (("sure=2", "sure"), ("sure=x", "not a number"), ("colour=3", "changes no assumption")):
        answer = run(filled, VIDEO, "--assume", wrong)
        assert answer.exit_code == 2
        assert word in answer.output


def test_a_video_that_is_not_stored_is_named(filled: Store) -> None:
    answer = run(filled, "99")
    assert answer.exit_code == 2
    assert "no video 99 is stored" in answer.output
