"""Answers and layouts that nobody expects: what came is kept, nothing is put under the wrong video, nothing is claimed."""

from __future__ import annotations

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, everything, rightly_attributed

pytestmark = pytest.mark.browser

WORLD = World(2, 30, tag="lamptok")


def test_odd_answers_end_their_video_and_no_other(replica: Replica, collector: Collector) -> None:
    videos = replica.add_world(World(6, 45, tag="lamptok"))
    replica.configure(prefetch_neighbour=False)
    odd = {
        "null_list": ("no comments", {"at": 1}),
        "same_page": ("promised more and showed none", {"at": 2, "times": None}),
        "empty_page": ("promised more", {"at": 2, "times": None}),
        "no_list_key": ("", {"at": 1}),
        "error": ("error", {"at": 1, "times": None}),
    }
    for video, (answer, (_, options)) in zip(videos, odd.items(), strict=False):
        replica.refuse("comments", answer, video=video.id, **options)  # type: ignore[arg-type]
    ended = collector.run("tag", "lamptok", "--replies", "0")
    assert ended.status == 0, ended.err
    endings = ended.endings()
    for video, (answer, (words, _)) in zip(videos, odd.items(), strict=False):
        assert words in endings[video.id], f"{answer}: {endings[video.id]}"
    untouched = videos[-1].id
    assert len(collector.stored()[untouched]) == 45
    assert rightly_attributed(replica, collector)
    asked = [request.path for request in replica.requests if "/comment/list/?" in request.path and videos[1].id in request.path]
    assert len(asked) <= 8, "a list without end is not followed"


def test_a_window_that_pretends_to_be_hidden_ends_without_claims(replica: Replica, collector: Collector) -> None:
    replica.add_world(WORLD)
    replica.refuse("comments", "hidden_window", at=2, times=None)
    ended = collector.run("tag", "lamptok")
    assert ended.status in {0, 75}
    assert "TikTok said that nothing more follows" not in {
        line["ended"] for line in ended.report["lines"] if line["kind"] == "video" and line["comments"]["found"] < 30
    }
    assert rightly_attributed(replica, collector)


def test_drift_keeps_the_rows_counts_it_and_speaks_up(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(3, 57, tag="lamptok"))
    replica.configure(drift_share=0.1, drift_seed=3, drift_kinds=("renamed_text", "count_as_text", "user_without_uid", "unknown_keys"))
    ended = collector.run("tag", "lamptok")
    assert ended.status == 0, ended.err
    assert replica.state.drifted, "the replica did drift"
    assert collector.stored() == everything(replica)
    assert ended.report["drift"]["rows"] > 0 or ended.report["drift"]["pages"] > 0
    assert ended.report["drift"]["loud"] == (ended.report["drift"]["pages"] > 0.05 or ended.report["drift"]["rows"] > 0.05)


def test_a_layout_that_is_not_known_keeps_what_came_and_pauses(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(5, 30, tag="lamptok"))
    replica.configure(unknown_layout=True, prefetch_neighbour=False)
    ended = collector.run("tag", "lamptok")
    assert ended.status == 75
    assert "layout that this version does not know" in collector.ask("SELECT reason FROM run")[0][0]
    assert [line["state"] for line in ended.report["lines"] if line["kind"] == "video"] == ["done"] * 3 + ["open"] * 2
    assert rightly_attributed(replica, collector)
    assert len(collector.stored()) == 3, "the first comments of each were loaded, and are kept"
