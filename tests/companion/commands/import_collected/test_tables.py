"""`buysignal import` of tables of comments and videos: checked as a whole, masked at once, the same twice."""

import json

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.store import comments, creators, forgotten, open_store, videos
from tests.companion.commands.import_collected.scene import AT, COMMENTS, NAMES, VIDEO, item, line, planted, stored, take_in


def test_what_was_recognised_is_said_before_anything_is_written(written, workspace):
    result = take_in(workspace, written("c.csv", [{**row, "note": "x"} for row in COMMENTS]), "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "c.csv: table of comments, 2 comments, 1 reply",
        "  columns: id, text, video_id, author, create_time, likes, parent_id, lang",
        "  not used: note",
        "Recognised: 2 comments, 1 reply",
        "Nothing was written (--dry-run).",
    ]
    assert not workspace.exists()


@pytest.mark.parametrize("name", ["c.csv", "c.csv.gz", "c.jsonl", "c.jsonl.gz"])
def test_comments_come_in_with_masked_texts_and_pseudonyms(written, workspace, name):
    result = take_in(workspace, written(name, COMMENTS))
    assert result.exit_code == 0
    assert "New: 2 comments, 1 reply." in result.stdout
    store = open_store(workspace)
    with store.reading() as connection:
        by_id = {comment.id[-3:]: comment for comment in comments.of_video(connection, "tiktok", VIDEO)}
    assert by_id["101"].text == "where is this from @user? call [phone]"
    assert (by_id["102"].likes, by_id["102"].created_at, by_id["102"].lang) == (12, AT * 1000, "en")
    assert by_id["102"].author_alias
    assert (by_id["103"].level, by_id["103"].parent_id) == (2, "7600000000000000102")
    assert planted(workspace, *NAMES) == []


def test_importing_again_changes_nothing(written, workspace):
    video = {"video_id": VIDEO, "author_key": "a1b2c3", "plays": 10, "likes": 2, "followers": 7}
    files = [written("c.csv", COMMENTS), written("v.jsonl", [video])]
    assert take_in(workspace, *files).exit_code == 0
    tables = ("comment", "video", "creator", "video_metric", "comment_metric", "raw_page")
    before = {table: stored(workspace, table) for table in tables}
    assert "New: nothing." in take_in(workspace, *files).stdout
    assert {table: stored(workspace, table) for table in tables} == before


def test_a_later_file_with_newer_counters_adds_a_snapshot(written, workspace):
    take_in(workspace, written("v.jsonl", [{"video_id": VIDEO, "plays": 10, "collected_at": "2026-01-01T00:00:00Z"}]))
    take_in(workspace, written("v.jsonl", [{"video_id": VIDEO, "plays": 25, "collected_at": "2026-01-02T00:00:00Z"}]))
    assert [row["plays"] for row in stored(workspace, "video_metric")] == [10, 25]


def test_videos_come_in_field_by_field(written, workspace):
    row = {
        "video_id": f"https://www.tiktok.com/@shop.tests/video/{VIDEO}",
        "author_key": "00029f7cb156",
        "create_time": "2026-01-02T03:04:05Z",
        "followers": "41300.0",
        "duration_s": "12.5",
        "hashtags": "unboxing|AmazonFinds",
        "caption": "my new ring light",
        "plays": "1600000",
        "likes": "38,900",
        "comments": "504.0",
        "shares": "",
        "saves": "3207",
        "age_h": "2.5",
    }
    assert take_in(workspace, written("v.csv", [row])).exit_code == 0
    with open_store(workspace).reading() as connection:
        video = videos.find(connection, "tiktok", VIDEO)
        creator = creators.find(connection, "tiktok", "00029f7cb156")
        (metric,) = videos.metrics(connection, "tiktok", VIDEO)
    assert video is not None
    assert creator is not None
    assert (video.creator_id, video.caption, video.duration_ms) == ("00029f7cb156", "my new ring light", 12_500)
    assert [tag.lower() for tag in video.hashtags or ()] == ["unboxing", "amazonfinds"]
    assert creator.followers == 41_300
    assert (metric.plays, metric.likes, metric.comments, metric.shares, metric.saves) == (1_600_000, 38_900, 504, None, 3207)
    assert metric.at == (video.created_at or 0) + 9_000_000


def test_counts_come_in_as_people_write_them_and_hidden_ones_are_not_known(written, workspace):
    row = {
        "video_id": VIDEO,
        "plays": "1,2 Mio.",
        "likes": "hidden",
        "comments": "12 rb",
        "shares": "1.234",
        "saves": "n/a",
        "followers": "3万",
    }
    assert take_in(workspace, written("v.csv", [{**row, "author_key": "a1b2c3"}])).exit_code == 0
    (metric,) = stored(workspace, "video_metric")
    assert [metric[name] for name in ("plays", "likes", "comments", "shares", "saves")] == [1_200_000, None, 12_000, 1_234, None]
    assert [maker["followers"] for maker in stored(workspace, "creator")] == [30_000]


@pytest.mark.parametrize("wrong", ["-5", "many", "1.5", "inf"])
def test_a_count_that_cannot_be_is_named_with_its_line(written, workspace, wrong):
    result = take_in(workspace, written("v.csv", [{"video_id": VIDEO, "plays": "7", "likes": wrong}]))
    assert result.exit_code == 2
    assert f'line 2: "likes" is "{wrong}"; it must be a whole number from 0 on' in result.stderr
    assert not workspace.exists()


def test_the_country_of_a_video_comes_by_code_or_english_name(written, workspace):
    rows = [
        {"video_id": f"760000000000000000{n}", "plays": 1, "country": said} for n, said in enumerate(["us", "South Korea", "UK", "ZZ", ""])
    ]
    result = take_in(workspace, written("v.csv", rows))
    assert 'region from "country"' in result.stdout
    assert [row["region"] for row in stored(workspace, "video")] == ["US", "KR", "GB", None, None]


def test_a_country_that_nobody_knows_is_named_with_its_line(written, workspace):
    rows = [{"video_id": VIDEO, "plays": 1, "region": "US"}, {"video_id": "7600000000000000012", "plays": 1, "region": "Narnia"}]
    result = take_in(workspace, written("v.csv", rows))
    assert result.exit_code == 2
    assert 'line 3: "region" is "Narnia"; write the two letters of a country (ISO 3166, such as US), or leave it empty' in result.stderr
    assert not workspace.exists()


def test_a_creator_known_by_handle_alone_is_the_one_another_door_brought(written, workspace):
    take_in(workspace, written("first.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com")]))
    take_in(workspace, written("second.jsonl", [{"video_id": "7600000000000000012", "handle": "@Shop.Tests", "plays": 1}]))
    take_in(workspace, written("third.jsonl", [{"video_id": "7600000000000000013", "handle": "other.tests", "plays": 1}]))
    assert {row["id"]: row["creator_id"] for row in stored(workspace, "video")} == {
        VIDEO: "7100000000000000022",
        "7600000000000000012": "7100000000000000022",
        "7600000000000000013": "@other.tests",
    }


def test_who_asked_to_be_left_out_stays_out(written, workspace):
    store = open_store(workspace)
    with store.writing() as connection:
        pseudonym = store.workspace.pseudonym
        forgotten.add(connection, {pseudonym("mia.tests"), *forgotten.creator_marks("a1b2c3", None)}, pseudonym, 1)
    hers = written("v.csv", [{"video_id": "7600000000000000012", "author_key": "a1b2c3", "plays": 3}])
    assert take_in(workspace, written("c.csv", COMMENTS), hers).exit_code == 0
    assert [row["id"][-3:] for row in stored(workspace, "comment")] == ["102", "103"]
    assert [row["id"] for row in stored(workspace, "video")] == [VIDEO]
    assert stored(workspace, "creator") == []


def test_the_result_as_json(written, workspace):
    found = json.loads(take_in(workspace, written("c.csv", COMMENTS), "--json").stdout)
    assert (found["comments"], found["replies"], found["new"]) == (2, 1, {"videos": 0, "comments": 2, "replies": 1})
    assert found["files"][0]["kind"] == "comments"


def test_an_export_comes_in_again_and_changes_nothing(written, workspace, tmp_path):
    take_in(workspace, written("c.csv", [*COMMENTS, {"id": "7600000000000000104", "text": "=link? -)", "video_id": VIDEO}]))
    shown = item(VIDEO, "7100000000000000022", "shop.tests", locationCreated="VN")
    take_in(workspace, written("v.ndjson", [line(shown, "tiktok.com")]))
    before = {table: stored(workspace, table) for table in ("comment", "video", "creator", "video_metric")}
    for what in ("comments", "videos"):
        for form in ("csv", "jsonl"):
            out = tmp_path / f"{what}.{form}"
            args = ["export", what, "--format", form, "--out", str(out), "--workspace", str(workspace)]
            assert CliRunner().invoke(main, args).exit_code == 0
            assert "New: nothing." in take_in(workspace, out).stdout
    assert {table: stored(workspace, table) for table in before} == before
    assert [row["region"] for row in before["video"]] == ["VN"]
