"""A run that was cut off goes on by the same command, and nothing is lost or counted twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, held_ids
from tests.scraper.live.killing import run_killed

pytestmark = pytest.mark.browser


def test_killed_at_random_moments_it_ends_with_the_rows_of_an_undisturbed_run(
    replica: Replica, collector: Collector, tmp_path: Path
) -> None:
    replica.add_world(World(5, 60, tag="lamptok"))
    ended, hits = run_killed(collector, 3, 5, "tag", "lamptok")
    assert hits == 3
    assert ended.status == 0, ended.err
    assert collector.stored() == held_ids(replica.holdings("lamptok"))
    videos = [line for line in ended.report["lines"] if line["kind"] == "video"]
    assert [line["comments"] for line in videos] == [{"found": 60, "new": 60, "seen": 0}] * 5
    assert collector.ask("SELECT count(*), count(DISTINCT id) FROM run") == [(1, 1)]
    undisturbed = Collector(replica, tmp_path / "undisturbed")
    undisturbed.workspace.mkdir(mode=0o700)
    (undisturbed.workspace / "workspace.key").write_bytes((collector.workspace / "workspace.key").read_bytes())
    assert undisturbed.run("tag", "lamptok").status == 0
    assert undisturbed.rows() == collector.rows()


def test_ctrl_c_is_a_checkpoint(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(4, 40, tag="lamptok"))
    process = collector.start("tag", "lamptok")
    collector.until("SELECT count(*) > 30 FROM comment")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 75
    assert "Stopping after the step under way" in err
    assert collector.ask("SELECT state, reason FROM run") == [("paused", "you stopped it")]
    assert collector.run("tag", "lamptok").status == 0
    assert collector.stored() == held_ids(replica.holdings("lamptok"))


def test_two_runs_at_once_are_one_too_many(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(4, 60, tag="lamptok"))
    first = collector.start("tag", "lamptok")
    collector.until("SELECT count(*) > 0 FROM comment")
    second = collector.run("tag", "other")
    assert second.status == 2
    assert "another run of this workspace is under way" in second.err
    first.communicate(timeout=90)
    assert first.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tag"], "nothing was named"),
        (["tag", "two words"], "a hashtag is one word"),
        (["video", "https://example.com/x"], "does not fit"),
        (["video", "https://www.tiktok.com/@someone"], "names no video"),
        (["creator", "<b>"], "a creator is a handle"),
    ],
)
def test_bad_names_are_refused_before_anything_is_opened(newcomer: Collector, arguments: list[str], says: str) -> None:
    ended = newcomer.run(*arguments)
    assert ended.status == 2
    assert says in ended.err
    assert newcomer.ask("SELECT 1") == []
