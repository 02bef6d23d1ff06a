"""A badge is earned by constancy, says why, and cannot be changed after it was signed."""

import base64
import json
from dataclasses import replace
from hashlib import sha256

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from companion.cli import main
from companion.quality.badges import BadgeError, Record, consistent, issue, verify
from companion.store import clock

GOOD = Record(videos=14, weeks=6, above=11, score=66, low=57.5)
NOW = 1_790_000_000_000


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def written(key):
    return issue("@mia.tests", GOOD, key, now=NOW)


def test_a_consistent_creator_earns_it_with_the_numbers_in_words():
    found = consistent(GOOD)
    assert found.earned
    assert found.reason == "11 of 14 videos in 6 weeks at or above expectation; score 66, at least 58 (95 % interval)"


@pytest.mark.parametrize(
    ("change", "said"),
    [({"videos": 3, "above": 3}, "3 videos"), ({"weeks": 1}, "1 week,"), ({"above": 4}, "29%"), ({"low": 49}, "lower end"),
     ({"low": None}, "not known"), ({"videos": 0, "above": 0}, "0 videos")],
)  # fmt: skip
def test_what_stands_in_the_way_is_said(key, change, said):
    record = replace(GOOD, **change)
    assert said in consistent(record).reason
    with pytest.raises(BadgeError, match=said):
        issue("@mia.tests", record, key, now=NOW)


def test_a_signed_badge_is_an_open_badge_and_verifies(written):
    payload = json.loads(base64.urlsafe_b64decode(written.split(".")[1] + "=="))
    assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert payload["credentialSubject"]["achievement"]["criteria"]["narrative"].startswith("11 of 14 videos")
    found = verify(written, NOW + 1000)
    assert (found.name, found.holder, len(found.fingerprint)) == ("Consistent creator", "@mia.tests", 64)


def _signed(payload, key, head=None):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = f"{part(head)}.{part(payload)}"
    sign = key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{body}.{base64.urlsafe_b64encode(sign).rstrip(b'=').decode()}"


def test_a_changed_badge_another_key_and_no_signature_are_refused(written, key):
    head, payload, sign = written.split(".")
    read = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps({**read, "sub": "@somebody.else"}).encode()).rstrip(b"=").decode()
    with pytest.raises(BadgeError, match="changed after it was signed"):
        verify(f"{head}.{other}.{sign}", NOW + 1000)
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    with pytest.raises(BadgeError, match="only RS256"):
        verify(f"{none}.{payload}.", NOW + 1000)
    thief = rsa.generate_private_key(65537, 2048)
    numbers = thief.public_key().public_numbers()
    jwk = {"kty": "RSA", "e": "AQAB", "n": base64.urlsafe_b64encode(numbers.n.to_bytes(256, "big")).rstrip(b"=").decode()}
    with pytest.raises(BadgeError, match="another issuer"):
        verify(_signed(read, thief, {"alg": "RS256", "jwk": jwk}), NOW + 1000)


def test_dates_are_kept(written):
    with pytest.raises(BadgeError, match="valid from"):
        verify(written, NOW - 86_400_000)
    with pytest.raises(BadgeError, match="valid until"):
        verify(written, NOW + 366 * 86_400_000)


@given(st.one_of(st.text(max_size=200), st.lists(st.text("abcAB01-_=", max_size=20), min_size=3, max_size=3).map(".".join)))
def test_anything_else_is_refused_with_words(text):
    with pytest.raises(BadgeError):
        verify(text, NOW)


def test_the_command_says_valid_or_why_not(tmp_path, key):
    file = tmp_path / "badge.jwt"
    file.write_text(issue("@mia.tests", GOOD, key, now=clock.now_ms() - 5_000) + "\n")
    said = CliRunner().invoke(main, ["badge", "verify", str(file)])
    assert said.exit_code == 0, said.output
    assert "Valid: Consistent creator, for @mia.tests" in said.output
    assert json.loads(CliRunner().invoke(main, ["badge", "verify", str(file), "--json"]).stdout)["valid"]
    file.write_text("hello")
    wrong = CliRunner().invoke(main, ["badge", "verify", str(file)])
    assert wrong.exit_code == 2
    assert "no signed badge" in wrong.output
    file.write_bytes(b"\xff\xfe")
    assert CliRunner().invoke(main, ["badge", "verify", str(file)]).exit_code == 2


def _owned(key, **changes):
    """A badge of this key's owner with some of what it says changed, signed."""
    n = key.public_key().public_numbers().n.to_bytes(256, "big")
    jwk = {"e": "AQAB", "kty": "RSA", "n": base64.urlsafe_b64encode(n).rstrip(b"=").decode()}
    thumb = sha256(json.dumps(jwk, separators=(",", ":")).encode()).hexdigest()
    badge = {"type": ["OpenBadgeCredential"], "issuer": {"id": f"urn:buysignal:key:{thumb}"}, "credentialSubject": {}}
    return _signed({**badge, "validFrom": "2020-01-01", **changes}, key, {"alg": "RS256", "jwk": jwk})


def test_characters_that_act_on_a_terminal_are_not_printed(tmp_path, key):
    file = tmp_path / "badge.jwt"
    wrong_head = _signed({}, key, {"alg": "\x1b[2J"})
    for text, said in (
        (wrong_head, 'signed by "?[2J"'),
        (_owned(key, validFrom="2090-01-01\x1b00:00:00"), "valid from 2090-01-01?00:00:00"),
    ):
        file.write_text(text)
        answer = CliRunner().invoke(main, ["badge", "verify", str(file)])
        assert answer.exit_code == 2
        assert said in answer.output
        assert "\x1b" not in answer.output


@pytest.mark.parametrize(
    ("name", "written"), [("validFrom", "0001-01-01T00:00:00+23:59"), ("validUntil", "9999-12-31T23:59:59-23:59"), ("validFrom", [[1]])]
)
def test_a_day_outside_the_calendar_is_refused(key, name, written):
    assert verify(_owned(key), NOW).valid_from == 1_577_836_800_000
    with pytest.raises(BadgeError, match=f"{name} .* is no date"):
        verify(_owned(key, **{name: written}), NOW)
