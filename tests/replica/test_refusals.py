"""Refusals on cue: what the wire carries, and when."""

import http.client
import json
import time
import urllib.error
from collections.abc import Iterator

import pytest

from tests.replica import Answer, Replica, Rule
from tests.replica.asking import ask, comments, get
from tests.replica.refusals import Endpoint


@pytest.fixture(autouse=True)
def fresh(replica: Replica) -> Iterator[None]:
    yield
    replica.refusals.clear()


@pytest.fixture
def lamp(replica: Replica) -> str:
    return replica.videos["clip-lamp"].id


def bodies(replica: Replica, path: str, count: int) -> list[bytes]:
    return [get(replica, path).body for _ in range(count)]


def test_the_kth_request_is_refused_and_the_others_are_not(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "empty", at=2)
    assert [bool(body) for body in bodies(replica, comments(lamp), 4)] == [True, False, True, True]
    assert [(one.endpoint, one.answer) for one in replica.refusals.log] == [("comments", "empty")]


def test_every_request_after_the_kth_may_be_refused_for_one_video_only(replica: Replica, lamp: str) -> None:
    other = replica.videos["gel-pens"].id
    replica.refuse("comments", "empty", at=2, times=None, video=lamp)
    assert [bool(body) for body in bodies(replica, comments(lamp), 4)] == [True, False, False, False]
    assert all(bodies(replica, comments(other), 3))


@pytest.mark.parametrize(("answer", "status", "body"), [("empty", 200, b""), ("blocked", 403, b""), ("error", 500, b"")])
def test_plain_refusals(replica: Replica, lamp: str, answer: Answer, status: int, body: bytes) -> None:
    replica.refuse("comments", answer)
    got = get(replica, comments(lamp))
    assert (got.status, got.body) == (status, body)


def test_too_fast_says_when_to_come_again(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "too_fast", retry_after_s=7)
    got = get(replica, comments(lamp))
    assert (got.status, got.headers["Retry-After"]) == (429, "7")


def test_a_pace_is_watched_over_a_window(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "too_fast", over=(2, 0.6), times=None)
    assert [get(replica, comments(lamp)).status for _ in range(4)] == [200, 200, 429, 429]
    time.sleep(0.7)
    assert get(replica, comments(lamp)).status == 200


def test_verify_comes_in_both_shapes_until_a_person_solves_it(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "verify", times=None)
    replica.refuse("tag", "verify_config", times=None)
    assert ask(replica, comments(lamp))["type"] == "verify"
    nested = ask(replica, "/api/challenge/detail/?challengeName=desksetup")["verifyConfig"]
    assert (nested["code"], nested["type"], nested["subtype"]) == (10000, "verify", "slide")
    assert json.loads(get(replica, "/replica/obstacles").body) == {"captcha": 0}
    replica.solve_captcha()
    assert ask(replica, comments(lamp))["comments"]
    assert json.loads(get(replica, "/replica/obstacles").body) == {}
    assert replica.refusals.solved == [("captcha", "test")]


def test_a_limit_per_session_starts_over_when_it_is_solved(replica: Replica, lamp: str) -> None:
    replica.limit_session("comments", 2)
    kinds = [ask(replica, comments(lamp)).get("type") for _ in range(4)]
    replica.solve_captcha()
    kinds += [ask(replica, comments(lamp)).get("type") for _ in range(3)]
    assert kinds == [None, None, "verify", "verify", None, None, "verify"]


def test_a_login_wall_redirects_until_somebody_logs_in(replica: Replica) -> None:
    replica.refuse("page", "login_redirect", times=None)
    got = get(replica, "/tag/desksetup")
    assert (got.status, got.headers["Location"]) == (302, "/login?redirect_url=%2Ftag%2Fdesksetup")
    assert get(replica, "/login").status == 200
    replica.log_in()
    assert get(replica, "/tag/desksetup").status == 200


def test_a_challenge_page_and_a_refusal_page_stand_in_place_of_the_site(replica: Replica) -> None:
    replica.refuse("page", "challenge_flash")
    assert b'class="_wafchallengeid"' in get(replica, "/tag/desksetup").body
    assert b"challenge-detail" in get(replica, "/tag/desksetup").body
    replica.refuse("page", "blocked")
    assert get(replica, "/tag/desksetup").status == 403


def test_lists_of_comments_go_wrong_in_the_seen_ways(replica: Replica, lamp: str) -> None:
    def once(answer: Answer) -> dict[str, object]:
        replica.refuse("comments", answer)
        body = ask(replica, comments(lamp, 20))
        return {key: body.get(key, "no key") for key in ("comments", "has_more", "cursor")}

    assert once("null_list") == {"comments": None, "has_more": 0, "cursor": 40}
    assert once("no_list_key")["comments"] == "no key"
    assert once("empty_page") == {"comments": [], "has_more": 1, "cursor": 40}


def test_the_same_page_comes_again_for_ever(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "same_page", times=None)
    pages = [ask(replica, comments(lamp, cursor)) for cursor in (0, 20, 40, 60, 80)]
    assert len({tuple(row["cid"] for row in page["comments"]) for page in pages}) == 1
    assert [(page["cursor"], page["has_more"]) for page in pages] == [(20, 1), (40, 1), (60, 1), (80, 1), (100, 1)]


def test_the_first_answer_of_a_profile_may_be_empty(replica: Replica) -> None:
    user = ask(replica, "/api/user/detail/?uniqueId=nadia.glows")["userInfo"]["user"]
    path = f"/api/post/item_list/?secUid={user['secUid']}&count=16&cursor=0"
    replica.refuse("posts", "empty_page")
    first = ask(replica, path)
    assert (first["itemList"], first["hasMore"], first["cursor"]) == ([], True, "0")
    assert ask(replica, path)["itemList"]


def test_a_status_in_the_body_says_what_is_wrong(replica: Replica) -> None:
    replica.refuse("tag_items", "status", status_code=10101)
    assert ask(replica, "/api/challenge/item_list/?challengeID=1&cursor=0&count=30")["statusCode"] == 10101


def test_slow_cut_and_broken_answers(replica: Replica, lamp: str) -> None:
    replica.refuse("comments", "slow", delay_s=0.3)
    started = time.perf_counter()
    assert ask(replica, comments(lamp))["comments"]
    assert time.perf_counter() - started >= 0.3
    replica.refuse("comments", "cut")
    with pytest.raises(ValueError, match="char"):
        ask(replica, comments(lamp))
    replica.refuse("comments", "reset")
    with pytest.raises((urllib.error.URLError, http.client.HTTPException, OSError)):
        get(replica, comments(lamp))
    assert ask(replica, comments(lamp))["comments"]


@pytest.mark.parametrize(("endpoint", "answer"), [("comment", "empty"), ("comments", "nothing")])
def test_an_unknown_name_is_refused_at_once(endpoint: Endpoint, answer: Answer) -> None:
    with pytest.raises(ValueError, match="choose one of"):
        Rule(endpoint, answer)
