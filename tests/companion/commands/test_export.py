"""`buysignal export`: one row each, in a stable order, with pseudonyms only, as a whole file or none."""

import csv
import io
import json

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from companion import grading
from companion.cli import main
from companion.commands import export as command
from companion.exporting import writers
from companion.exporting.files import whole_file
from companion.store import comments, creators, labels, open_store, sample, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.videos import Metric, Video
from tests.companion.store.scenes import label

AT = 1_770_000_000_123
TIME = "2026-02-02T02:40:00.123Z"
TEXTS = {"c1": "where is this from?", "c2": "=cmd()|'x'", "c3": "need ไหน 😍", "c4": '"quoted", and\ncut'}


@pytest.fixture
def workspace(tmp_path, model):
    store = open_store(tmp_path / "workspace")
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", "m1", handle="maker.tests", followers=7), Creator("sample", "m1")], AT)
        about = {"caption": "mug #cozy", "hashtags": ("cozy", "mug"), "duration_ms": 12_500, "region": "VN"}
        video = Video("tiktok", "v1", creator_id="m1", commerce="organic", **about)
        videos.save(connection, [video, Video("sample", "v1", creator_id="m1")], AT)
        videos.measure(connection, [Metric("tiktok", "v1", AT - 1, plays=1), Metric("tiktok", "v1", AT, plays=2, likes=1)])
        mine = [Comment("tiktok", key, "v1", text, author=f"pseudonym-{key}", created_at=AT, likes=3) for key, text in TEXTS.items()]
        comments.save(connection, [*mine, Comment("sample", "c1", "v1", "invented")], AT)
    with store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="c1", grade=4, signal="question", client_id="amy", created_at=AT))
        labels.append(connection, label(2, comment_id="c1", grade=9, signal="want", created_at=AT))
    grading.grade_platform(model, store, "tiktok")
    return store.workspace.root


def run(workspace, *args):
    return CliRunner().invoke(main, ["export", *map(str, args), "--workspace", str(workspace)])


def read(path):
    """The rows of a file of any format, every value as CSV would write it."""
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", command.FORMATS)
def test_comments_come_with_grade_and_label_one_a_row(workspace, tmp_path, model, form):
    out = tmp_path / f"comments.{form}"
    result = run(workspace, "comments", "--format", form, "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"{out}: 4 comments\n")
    rows = read(out)
    assert [row["id"] for row in rows] == ["c1", "c2", "c3", "c4"]
    assert {row["model"] for row in rows} == {model.id}
    assert all(1 <= float(row["grade"]) <= 10 and 0 <= float(row["p_high"]) <= 1 and row["signal"] and row["sentiment"] for row in rows)
    assert (int(rows[0]["label_grade"]), rows[0]["label_signal"], rows[0]["label_source"]) == (9, "want", "badge")
    assert [rows[1]["label_grade"] in (None, ""), rows[0]["author_pseudonym"]] == [True, "pseudonym-c1"]
    if form != "csv":
        assert [row["text"] for row in rows] == list(TEXTS.values())
    if form == "parquet":
        assert pq.read_table(out).schema.field("create_time").type.tz == "UTC"
        assert rows[0]["create_time"].isoformat() == "2026-02-02T02:40:00.123000+00:00"
    else:
        assert rows[0]["create_time"] == TIME


def test_cells_that_a_spreadsheet_would_run_are_guarded(workspace, tmp_path):
    run(workspace, "comments", "--out", tmp_path / "c.csv")
    run(workspace, "comments", "--format", "xlsx", "--out", tmp_path / "c.xlsx")
    assert [row["text"] for row in read(tmp_path / "c.csv")] == ["where is this from?", "'=cmd()|'x'", TEXTS["c3"], TEXTS["c4"]]
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert [cell.value for cell in cells if cell.quotePrefix] == [TEXTS["c2"]]


def test_a_byte_order_mark_comes_on_request_only(workspace, tmp_path):
    run(workspace, "comments", "--out", tmp_path / "plain.csv")
    run(workspace, "comments", "--bom", "--out", tmp_path / "marked.csv")
    plain, marked = (tmp_path / "plain.csv").read_bytes(), (tmp_path / "marked.csv").read_bytes()
    assert marked == b"\xef\xbb\xbf" + plain
    assert run(workspace, "comments", "--bom", "--format", "jsonl").exit_code == 2


@pytest.mark.parametrize("what", command.WHAT)
@pytest.mark.parametrize("form", command.FORMATS)
def test_everything_can_be_written_twice_alike(workspace, tmp_path, what, form):
    files = [tmp_path / f"{number}.{form}" for number in range(2)]
    for out in files:
        assert run(workspace, what, "--format", form, "--out", out).exit_code == 0
    assert read(files[0]) == read(files[1])
    assert not [row for row in read(files[0]) if row.get("platform") == sample.PLATFORM or f"{sample.PLATFORM} " in str(row.get("video"))]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["workspace", *(out.name for out in files)])


def test_videos_creators_hashtags_and_labels(workspace):
    def rows(what):
        return [json.loads(line) for line in run(workspace, what, "--format", "jsonl").stdout.splitlines()]

    (video,), (maker,), marks, votes = rows("videos"), rows("creators"), rows("hashtags"), rows("labels")
    shown = ("video_id", "author_key", "handle", "duration_s", "hashtags", "plays", "likes", "collected_at", "commerce", "comments_seen")
    assert [video[key] for key in shown] == ["v1", "m1", "maker.tests", 12.5, ["cozy", "mug"], 2, 1, TIME, "organic", 4]
    assert video["region"] == "VN"
    assert [maker[key] for key in ("handle", "followers", "videos_seen")] == ["maker.tests", 7, 1]
    assert [maker[key] for key in ("organic_videos_counted", "comments_counted")] == [1, 4]
    assert 0 <= maker["intent_rate_low"] <= maker["intent_rate"] <= maker["intent_rate_high"] <= 1
    assert [(mark["hashtag"], mark["videos"], mark["organic_videos"], mark["comments_seen"]) for mark in marks] == [
        ("cozy", 1, 1, 4),
        ("mug", 1, 1, 4),
    ]
    assert {mark["comments_counted"] for mark in marks} == {4}
    assert all(mark["intent_rate"] == maker["intent_rate"] for mark in marks)
    assert [(vote["id"], vote["annotator"], vote["grade"]) for vote in votes] == [("c1", "amy", 4), ("c1", None, 9)]


def test_products_have_the_demand_under_their_videos(workspace, model):
    store = open_store(workspace)
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "v1", product="Cozy mug"), Video("sample", "v1", product="invented")], AT)
    grading.grade_platform(model, store, "tiktok")  # a product is part of what the model reads
    (product,) = [json.loads(line) for line in run(workspace, "products", "--format", "jsonl").stdout.splitlines()]
    assert [product[key] for key in ("platform", "product", "organic_videos", "comments_counted")] == ["tiktok", "Cozy mug", 1, 4]
    assert 0 <= product["intent_rate_low"] <= product["intent_rate"] <= product["intent_rate_high"] <= 1


def test_leads_hold_a_link_and_no_word_of_the_comment(workspace, tmp_path):
    out = tmp_path / "leads.csv"
    result = run(workspace, "leads", "--out", out)
    assert result.exit_code == 0
    assert "can identify the person" in result.stderr
    first = read(out)[0]
    assert list(first) == ["link", "grade", "signal", "product_asked_for", "video"]
    assert float(first["grade"]) == 9.0  # the user's own
    assert not [text for text in TEXTS.values() if text in out.read_text(encoding="utf-8")]


def test_labels_come_in_again_elsewhere(workspace, tmp_path):
    for form in ("csv", "jsonl"):
        out, other = tmp_path / f"labels.{form}", tmp_path / f"other-{form}"
        run(workspace, "labels", "--format", form, "--out", out)
        result = CliRunner().invoke(main, ["import", str(out), "--workspace", str(other)])
        assert "2 labels imported." in result.stdout
        with open_store(other).reading() as connection:
            assert [(vote.comment_id, vote.grade, vote.client_id) for vote in labels.votes(connection)] == [("c1", 4, "amy"), ("c1", 9, "")]


def test_what_fails_half_way_leaves_no_file_and_the_old_one_in_place(tmp_path):
    out = tmp_path / "c.csv"
    out.write_text("old")
    with pytest.raises(ValueError, match="closed file"), whole_file(out) as stream:
        stream.close()
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]
    assert out.read_text() == "old"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["comments", "--format", "parquet"], "a parquet file cannot be shown in the terminal; add --out FILE"),
        (["comments", "--json"], "--json needs --out FILE"),
        (["comments", "--model", "none"], "no model is called 'none'"),
        (["comments", "--out", "no/such/folder/c.csv"], "nothing was written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(workspace, args, message):
    result = run(workspace, *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_empty_workspace_is_not_made_for_an_export(tmp_path):
    result = run(tmp_path / "none", "comments")
    assert result.exit_code == 2
    assert not (tmp_path / "none").exists()


def test_a_workbook_goes_on_in_another_sheet_when_one_is_full(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(writers, "SHEET_ROWS", 2)
    run(workspace, "comments", "--format", "xlsx", "--out", tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert {sheet.title: sheet.max_row for sheet in book} == {"comments": 3, "comments 2": 3}


def test_an_export_of_the_sample_alone_says_why_it_is_empty(workspace, tmp_path, model):
    assert "sample" not in run(workspace, "products").stderr  # empty, but not because of the sample
    store = open_store(tmp_path / "fresh")
    with store.writing() as connection:
        creators.save(connection, [Creator("sample", "m1")], AT)
        videos.save(connection, [Video("sample", "v1", creator_id="m1")], AT)
        comments.save(connection, [Comment("sample", "c1", "v1", "invented")], AT)
    result = run(tmp_path / "fresh", "comments", "--out", tmp_path / "c.csv")
    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path / 'c.csv'}: 0 comments\n"
    assert result.stderr == "0 comments: the workspace holds only the invented sample, which is left out. Collect or import some first.\n"
