"""How TikTok says no."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.tiktok import refusal_of
from companion.tiktok.refusals import refusal_in


@pytest.mark.parametrize(
    ("status", "body", "location", "refusal"),
    [
        (200, b'{"status_code":0,"comments":null}', None, None),
        (200, b'{"comments":[]}', None, None),
        (200, b"[]", None, None),
        (200, b"", None, "empty"),
        (200, b" \n", None, "empty"),
        (200, None, None, None),
        (403, b"", None, "blocked"),
        (429, b"slow down", None, "too_fast"),
        (404, None, None, "not_found"),
        (401, None, None, "login"),
        (500, b"{}", None, "error"),
        (302, b"", "https://www.tiktok.com/login?redirect_url=x", "login"),
        (302, b"", "/login/phone", "login"),
        (302, b"", "https://www.tiktok.com/loginless", None),
        (200, b"{not json", None, "error"),
        (200, b"null", None, "error"),
        (200, b"<html><title>Access Denied</title>", None, "blocked"),
        (200, b'<html>Please wait...<p id="wci" class="_wafchallengeid">', None, "verify"),
        (200, b'<html><div id="captcha-verify-container-main-page">', None, "verify"),
        (200, b"<html><body>an ordinary page", None, None),
    ],
)
def test_status_emptiness_and_pages_are_told_apart(status: int, body: bytes | None, location: str | None, refusal: str | None) -> None:
    assert refusal_of(status, body, location) == refusal


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"type": "verify", "region": "va"}, "verify"),
        ({"verifyConfig": {"code": 10000, "type": "verify", "subtype": "slide"}}, "verify"),
        ({"statusCode": 10000}, "verify"),
        ({"statusCode": "10110"}, "verify"),
        ({"statusCode": 10101}, "login"),
        ({"statusCode": 209002}, "login"),
        ({"statusCode": 10202, "userInfo": {}}, "not_found"),
        ({"statusCode": 10221}, "not_found"),
        ({"statusCode": 100002}, "not_found"),
        ({"statusCode": 10204, "itemInfo": {}}, "not_found"),
        ({"statusCode": 10216}, "private"),
        ({"statusCode": 10222, "userInfo": {}}, "private"),
        ({"statusCode": 10222, "userInfo": {"user": {"id": "1"}}}, None),
        ({"statusCode": 10231}, "region"),
        ({"statusCode": -1, "userInfo": {}}, "empty"),
        ({"statusCode": 10205, "challengeInfo": {}}, "not_found"),
        ({"status_code": 5, "comments": None, "status_msg": "Invalid parameters"}, "error"),
        ({"status_code": 3, "status_msg": "Comments are turned off"}, "comments_off"),
        ({"status_code": 0, "statusCode": 10231}, "region"),
        ({"code": 200, "data": {"status_code": 8, "comments": []}}, "error"),
        ({"status_code": 0, "statusCode": 0, "comments": None}, None),
        ({"status_code": False}, None),
    ],
)
def test_codes_mean_what_they_were_seen_to_mean(body: dict[str, object], refusal: str | None) -> None:
    assert refusal_in(body) == refusal
    assert refusal_of(200, json.dumps(body).encode()) == refusal


@given(st.integers(100, 599), st.binary(max_size=60) | st.none(), st.text(max_size=30) | st.none())
def test_no_answer_raises(status: int, body: bytes | None, location: str | None) -> None:
    refusal_of(status, body, location)


def test_an_answer_nested_beyond_reason_is_an_error() -> None:
    assert refusal_of(200, b"[" * 100_000) == "error"
