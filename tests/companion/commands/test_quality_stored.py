"""`buysignal quality video|creator ID` and `quality rescore` over a real workspace."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from companion.cli import main
from companion.registry import Registry
from companion.store import Store, creators, videos
from companion.store.creators import Creator
from companion.store.videos import Video
from tests.companion.graded_scene import DAY, START, Scene

VIDEO = "7600000000000000001"


@pytest.fixture
def filled(store: Store) -> Store:
    registry = Registry(store)
    scene = Scene(store, registry.find(registry.active_name()).id)
    scene.creator("71", handle="mia.tests", followers=5_000)
    scene.video(VIDEO, "71", created_at=START)
    scene.says(VIDEO, *[0.9] * 3, sentiment="positive")
    scene.counted(VIDEO, START + DAY, plays=1_000, likes=90, comments=3, shares=10)
    return store


def run(store: Store, *words: str) -> Result:
    return CliRunner().invoke(main, ["quality", *words, "--workspace", str(store.workspace.root)])


@pytest.mark.parametrize("key", [VIDEO, f"tiktok:{VIDEO}", f"https://www.tiktok.com/@mia.tests/video/{VIDEO}"])
def test_a_stored_video_is_found_by_id_or_address(filled: Store, key: str) -> None:
    said = json.loads(run(filled, "video", key, "--json").stdout)
    assert 0 <= said["value"] <= 100
    assert [part["n"] for part in said["parts"] if part["name"] == "sentiment"] == [3]


@pytest.mark.parametrize("key", ["71", "@mia.tests", "MIA.tests", "https://www.tiktok.com/@mia.tests"])
def test_a_stored_creator_is_found_by_handle_id_or_address(filled: Store, key: str) -> None:
    said = run(filled, "creator", key)
    assert said.exit_code == 0, said.output
    assert "one video only" in said.output


def test_a_creator_of_whom_the_name_alone_is_known_is_found_by_it(filled: Store) -> None:
    with filled.writing() as connection:
        creators.save(connection, [Creator("youtube", creators.id_of_name("Solo Channel"), name="Solo Channel")], 1)
        videos.save(connection, [Video("youtube", "aaaaaaaaaa1", creators.id_of_name("Solo Channel"))], 1)
    assert "one video only" in run(filled, "creator", "youtube:solo channel").output
    assert "`buysignal import --kind metrics`" in run(filled, "creator", "youtube:nobody").output


def test_the_seed_formula_is_there_too(filled: Store) -> None:
    assert "only liked ones" in run(filled, "video", VIDEO, "--formula", "seed").output


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("video", "1"), "no video 1 is stored"),
        (("creator", "nobody"), "no creator nobody with a video is stored"),
        (("video", "gone.json"), "file gone.json does not exist"),
    ],
)
def test_what_is_not_there_is_named(filled: Store, words: tuple[str, ...], problem: str) -> None:
    said = run(filled, *words)
    assert said.exit_code == 2
    assert problem in said.output


def test_an_empty_workspace_is_not_made_for_a_question(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    for words in (("video", VIDEO), ("rescore",)):
        said = CliRunner().invoke(main, ["quality", *words, "--workspace", str(folder)])
        assert said.exit_code == 2
        assert "is empty" in said.output
    assert not folder.exists()


def test_rescore_says_how_many_it_compared_and_scored(filled: Store) -> None:
    assert "Too few videos with known plays to compare them; 1 creator scored" in run(filled, "rescore").output
    assert json.loads(run(filled, "rescore", "--json").stdout)["scored"] == 1


def test_a_video_with_200_comments_is_scored_in_time(filled: Store) -> None:
    from companion.stored_scores import score_video

    registry = Registry(filled)
    model = registry.find(registry.active_name()).id
    scene = Scene(filled, model)
    scene._number = 1_000
    scene.says(VIDEO, *[0.5] * 200)
    with filled.reading() as connection:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            score_video(connection, model, ("tiktok", VIDEO))
            times.append(time.perf_counter() - started)
    assert min(times) < 0.3
