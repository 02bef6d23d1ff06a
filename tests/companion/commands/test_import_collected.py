"""`buysignal import` of comments, videos, Zeeschuimer's lines and TikTok's pages: checked as a whole, masked at once, the same twice."""

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.store import comments, creators, forgotten, open_store, videos

CAPTURES = Path(__file__).parents[4] / "shared" / "data" / "captures"
VIDEO = "7600000000000000011"
AT = 1_770_000_000
COMMENTS = [
    {"id": "7600000000000000101", "text": "where is this from @amy.tests? call +1 415 555 0199", "video_id": VIDEO, "author": "mia.tests"},
    {"id": "7600000000000000102", "text": "need", "video_id": VIDEO, "author": "@Bo.Tests", "create_time": AT, "likes": 12, "lang": "en"},
    {"id": "7600000000000000103", "text": "me too", "video_id": VIDEO, "author": "cy.tests", "parent_id": "7600000000000000102"},
]
NAMES = ("mia.tests", "bo.tests", "cy.tests", "amy.tests", "415 555")


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def written(tmp_path):
    """Writes a file of text, or of rows as JSON lines or CSV; all as old as each other, so that times do not differ."""

    def write(name, content):
        if isinstance(content, list):
            content = as_csv(content) if ".csv" in name else "".join(json.dumps(row) + "\n" for row in content)
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
        os.utime(path, (AT, AT))
        return path

    return write


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def take_in(workspace, *args):
    return CliRunner().invoke(main, ["import", "--workspace", str(workspace), *map(str, args)])


def stored(workspace, table):
    with open_store(workspace).reading() as connection:
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]


def whole_database(workspace):
    return b"".join(path.read_bytes() for path in workspace.glob("buysignal.db*")).lower()


def planted(workspace, *names):
    """Which of the names are in the database or its log."""
    database = whole_database(workspace)
    return [name for name in names if name.lower().encode() in database]


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


def test_a_creator_known_by_handle_alone_is_the_one_another_door_brought(written, workspace):
    take_in(workspace, written("first.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com")]))
    take_in(workspace, written("second.jsonl", [{"video_id": "7600000000000000012", "handle": "@Shop.Tests", "plays": 1}]))
    take_in(workspace, written("third.jsonl", [{"video_id": "7600000000000000013", "handle": "other.tests", "plays": 1}]))
    assert {row["id"]: row["creator_id"] for row in stored(workspace, "video")} == {
        VIDEO: "7100000000000000022",
        "7600000000000000012": "7100000000000000022",
        "7600000000000000013": "@other.tests",
    }


def test_one_wrong_line_stops_all_files(written, workspace):
    bad = written(
        "bad.csv",
        "id,text,video_id,create_time,likes\n"
        "7600000000000000101,ok,7600000000000000011,2026-01-01,1\n"
        "7.6E+18,ok,7600000000000000011,,\n"
        "7600000000000000102,ok,,yesterday,many\n"
        "c3,ok,7600000000000000011,,\n"
        "7600000000000000104,a,b,c,d,e\n",
    )
    result = take_in(workspace, written("good.csv", COMMENTS), bad)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        'bad.csv line 3: "id" is "7.6E+18", shortened by a spreadsheet; give that column the format text and fill it in again',
        'bad.csv line 4: "create_time" is "yesterday"; write a time such as "2026-01-31T18:30:00Z", or seconds since 1970; '
        '"likes" is "many"; it must be a whole number from 0 on; "video_id" is missing or empty',
        'bad.csv line 5: "id" is "c3"; it must be the number that TikTok gave it',
        "bad.csv line 6: 6 cells, but 5 columns; put text with commas or line breaks in quotation marks",
        "4 wrong lines; nothing was imported from any file. Mend them and import again.",
    ]
    assert not workspace.exists()


def test_many_wrong_lines_are_counted_and_some_are_shown(written, workspace):
    result = take_in(workspace, written("c.jsonl", [{**COMMENTS[1], "likes": "many"} for _ in range(200)]))
    last = ["and 150 more", "200 wrong lines; nothing was imported from any file. Mend them and import again."]
    assert result.stderr.splitlines()[50:] == last


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "name,price\nx,3\n", "what it holds could not be recognised; say so with --kind"),
        ("a.jsonl", "not json\n", "what it holds could not be recognised"),
        ("a.json", '[{"id": "1",\n"text": "x", "video_id": "2"}]', "it is one JSON list; write one object a line (.jsonl)"),
        ("a.json", "{", "not valid JSON"),
        ("a.txt", "x", "the name must end in"),
        ("a.html", "<html></html>", "nothing of TikTok's that is read here"),
        ("a.json", '{"statusCode": 0}', "what it holds could not be recognised"),
    ],
)
def test_a_file_of_no_known_kind_is_named(written, workspace, name, content, message):
    result = take_in(workspace, written(name, content))
    assert result.exit_code == 2
    assert message in result.stderr
    assert not workspace.exists()


def test_a_missing_column_is_named(written, workspace):
    result = take_in(workspace, written("c.csv", "id,text\n1,x\n"), "--kind", "comments")
    assert "c.csv line 1: no column was found for: video_id" in result.stderr


def test_labels_and_comments_are_not_mixed(written, workspace):
    labels = written("l.jsonl", [{"id": "1", "text": "x", "grade": 3}])
    result = take_in(workspace, labels, written("c.csv", COMMENTS))
    assert (result.exit_code, workspace.exists()) == (2, False)
    assert "import them one kind at a time" in result.stderr
    assert "1 label imported." in take_in(workspace, labels).stdout


def item(video, creator, handle, **more):
    return {
        "id": video,
        "desc": "my new ring light #unboxing",
        "createTime": AT,
        "author": {"id": creator, "uniqueId": handle, "nickname": "Shop"},
        "stats": {"diggCount": 5, "shareCount": 1, "commentCount": 2, "playCount": 100, "collectCount": 0},
        "challenges": [{"title": "unboxing"}],
        "isAd": False,
        **more,
    }


def comment(cid, uid, handle, text, **more):
    return {
        "cid": cid,
        "id": cid,
        "aweme_id": VIDEO,
        "text": text,
        "create_time": AT,
        "digg_count": 3,
        "reply_comment_total": 0,
        "reply_id": "0",
        "reply_to_reply_id": "0",
        "comment_language": "en",
        "user": {"uid": uid, "unique_id": handle, "nickname": "Mia Rosenblatt", "sec_uid": "MS4wLjABAAAAexample"},
        **more,
    }


def line(data, platform, at=AT * 1000):
    """A line as Zeeschuimer writes it."""
    return {
        "nav_index": "1:2:3",
        "item_id": data["id"],
        "timestamp_collected": at,
        "source_platform": platform,
        "source_platform_url": "https://www.tiktok.com/@shop.tests",
        "source_url": "https://www.tiktok.com/api/comment/list/?aweme_id=1&msToken=secret-token",
        "user_agent": "Mozilla/5.0",
        "data": data,
    }


def test_zeeschuimer_lines_of_posts_and_comments_are_recognised_and_read(written, workspace):
    posts = written("posts.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com")])
    answer = comment("7600000000000000102", "7100000000000000022", "shop.tests", "in my shop", reply_id="7600000000000000101")
    asks = comment("7600000000000000101", "7100000000000000044", "mia.tests", "where from? @amy.tests")
    threads = written("comments.ndjson", [line(asks, "tiktok-comments"), line(answer, "tiktok-comments")])
    result = take_in(workspace, threads, posts)
    assert result.exit_code == 0
    assert "comments.ndjson: what Zeeschuimer saw, 1 comment, 1 reply" in result.stdout
    assert "New: 1 video, 1 comment, 1 reply." in result.stdout
    store = open_store(workspace)
    with store.reading() as connection:
        first, reply = sorted(comments.of_video(connection, "tiktok", VIDEO), key=lambda c: c.id)
        video = videos.find(connection, "tiktok", VIDEO)
    assert (first.text, first.author, first.created_at) == (
        "where from? @user",
        store.workspace.pseudonym("7100000000000000044"),
        AT * 1000,
    )
    assert (reply.level, reply.parent_id, reply.is_creator_reply) == (2, first.id, True)
    assert video is not None
    assert (video.creator_id, video.commerce) == ("7100000000000000022", "organic")
    assert {row["door"] for row in stored(workspace, "raw_page")} == {"zeeschuimer"}
    assert planted(workspace, "Mia Rosenblatt", "mia.tests", "7100000000000000044", "secret-token", "MS4wLjABAAAAexample") == []


def test_lines_that_came_through_4cat_or_hold_the_object_alone_are_read_too(written, workspace):
    meta = {key: value for key, value in line({"id": "1"}, "tiktok-comments").items() if key != "data"}
    through = {**comment("7600000000000000101", "7100000000000000044", "mia.tests", "need"), "__import_meta": meta}
    alone = comment("7600000000000000102", "7100000000000000045", "bo.tests", "want")
    assert "New: 2 comments." in take_in(workspace, written("c.ndjson", [through, alone])).stdout


def test_lines_of_another_platform_are_refused_by_name(written, workspace):
    other = line({"id": "1", "node": {}}, "instagram.com")
    result = take_in(workspace, written("z.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com"), other]))
    assert result.stderr.startswith('z.ndjson line 2: "source_platform" is "instagram.com"; only TikTok is read')
    assert not workspace.exists()


def test_a_folder_of_answers_and_pages_is_taken_in(written, workspace, tmp_path):
    asks = comment("7600000000000000101", "7100000000000000044", "mia.tests", "need")
    wants = comment("7600000000000000102", "7100000000000000045", "bo.tests", "want")
    answer = {"comments": [asks], "has_more": 0, "cursor": 20, "status_code": 0}
    detail = {"itemInfo": {"itemStruct": item(VIDEO, "7100000000000000022", "shop.tests")}}
    universal = json.dumps({"__DEFAULT_SCOPE__": {"webapp.video-detail": detail}})
    written("raw/a/list.json", json.dumps(answer))
    written("raw/page.html", f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{universal}</script>')
    written("raw/app.json.gz", json.dumps({"code": 200, "data": {"comments": [wants]}}))
    written("raw/notes.txt", "not ours")
    address = f"https://www.tiktok.com/api/comment/list/?aweme_id={VIDEO}&cursor=20&msToken=secret-token"
    written("raw/recorded.jsonl", [{"url": address, "status": 200, "body": json.dumps(answer)}])
    result = take_in(workspace, tmp_path / "raw")
    assert result.exit_code == 0
    assert "raw: pages of TikTok, 1 video, 3 comments" in result.stdout
    assert "New: 1 video, 2 comments." in result.stdout
    assert "New: nothing." in take_in(workspace, tmp_path / "raw").stdout
    assert f"/api/comment/list/?aweme_id={VIDEO}&cursor=20" in [row["path"] for row in stored(workspace, "raw_page")]
    assert planted(workspace, "secret-token", "mia.tests", "Mia Rosenblatt") == []


def test_the_page_of_an_account_alone_is_taken_in(written, workspace):
    profile = {"user": {"id": "7100000000000000022", "uniqueId": "shop.tests", "nickname": "Shop"}, "stats": {"followerCount": 41300}}
    assert take_in(workspace, written("profile.json", json.dumps({"userInfo": profile}))).exit_code == 0
    assert [(row["id"], row["followers"]) for row in stored(workspace, "creator")] == [("7100000000000000022", 41300)]


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


def test_names_in_a_file_cannot_steer_the_terminal(written, workspace):
    result = take_in(workspace, written("c.jsonl", [{**COMMENTS[0], f"{chr(27)}[2J": 1}]))
    assert result.exit_code == 0
    assert chr(27) not in result.stdout


def test_an_export_comes_in_again_and_changes_nothing(written, workspace, tmp_path):
    take_in(workspace, written("c.csv", [*COMMENTS, {"id": "7600000000000000104", "text": "=link? -)", "video_id": VIDEO}]))
    take_in(workspace, written("v.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com")]))
    before = {table: stored(workspace, table) for table in ("comment", "video", "creator", "video_metric")}
    for what in ("comments", "videos"):
        for form in ("csv", "jsonl"):
            out = tmp_path / f"{what}.{form}"
            args = ["export", what, "--format", form, "--out", str(out), "--workspace", str(workspace)]
            assert CliRunner().invoke(main, args).exit_code == 0
            assert "New: nothing." in take_in(workspace, out).stdout
    assert {table: stored(workspace, table) for table in before} == before


@pytest.mark.shared
@pytest.mark.skipif(not CAPTURES.exists(), reason="the captures are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("parsed_comments_2024-10_id", (1, 36, 2)),
        ("web_comment_list_2026-02-05_ur", (0, 19, 0)),
        ("app_comment_list_2021-08", (0, 2, 0)),
        ("app_comment_reply_2021-08", (0, 0, 2)),
        ("scrapfly_2026-01-29", (66, 0, 0)),
    ],
)
def test_real_captures_come_in_and_change_nothing_the_second_time(workspace, name, counts):
    first = json.loads(take_in(workspace, CAPTURES / name, "--json").stdout)
    assert tuple(first["new"].values()) == counts
    assert tuple(json.loads(take_in(workspace, CAPTURES / name, "--json").stdout)["new"].values()) == (0, 0, 0)
