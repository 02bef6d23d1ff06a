"""`buysignal quality multiplier`: with enough labels the multipliers and a split, without them what is missing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from companion.cli import main
from companion.registry import Registry
from companion.store import Store, clock, quality_looks
from companion.store.quality_looks import Groups, Subject
from tests.companion.graded_scene import DAY, Scene


def run(store: Store, *args: object) -> Result:
    return CliRunner().invoke(main, ["quality", "multiplier", *map(str, args), "--workspace", str(store.workspace.root)])


@pytest.fixture
def taught(store: Store) -> Store:
    registry = Registry(store)
    scene = Scene(store, registry.find(registry.active_name()).id)
    subjects = []
    for maker, subject, high in (("small", "beauty", 0.9), ("large", "home", 0.1)):
        scene.creator(maker, followers=1_000 if maker == "small" else 99_000)
        for week in range(5):
            scene.video(f"{maker}-{week}", maker, created_at=clock.now_ms() - (7 * week + 1) * DAY)
            scene.says(f"{maker}-{week}", 0.9, 0.9, 0.1)
            subjects.append(Subject("tiktok", f"{maker}-{week}", subject, "#tag", high))
    told = {"auc": 0.8, "low": 0.7, "high": 0.9, "n": 60}
    with store.writing() as connection:
        quality_looks.put_subjects(connection, subjects)
        known = {"labelled": 60, "good": 25, "reason": "", "told": told, "answers": 0}
        quality_looks.put_groups(connection, Groups(clock.now_ms(), True, known, {}))
    return store


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_budget_is_split_and_both_files_are_written(taught: Store, tmp_path: Path) -> None:
    split, course = tmp_path / "split.csv", tmp_path / "course.csv"
    found = run(taught, "--budget", 500, "--currency", "EUR", "--out", split, "--over-time", course, "--json")
    assert found.exit_code == 0, found.output
    said = json.loads(found.stdout)
    assert said["multipliers"]["beauty"]["value"] > 1 > said["multipliers"]["home"]["value"]
    assert sum(part["amount"] for part in said["split"]) == pytest.approx(500)
    assert [row["currency"] for row in rows(split)] == ["EUR", "EUR"]
    assert {row["subject"] for row in rows(course)} == {"beauty", "home"}


def test_without_labels_nothing_is_written_and_the_way_is_said(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "split.csv"
    assert "not compared with each other yet" in run(store, "--budget", 5, "--out", out).output
    with store.writing() as connection:
        known = {"labelled": 3, "good": 1, "reason": "1 labelled 2 (good)", "told": None, "answers": 3}
        quality_looks.put_groups(connection, Groups(1, True, known, {}))
    found = run(store, "--budget", 5, "--out", out)
    assert found.exit_code == 0
    assert "buysignal label task new --kind video" in found.output
    assert not out.exists()


def test_a_file_for_the_split_needs_a_budget(store: Store, tmp_path: Path) -> None:
    found = run(store, "--out", tmp_path / "split.csv")
    assert found.exit_code == 2
    assert "add --budget" in found.output
