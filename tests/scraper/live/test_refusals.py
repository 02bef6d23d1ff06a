"""What the scraper does when TikTok says no: the right state, a polite end, nothing put under the wrong video."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, held_ids

pytestmark = pytest.mark.browser

WORLD = World(2, 30, tag="lamptok")


def everything(replica: Replica) -> dict[str, set[str]]:
    return held_ids(replica.holdings("lamptok"))


def rightly_attributed(replica: Replica, collector: Collector) -> bool:
    """Whether all that is stored stands under the video that holds it."""
    held = everything(replica)
    return all(ids <= held[video] for video, ids in collector.stored().items())


def log_of(collector: Collector) -> list[dict[str, Any]]:
    [file] = (collector.workspace / "logs").glob("scrape-*.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize(
    ("endpoint", "answer", "options"),
    [
        ("comments", "empty", {"at": 2}),
        ("comments", "too_fast", {"at": 2, "retry_after_s": 1}),
        ("comments", "cut", {"at": 2}),
        ("tag_items", "empty", {"at": 1}),
        ("page", "challenge_flash", {"at": 1}),
        ("comments", "login_closable", {"at": 2}),
    ],
)
def test_a_refusal_that_passes_costs_a_pause_and_no_row(
    replica: Replica, collector: Collector, endpoint: str, answer: str, options: dict[str, Any]
) -> None:
    replica.add_world(WORLD)
    replica.refuse(endpoint, answer, **options)  # type: ignore[arg-type]
    ended = collector.run("tag", "lamptok")
    assert ended.status == 0, ended.err
    assert ended.report["state"] == "finished"
    assert collector.stored() == everything(replica)


@pytest.mark.parametrize(
    ("answer", "reason", "most_requests"),
    [("empty", "answering with nothing", 8), ("blocked", "403", 2), ("too_fast", "too fast", 8)],
)
def test_a_refusal_that_stays_pauses_the_run_politely(
    replica: Replica, collector: Collector, answer: str, reason: str, most_requests: int
) -> None:
    replica.add_world(WORLD)
    replica.refuse("comments", answer, at=2, times=None, retry_after_s=0)  # type: ignore[arg-type]
    ended = collector.run("tag", "lamptok")
    assert ended.status == 75
    assert ended.report["state"] == "paused"
    [(why, pace)] = collector.ask("SELECT reason, pace FROM run")
    assert reason in why
    assert pace in {"paused", "stopped"}
    assert len(replica.refusals.log) <= most_requests, "it does not hammer"
    assert collector.stored(), "what came before stays"
    assert rightly_attributed(replica, collector)


@pytest.mark.parametrize(
    ("endpoint", "answer", "solve"),
    [
        ("comments", "verify", "solve_captcha"),
        ("comments", "verify_config", "solve_captcha"),
        ("comments", "captcha", "solve_captcha"),
        ("comments", "login", "log_in"),
        ("page", "login_redirect", "log_in"),
        ("page", "challenge", "solve_challenge"),
    ],
)
def test_a_wall_waits_for_a_person_and_goes_on_afterwards(
    replica: Replica, collector: Collector, endpoint: str, answer: str, solve: str
) -> None:
    replica.add_world(WORLD)
    replica.refuse(endpoint, answer, at=2 if endpoint == "comments" else 1, times=None)  # type: ignore[arg-type]

    def person() -> None:
        collector.until("SELECT state = 'waiting' AND reason <> '' FROM run")
        asked = len(replica.requests)
        time.sleep(1.0)
        lists = [one for one in replica.requests[asked:] if one.path.startswith("/api/comment")]
        assert len(lists) <= 1, "it stops acting while it waits"
        getattr(replica, solve)()

    ended = collector.run("tag", "lamptok", "--wait", "2", meanwhile=person)
    assert ended.status == 0, ended.err
    assert collector.stored() == everything(replica)
    assert "see to it in the browser window" in ended.err or ended.report["state"] == "finished"
    assert {event["event"] for event in log_of(collector)} >= {"waiting", "going on"}
    assert [who for _, who in replica.refusals.solved] == ["test"], "nobody but the person solved it"


def test_a_wall_without_a_person_is_a_checkpoint_that_the_same_command_takes_up(replica: Replica, collector: Collector) -> None:
    replica.add_world(WORLD)
    replica.refuse("comments", "verify", at=2, times=None)
    first = collector.run("tag", "lamptok", "--wait", "0.02")
    assert first.status == 75
    assert "captcha" in collector.ask("SELECT reason FROM run")[0][0]
    assert rightly_attributed(replica, collector)
    replica.solve_captcha()
    second = collector.run("tag", "lamptok")
    assert second.status == 0, second.err
    assert second.report["run"] == first.report["run"], "the same run goes on"
    assert collector.stored() == everything(replica)
    videos = [line for line in second.report["lines"] if line["kind"] == "video"]
    assert [line["comments"]["found"] for line in videos] == [30, 30], "each comment counts once over both sittings"


def test_captcha_after_captcha_ends_the_run(replica: Replica, collector: Collector) -> None:
    replica.add_world(World(3, 40, tag="lamptok"))
    replica.limit_session("comments", 2, "captcha")
    over = threading.Event()

    def solve() -> None:
        while not over.wait(0.3):
            if collector.waits():
                replica.solve_captcha()

    person = threading.Thread(target=solve)
    person.start()
    try:
        ended = collector.run("tag", "lamptok", "--wait", "2")
    finally:
        over.set()
        person.join()
    assert ended.status == 75
    assert "captcha" in collector.ask("SELECT reason FROM run")[0][0]


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
