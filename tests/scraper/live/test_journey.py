"""From a hashtag to graded comments: what a run brings is read by the next command without a step between."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.replica import Replica
from tests.replica.world import World
from tests.scraper.live.collector import Collector, held_ids

pytestmark = pytest.mark.browser


def test_a_run_is_exported_and_graded_with_its_context(replica: Replica, newcomer: Collector) -> None:
    [video] = replica.add_world(World(1, 12, tag="amazonfinds"))
    assert newcomer.run("tag", "amazonfinds").status == 0
    exported = newcomer.workspace / "comments.jsonl"
    where = ["--workspace", str(newcomer.workspace)]
    subprocess.run(
        [sys.executable, "-m", "companion", "export", "comments", "--format", "jsonl", "--out", str(exported), *where], check=True
    )
    rows = [json.loads(line) for line in exported.read_text().splitlines()]
    assert {row["id"] for row in rows} == held_ids(replica.holdings("amazonfinds"))[video.id]
    assert {row["context"]["caption"] for row in rows} == {video.caption}
    assert any(row["context"]["parent"] for row in rows if row["level"] == 2)
    graded = subprocess.run([sys.executable, "-m", "companion", "score", str(exported)], check=True, capture_output=True, text=True)
    answers = [json.loads(line) for line in graded.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all(1 <= answer["grade"] <= 10 for answer in answers)
