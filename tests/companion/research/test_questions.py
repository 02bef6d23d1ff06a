"""`buysignal research`: what is asked of the official API, and what comes of its answers."""

import json
from datetime import date

import pytest

from companion.research.queries import VideoQuestion
from companion.store import comments, creators, forgotten, open_store, videos
from companion.tiktok.research import answer_of, comment_item
from tests.companion.research.scene import DAYS, TERM, VIDEO, collect, comment, run, stored


def test_without_the_term_nothing_is_asked_and_the_reason_is_said(api, workspace):
    for args in (["videos", "--hashtag", "unboxing", *DAYS], ["comments", str(VIDEO)]):
        result = run(workspace, *args)
        assert result.exit_code == 2
        assert "non-commercial research" in result.stderr
        assert TERM in result.stderr
    assert (api.asked, api.tokens, workspace.exists()) == ([], 0, False)


def test_videos_come_page_by_page_with_exact_ids(api, workspace):
    result = collect(workspace)
    assert result.exit_code == 0
    assert "Found: 5 videos. New: 5 videos. Requests left today: 997." in result.stdout
    assert [path for path, _ in api.asked] == ["/v2/research/video/query/"] * 3
    assert [body.get("cursor") for _, body in api.asked] == [None, 2, 4]
    first = stored(workspace)[0]
    assert (first.id, first.caption, first.hashtags) == (str(VIDEO), "find number 0 #unboxing", ("unboxing",))
    assert (first.duration_ms, first.music_id, first.created_at) == (12_000, "7000000000000000001", 1_768_000_000_000)
    assert first.region == "US"
    with open_store(workspace).reading() as connection:
        assert creators.find(connection, "tiktok", "@maker.tests") is not None
        (metric,) = videos.metrics(connection, "tiktok", str(VIDEO))
    assert (first.creator_id, metric.plays, metric.saves) == ("@maker.tests", 1000, 2)


def test_what_is_asked_is_what_was_said(api, workspace):
    args = ("--keyword", "ring light", "--creator", "@maker.tests", "--region", "us")
    collect(workspace, *args)
    (_, body), *_ = api.asked
    assert body == {
        "query": {
            "and": [
                {"operation": "IN", "field_name": "hashtag_name", "field_values": ["unboxing"]},
                {"operation": "EQ", "field_name": "keyword", "field_values": ["ring light"]},
                {"operation": "IN", "field_name": "username", "field_values": ["maker.tests"]},
                {"operation": "IN", "field_name": "region_code", "field_values": ["US"]},
            ]
        },
        "start_date": "20260101",
        "end_date": "20260120",
        "max_count": 100,
    }


def test_spans_over_thirty_days_are_asked_in_parts_the_latest_first():
    question = VideoQuestion(date(2026, 1, 1), date(2026, 3, 5), ("unboxing",))
    assert question.spans == [
        (date(2026, 2, 4), date(2026, 3, 5)),
        (date(2026, 1, 5), date(2026, 2, 3)),
        (date(2026, 1, 1), date(2026, 1, 4)),
    ]


def test_comments_come_without_writers_and_replies_under_their_parent(api, workspace):
    api.comments[str(VIDEO)] = [comment(0), comment(1, text="me too @amy.tests"), comment(2, parent=VIDEO + 1000)]
    result = run(workspace, "comments", f"https://www.tiktok.com/@maker.tests/video/{VIDEO}?lang=en", TERM)
    assert result.exit_code == 0
    assert "New: 2 comments, 1 reply." in result.stdout
    with open_store(workspace).reading() as connection:
        found = sorted(comments.of_video(connection, "tiktok", str(VIDEO)), key=lambda row: row.id)
    assert [(row.text, row.level, row.parent_id, row.likes) for row in found] == [
        ("need", 1, None, 0),
        ("me too @user", 1, None, 1),
        ("need", 2, str(VIDEO + 1000), 2),
    ]
    assert all(not row.author and not row.author_alias for row in found)
    assert "New: nothing." in run(workspace, "comments", str(VIDEO), TERM).stdout


def test_comments_of_stored_videos_by_hashtag_the_most_commented_first(api, workspace):
    collect(workspace)
    api.asked.clear()
    assert run(workspace, "comments", "--hashtag", "Unboxing", "--max", "2", TERM).exit_code == 0
    assert [body["video_id"] for _, body in api.asked] == [VIDEO + 4, VIDEO + 3]


def test_a_creator_who_asked_to_be_left_out_stays_out(api, workspace):
    store = open_store(workspace)
    with store.writing() as connection:
        forgotten.add(connection, forgotten.creator_marks("7100000000000000022", "maker.tests"), store.workspace.pseudonym, 1)
    collect(workspace)
    assert stored(workspace) == []


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["videos", *DAYS, TERM], "say which videos"),
        (["videos", "--hashtag", "x", "--from", "2026-02-01", "--to", "2026-01-01", TERM], "is after"),
        (["comments", TERM], "say whose comments"),
        (["comments", "not-a-video", TERM], "is no id or address of a video"),
    ],
)
def test_a_question_without_sense_is_refused_before_anything_is_asked(api, workspace, args, message):
    result = run(workspace, *args)
    assert (result.exit_code, api.asked) == (2, [])
    assert message in result.stderr


def test_the_result_as_json(api, workspace):
    found = json.loads(collect(workspace, "--json").stdout)
    assert found == {
        "found": {"videos": 5, "comments": 0, "replies": 0},
        "new": {"videos": 5, "comments": 0, "replies": 0},
        "stopped": None,
        "requests_left": 997,
    }


def test_a_page_without_rows_is_the_last_whatever_it_says():
    assert answer_of({"data": {"comments": [], "has_more": True, "cursor": 100}}, "comments").cursor is None
    assert answer_of({"data": {"comments": None, "has_more": True, "cursor": 100}}, "comments").rows == ()
    assert answer_of("nothing", "videos").rows == ()


def test_the_parent_of_a_first_comment_may_be_the_video_or_missing():
    for parent in ({"parent_comment_id": VIDEO}, {"parent_comment_id": 0}, {}):
        assert comment_item({"id": 1, "text": "x", **parent}, str(VIDEO))["reply_id"] == "0"
