"""Credentials and traces leave a body, in keys, addresses and packed JSON."""

from __future__ import annotations

import json

import pytest

from tests.companion.tiktok.scrubbing_scene import NAMES, assert_nobody, scrubbed
from tests.companion.tiktok.shapes import comment, comments, user

SECRETS = (
    *(
        "msToken",
        "ms_token",
        "x-bogus",
        "X-Gnarly",
        "_signature",
        "verifyFp",
        "s_v_web_id_token",
        "device_id",
        "deviceId",
        "Cookie",
        "csrfToken",
    ),
    *("csrf_session_id", "odinId", "odin_tt", "sessionid", "ip", "client_ip", "ipAddress", "logid", "share_info", "predicted_age_group"),
)


@pytest.mark.parametrize("key", SECRETS)
def test_credentials_and_traces_are_dropped_whatever_they_hold(key: str) -> None:
    found = scrubbed({key: {"a": "S3cret"}, **comments(comment(**{key: "S3cret"}))})
    assert_nobody(found, "S3cret")
    assert key not in found


@pytest.mark.parametrize("key", ["description", "encoding", "clip", "tips", "zip_code", "is_descriptive", "coding", "recipe"])
def test_keys_that_only_sound_like_credentials_stay(key: str) -> None:
    assert scrubbed({key: "kept"}) == {key: "kept"}


def test_signed_addresses_are_dropped_and_addresses_in_texts_lose_their_query() -> None:
    text, link = "see https://x.example/a?token=S3cret#f ok", "https://p16.example/a?x-signature=S3cret"
    row = scrubbed(comments(comment(text=text, link=link, links=["//p/a?S3cret", "b"])))["comments"][0]
    assert row["text"] == "see https://x.example/a ok"
    assert "link" not in row
    assert row["links"] == ["b"]


def test_json_inside_text_is_scrubbed_too_and_broken_json_keeps_nothing() -> None:
    inner = json.dumps({"user": user(), "msToken": "S3cret", "n": 1729840619138750658, "deep": json.dumps([{"nickname": "Zoe Example"}])})
    row = scrubbed(comments(comment(a=inner, b=inner[:-4], c='{"top_list":1}')))["comments"][0]
    assert_nobody(row, *NAMES, "S3cret", "Zoe Example")
    assert json.loads(row["a"])["n"] == 1729840619138750658
    assert (row["b"], row["c"]) == ("{", '{"top_list":1}')
