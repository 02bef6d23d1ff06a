"""`buysignal research`: the official API, its quotas and refusals, against a real server on this machine."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.research import client as client_module
from companion.research import quota
from companion.research.client import KEY_VARIABLE, SECRET_VARIABLE, URL_VARIABLE, Credentials, SetupError
from companion.research.queries import VideoQuestion
from companion.research.quota import QuotaUsedError
from companion.store import comments, creators, forgotten, open_store, videos
from companion.tiktok.research import answer_of, comment_item
from tests.companion.research.research_api import KEY, SECRET, ResearchApi, running

VIDEO = 9_007_199_254_740_993_011  # beyond 2^53: a float would end in another digit
TERM = "--i-am-a-non-commercial-researcher"
DAYS = ("--from", "2026-01-01", "--to", "2026-01-20")


def video(number, day=20260110, **more):
    return {
        "id": VIDEO + number,
        "video_description": f"find number {number} #unboxing",
        "create_time": 1_768_000_000 + number,
        "region_code": "US",
        "view_count": 1000 + number,
        "like_count": 5,
        "comment_count": number,
        "share_count": 1,
        "favorites_count": 2,
        "music_id": 7_000_000_000_000_000_001,
        "hashtag_names": ["unboxing"],
        "username": "maker.tests",
        "video_duration": 12,
        "day": day,
        **more,
    }


def comment(number, parent=VIDEO, text="need"):
    return {
        "id": VIDEO + 1000 + number,
        "video_id": VIDEO,
        "text": text,
        "like_count": number,
        "reply_count": 0,
        "parent_comment_id": parent,
        "create_time": 1_768_000_100 + number,
    }


@pytest.fixture
def api(monkeypatch):
    monkeypatch.setattr(client_module.time, "sleep", lambda _: None)
    with running(ResearchApi(videos=[video(number) for number in range(5)])) as made:
        monkeypatch.setenv(KEY_VARIABLE, KEY)
        monkeypatch.setenv(SECRET_VARIABLE, SECRET)
        monkeypatch.setenv(URL_VARIABLE, made.url)
        monkeypatch.setattr(client_module.Client.__init__, "__defaults__", (lambda _: None,))
        yield made


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def run(workspace, *args):
    return CliRunner().invoke(main, ["research", *args, "--workspace", str(workspace)])


def collect(workspace, *more):
    return run(workspace, "videos", "--hashtag", "#unboxing", *DAYS, TERM, *more)


def stored(workspace):
    with open_store(workspace).reading() as connection:
        return sorted(videos.listed(connection), key=lambda found: found.id)


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


def test_it_stops_before_the_quota_and_goes_on_the_next_day(api, workspace, monkeypatch):
    monkeypatch.setattr(quota, "REQUESTS", 2)
    result = collect(workspace)
    assert result.exit_code == 75
    assert "today's quota is used up (2 of 2 requests" in result.stderr
    assert len(api.asked) == 2
    assert len(stored(workspace)) == 4
    assert collect(workspace).exit_code == 75
    assert len(api.asked) == 2  # nothing more was sent
    tomorrow = quota.clock.now_ms() + quota.clock.DAY
    monkeypatch.setattr(quota.clock, "now_ms", lambda: tomorrow)
    result = collect(workspace)
    assert result.exit_code == 0
    assert [body.get("cursor") for _, body in api.asked] == [None, 2, 4]
    assert len(stored(workspace)) == 5


def test_videos_whose_comments_came_are_not_asked_again_after_a_pause(api, workspace, monkeypatch):
    collect(workspace)
    for number in range(3):
        api.comments[str(VIDEO + number)] = [{**comment(10 * number + n), "video_id": VIDEO + number} for n in range(3)]
    api.asked.clear()
    monkeypatch.setattr(quota, "REQUESTS", 6)  # three were used for the videos
    ids = [str(VIDEO + number) for number in range(3)]
    assert run(workspace, "comments", *ids, TERM).exit_code == 75
    monkeypatch.setattr(quota, "REQUESTS", 1000)
    assert run(workspace, "comments", *ids, TERM).exit_code == 0
    assert [(body["video_id"] - VIDEO, body["cursor"]) for _, body in api.asked] == [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]


def test_records_count_too(tmp_path, monkeypatch):
    store = open_store(tmp_path / "workspace")
    monkeypatch.setattr(quota, "RECORDS", 100)
    quota.count_request(store)
    quota.count_records(store, 100)
    with pytest.raises(QuotaUsedError, match="100 of 100 records"):
        quota.count_request(store)


def test_an_expired_search_begins_its_part_anew(api, workspace):
    api.refusals = []
    assert collect(workspace, "--max", "2").exit_code == 0
    store = open_store(workspace)
    with store.writing() as connection:
        stopped = quota.settings.get(connection, "research.stopped")
        ((key, place),) = stopped.items()
        quota.settings.put(connection, "research.stopped", {key: {**place, "search_id": "old"}})
    assert collect(workspace).exit_code == 0
    assert len(stored(workspace)) == 5


@pytest.mark.parametrize(
    ("refusal", "exit_code", "message"),
    [
        ((401, "scope_not_authorized"), 2, "ask for that scope in TikTok's developer portal"),
        ((401, "scope_permission_missed"), 2, "ask for that scope in TikTok's developer portal"),
        ((400, "invalid_params"), 2, "TikTok does not accept the question (about invalid_params) [log id L1]"),
        ((429, "rate_limit_exceeded"), 75, "too many requests at once; go on later with the same command"),
        ((429, "daily_quota_limit_exceeded"), 75, "today's quota is used up; go on after 00:00 UTC"),
        ((403, "something_new"), 2, "TikTok answers something_new"),
    ],
)
def test_each_refusal_has_its_own_words(api, workspace, refusal, exit_code, message):
    api.refusals = [refusal]
    result = collect(workspace)
    assert (result.exit_code, len(api.asked)) == (exit_code, 1)
    assert message in result.stderr


def test_a_failing_server_is_asked_again_a_few_times(api, workspace):
    api.refusals = [(500, "internal_error")] * 2
    assert collect(workspace).exit_code == 0
    api.refusals = [(500, "internal_error")] * 3
    result = collect(workspace)
    assert result.exit_code == 75
    assert "TikTok's server failed" in result.stderr
    assert "Requests left today: 992." in result.stdout  # failed ones count


def test_an_expired_token_is_renewed_once(api, workspace):
    api.refusals = [(401, "access_token_invalid")]
    assert collect(workspace).exit_code == 0
    assert api.tokens == 2
    api.refusals = [(401, "access_token_invalid")] * 2
    result = collect(workspace)
    assert result.exit_code == 2
    assert f"check {KEY_VARIABLE} and {SECRET_VARIABLE}" in result.stderr


def test_wrong_credentials_are_said_and_never_shown(api, workspace, monkeypatch):
    monkeypatch.setenv(SECRET_VARIABLE, "a-wrong-secret")
    result = collect(workspace)
    assert result.exit_code == 2
    assert "TikTok does not know this client" in result.stderr
    assert "a-wrong-secret" not in result.output


def test_secrets_and_tokens_are_not_stored(api, workspace):
    collect(workspace)
    database = b"".join(path.read_bytes() for path in workspace.glob("buysignal.db*"))
    assert [word for word in (KEY, SECRET, "token-1") if word.encode() in database] == []


def test_a_server_that_cannot_be_reached_pauses(api, workspace, monkeypatch):
    monkeypatch.setenv(URL_VARIABLE, "http://127.0.0.1:9")
    result = collect(workspace)
    assert result.exit_code == 75
    assert "cannot be reached" in result.stderr


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({KEY_VARIABLE: ""}, f"{KEY_VARIABLE} is not set"),
        ({SECRET_VARIABLE: " "}, f"{SECRET_VARIABLE} is not set"),
        ({URL_VARIABLE: "http://example.invalid"}, "must begin with https://"),
    ],
)
def test_what_is_missing_in_the_environment_is_named(changes, message):
    with pytest.raises(SetupError, match=message):
        Credentials.of_environment({KEY_VARIABLE: "k", SECRET_VARIABLE: "s", **changes})


def test_the_address_is_tiktoks_unless_said_otherwise():
    assert Credentials.of_environment({KEY_VARIABLE: "k", SECRET_VARIABLE: "s"}).url == "https://open.tiktokapis.com"


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


def test_status_says_what_is_left(api, workspace):
    assert json.loads(run(workspace, "status", "--json").stdout) == {"requests_left": 1000, "records_left": 100_000}
    assert not workspace.exists()
    collect(workspace)
    assert json.loads(run(workspace, "status", "--json").stdout) == {"requests_left": 997, "records_left": 99_995}


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
