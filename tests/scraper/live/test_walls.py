"""At a captcha, a login or a challenge the scraper waits for a person, and never solves it itself."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, everything, rightly_attributed

pytestmark = pytest.mark.browser

WORLD = World(2, 30, tag="lamptok")


def log_of(collector: Collector) -> list[dict[str, Any]]:
    [file] = (collector.workspace / "logs").glob("scrape-*.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()]


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
