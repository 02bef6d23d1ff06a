"""Zeeschuimer's lines, TikTok's answers and its pages are recognised and read."""

import json
from pathlib import Path

import pytest

from companion.store import comments, open_store, videos
from tests.companion.commands.import_collected.scene import AT, VIDEO, comment, item, line, planted, stored, take_in

CAPTURES = Path(__file__).parents[5] / "shared" / "data" / "captures"


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
