"""Grading by itself keeps nobody waiting: it stands back for requests and a busy database, and stops at once."""

from __future__ import annotations

import logging
import signal
import time
from pathlib import Path

import pytest

from companion.app import create_app
from companion.config import Config
from companion.store import Store
from companion.store.migrations import _UNKEY
from tests.companion.background_grader.scene import Companion, keep, many, stored_grades, until
from tests.companion.browser import CHROME, pair_with
from tests.companion.browser import comments as asking
from tests.companion.test_serve import Running


def test_requests_are_answered_while_comments_are_graded(companion: Companion) -> None:
    keep(companion.store, *many(2000))
    paired = pair_with(companion.app.test_client(), companion.services, CHROME, "Chrome")
    companion.begin()
    until(lambda: companion.waiting() < 2000)
    before = companion.waiting()
    for n in range(30):
        answer = paired.post("/v1/score", asking(*(f"do you have it in size {n * 20 + m}?" for m in range(20))))
        assert (answer.status_code, len(answer.get_json()["scores"])) == (200, 20)
        time.sleep(0.05)
    assert 0 < companion.waiting() < before


def test_no_comment_is_read_while_a_request_is_inside_the_model(companion: Companion) -> None:
    keep(companion.store, *many(60))
    with companion.services.gate.entered():
        companion.begin()
        time.sleep(1.5)
        assert companion.waiting() == 60
    until(lambda: companion.waiting() == 0)


def test_it_stops_within_a_second_and_goes_on_where_it_stopped(companion: Companion) -> None:
    keep(companion.store, *many(200))
    companion.begin()
    until(lambda: companion.waiting() < 200)
    began = time.monotonic()
    companion.services.grader.close()
    assert time.monotonic() - began < 1
    left = companion.waiting()
    assert 0 < left < 200
    later = create_app(Config(workspace=companion.store.workspace.root), live=companion.live, store=companion.store)
    grader = later.extensions["buysignal"].grader
    grader.start()
    until(lambda: companion.waiting() == 0)
    grader.close()


def test_it_outlasts_a_database_that_others_keep_busy(companion: Companion, caplog: pytest.LogCaptureFixture) -> None:
    keep(companion.store, *many(20))
    with caplog.at_level(logging.WARNING), companion.store.writing():
        companion.begin()
        until(lambda: "trying again" in caplog.text)
        assert companion.waiting() == 20
    until(lambda: companion.waiting() == 0)


def test_it_stops_within_a_second_or_so_even_while_the_database_is_busy(companion: Companion) -> None:
    keep(companion.store, *many(20))
    with companion.store.writing():
        companion.begin()
        time.sleep(0.3)
        began = time.monotonic()
        companion.services.grader.close()
        assert time.monotonic() - began < 1.5


def test_keys_are_taken_away_without_looking_through_all_comments(store: Store) -> None:
    with store.reading() as connection:
        for column, index in (("parent_id", "comment_by_parent"), ("video_id", "comment_by_video")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {_UNKEY} 'tiktok' AND {column} = 'x'").fetchall()
            assert [index in row["detail"] for row in plan] == [True]


def test_the_companion_grades_what_it_finds_and_stops_cleanly(tmp_path: Path, store: Store) -> None:
    keep(store, *many(40))
    running = Running(store.workspace.root)
    try:
        until(lambda: sum(count for _, count in stored_grades(store)) == 40)
        assert running.stop(signal.SIGTERM) == (0, "BuySignal companion stopped.\n", "")
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.communicate()
