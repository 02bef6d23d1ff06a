"""What the official API refuses, servers that fail, and credentials: said in words, never shown."""

import pytest

from companion.research.client import KEY_VARIABLE, SECRET_VARIABLE, URL_VARIABLE, Credentials, SetupError
from tests.companion.research.research_api import KEY, SECRET
from tests.companion.research.scene import collect


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
