"""`buysignal quality` on real files: tables in, tables out, one clear line where it cannot."""

import csv
import gzip
import json

import pytest
from click.testing import CliRunner

from companion.cli import main
from tests.companion.quality.scene import as_csv, invented


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "videos.csv.gz"
    path.write_bytes(gzip.compress(as_csv(invented(30, 8)).encode()))
    return path


def run(*words):
    return CliRunner().invoke(main, ["quality", *map(str, words)])


def rows_of(path):
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("split", ["time", "creator"])
def test_expect_writes_every_test_row_with_its_interval(table, tmp_path, split):
    out = tmp_path / "pred.csv"
    said = run("expect", "--table", table, "--split", split, "--out", out)
    assert said.exit_code == 0, said.output
    rows = rows_of(out)
    assert [row["video_id"] for row in rows] == [post.video_id for post in invented(30, 8) if getattr(post, f"split_{split}") == "test"]
    assert all(float(row["plays_low"]) < float(row["plays"]) < float(row["plays_high"]) for row in rows)


@pytest.mark.parametrize("formula", ["default", "seed"])
def test_deviation_writes_a_score_for_every_row_in_the_last_column(table, tmp_path, formula):
    out, expected = tmp_path / "scores.csv", tmp_path / "expected.csv"
    said = run("deviation", "--table", table, "--formula", formula, "--out", out, "--expected", expected, "--json")
    assert json.loads(said.stdout)["scored"] == 240
    rows = rows_of(out)
    assert len(rows) == len(rows_of(expected)) == 240
    assert list(rows[0])[-1] == "score"
    assert "nan" not in out.read_text(encoding="utf-8")


def test_rows_that_cannot_be_used_are_named_and_the_rest_is_scored(tmp_path):
    path, out = tmp_path / "videos.csv", tmp_path / "scores.csv"
    lines = as_csv(invented(30, 8)).splitlines()
    cells = lines[1].split(",")
    cells[6] = "-4"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:], lines[2], "too,few"]) + "\n", encoding="utf-8")
    said = run("deviation", "--table", path, "--out", out)
    assert said.exit_code == 0
    assert "stands there twice" in said.stderr
    assert "2 cells, but" in said.stderr
    assert rows_of(out)[0]["score"] == ""
    assert rows_of(out)[0]["why"].startswith("no score; plays -4 is below zero")


def test_a_table_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "videos.csv"
    path.write_text("video_id,plays\n1,2\n", encoding="utf-8")
    said = run("deviation", "--table", path, "--out", tmp_path / "out.csv")
    assert said.exit_code == 2
    assert "missing: author_key" in said.output
    assert not (tmp_path / "out.csv").exists()


@pytest.fixture
def described(tmp_path):
    path = tmp_path / "video.json"
    video = {"plays": "1,2 Mio.", "likes": "90K", "comments": 800, "shares": 2100, "followers": 5000, "create_time": "2025-01-31T12:00:00Z"}
    comments = [{"id": "1", "text": "love this so much", "likes": 3}, {"id": "2", "text": "bio", "parent": "1", "by_creator": True}]
    path.write_text(
        json.dumps({"video": video, "comments": comments, "videos": [{"video": video, "comments": comments}]}), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("formula", ["default", "seed"])
@pytest.mark.parametrize("what", ["video", "creator"])
def test_a_described_video_or_creator_is_scored_with_every_part(described, table, what, formula):
    said = json.loads(run(what, described, "--formula", formula, "--table", table, "--json").stdout)
    assert 0 <= said["value"] <= 100
    assert [part["name"] for part in said["parts"]] == ["deviation", "sentiment", "share value", "engagement"]
    assert sum(part["weight"] for part in said["parts"]) == pytest.approx(1)


def test_on_screen_every_part_has_its_reason(described):
    said = run("video", described)
    assert "partial" in said.output
    assert "answered 1 of 1 top comments" in " ".join(said.output.split())


def test_a_file_that_describes_nothing_is_refused(tmp_path):
    path = tmp_path / "video.json"
    path.write_text("{", encoding="utf-8")
    assert (run("video", path).exit_code, "not valid JSON" in run("video", path).output) == (2, True)
