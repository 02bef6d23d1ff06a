"""A run brings every row that the replica shows, once, in every layout, and says what it saw."""

from __future__ import annotations

import stat

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, held_ids

pytestmark = pytest.mark.browser

WORLD = World(3, 44, tag="lamptok")
LAYOUTS = [
    {"layout": "g4"},
    {"layout": "g4", "grid_opens": "overlay"},
    {"layout": "g2", "first_items": "html", "list_end": "no_key", "repeat_requests": True},
    {"layout": "g4", "panel": "other-tab", "prefetched": "stalls", "scroll_jumps": "ignored", "hover_preview": True},
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: "-".join(str(value) for value in layout.values()))
def test_every_comment_and_reply_comes_once_in_every_layout(replica: Replica, collector: Collector, layout: dict[str, str]) -> None:
    replica.add_world(WORLD)
    replica.configure(**layout)
    ended = collector.run("tag", "lamptok")
    assert ended.status == 0, ended.err
    assert collector.stored() == held_ids(replica.holdings("lamptok"))
    assert ended.report["state"] == "finished"
    assert ended.report["comments"] == {"found": 3 * 44, "new": 3 * 44, "seen": 0}
    assert ended.report["drift"]["rows"] == 0


def test_a_second_run_finds_the_same_and_nothing_new(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(2, 90, tag="lamptok"))
    first = collector.run("tag", "lamptok")
    before = collector.rows()
    replica.configure(ranking=7)
    second = collector.run("tag", "lamptok", "--replies", "0")
    assert (first.status, second.status) == (0, 0)
    assert collector.rows() == before
    assert second.report["comments"]["new"] == 0
    assert second.report["comments"]["seen"] >= 2 * 3 * 19 - 19, "three pages of known comments are enough to leave"
    assert "stored before" in " ".join(second.endings().values())


def test_limits_end_a_video_and_say_so(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(3, 90, tag="lamptok"))
    ended = collector.run("tag", "lamptok", "--videos", "2", "--comments", "20", "--replies", "3")
    videos = [line for line in ended.report["lines"] if line["kind"] == "video"]
    assert len(videos) == 2
    assert all("limit of 20 comments" in line["ended"] for line in videos)
    assert all(20 <= line["comments"]["found"] <= 20 + 3 * 19 for line in videos), "no more than the pages under way"
    assert collector.ask("SELECT count(DISTINCT video_id) FROM comment") == [(2,)], "a neighbour's comments are nobody's wish"


def test_a_video_and_a_creator_are_read_by_their_names(replica: Replica, collector: Collector) -> None:
    videos = replica.add_world(World(2, 12, tag="lamptok"))
    one = videos[0]
    ended = collector.run("video", f"https://www.tiktok.com/@{one.creator.handle}/video/{one.id}?is_from_webapp=1&_t=abc")
    assert ended.status == 0, ended.err
    assert collector.stored() == {one.id: held_ids(replica.holdings("lamptok"))[one.id]}
    again = collector.run("creator", f"@{one.creator.handle}")
    assert again.status == 0, again.err
    assert collector.stored() == held_ids(replica.holdings("lamptok"))
    assert collector.ask("SELECT followers > 0, handle FROM creator WHERE id = ?", one.creator.uid) == [(1, one.creator.handle)]


def test_videos_of_every_kind_are_told_apart(replica: Replica, collector: Collector) -> None:
    kinds = replica.add_special("special", comments=4)
    ended = collector.run("tag", "special")
    assert ended.status == 0, ended.err
    commerce = dict(collector.ask("SELECT id, commerce FROM video"))
    known = {slug: commerce[video.id] for slug, video in kinds.items() if video.id in commerce}
    assert {kind: name for kind, name in known.items() if name != "organic"} != {}
    assert set(known.values()) <= {"organic", "partnership", "ad", "shop", "unknown"}
    assert all(len(product) == 19 for (product,) in collector.ask("SELECT product_id FROM video_product WHERE source = 'TikTok Shop'"))
    assert collector.stored() == held_ids(replica.holdings("special"))


def test_the_profile_is_private_and_what_is_stored_can_be_scored_and_exported_at_once(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(1, 10, tag="lamptok"))
    assert collector.run("tag", "#LampTok").status == 0
    profile = collector.workspace / "browser-profile"
    assert stat.S_IMODE(profile.stat().st_mode) == 0o700
    assert collector.ask("SELECT count(*) FROM raw_page WHERE path LIKE '%msToken%'") == [(0,)]
