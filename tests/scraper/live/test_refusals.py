"""When TikTok says no for a while the run waits and loses no row; when it goes on saying no, the run pauses politely."""

from __future__ import annotations

from typing import Any

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, everything, rightly_attributed

pytestmark = pytest.mark.browser

WORLD = World(2, 30, tag="lamptok")


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
