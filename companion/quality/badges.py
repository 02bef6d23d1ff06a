"""Badges for consistent creators: when one is earned, and the credential that says so (1EdTech Open Badges 3.0, signed as a JWT).

A badge is earned by constancy, not by size: enough videos over enough weeks, most of them at or above what was to be expected, and a
creator's score whose interval lies above usual. It is no money and stands on no chain: a file, signed with a key of this workspace.

The signature is a compact JWS (RFC 7515) with RS256 and the public key in its header, as Open Badges 3.0 asks of every verifier. Such a
key says that the file was not changed and that the same workspace signed it; whose workspace that is, nobody but its owner can tell:
compare the fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
LEAST_VIDEOS, LEAST_WEEKS = 10, 4
LEAST_ABOVE = 0.6
"""Part of the videos at or above expectation."""
USUAL = 50.0
DAYS = 365
ISSUER = "BuySignal workspace"
LEAST_BITS = 2048
MOST_BYTES = 65_536
_ENVELOPE = "data:application/vc+jwt,"


class BadgeError(ValueError):
    """The file holds no badge that can be trusted; the message says why."""


@dataclass(frozen=True)
class Record:
    """What a creator did: videos with a score, weeks in which one was posted, those at or above expectation, and the score's lower end."""

    videos: int
    weeks: int
    above: int
    score: float
    low: float | None


@dataclass(frozen=True)
class Earned:
    """Whether the badge is earned, and what stands behind or in the way of it."""

    earned: bool
    reason: str


@dataclass(frozen=True)
class Verified:
    """What a badge says. `fingerprint`: SHA-256 of its public key, in hex. Times ms UTC."""

    name: str
    holder: str
    issuer: str
    valid_from: int
    valid_until: int | None
    reason: str
    fingerprint: str


def consistent(record: Record) -> Earned:
    """Whether a creator is consistent."""
    gaps = []
    if record.videos < LEAST_VIDEOS:
        gaps.append(f"{record.videos} {'video' if record.videos == 1 else 'videos'} compared with others, {LEAST_VIDEOS} are needed")
    if record.weeks < LEAST_WEEKS:
        gaps.append(f"videos in {record.weeks} {'week' if record.weeks == 1 else 'weeks'}, {LEAST_WEEKS} are needed")
    share = record.above / record.videos if record.videos > 0 else 0.0
    if share < LEAST_ABOVE:
        gaps.append(f"{share:.0%} of the videos at or above expectation, {LEAST_ABOVE:.0%} are needed")
    if record.low is None or record.low <= USUAL:
        low = "not known" if record.low is None else f"{record.low:.0f}"
        gaps.append(f"the lower end of the score's interval is {low}, and must lie above {USUAL:.0f}")
    if gaps:
        return Earned(False, "; ".join(gaps))
    said = f"{record.above} of {record.videos} videos in {record.weeks} weeks at or above expectation; score {record.score:.0f}"
    return Earned(True, f"{said}, at least {record.low:.0f} (95 % interval)")


def issue(holder: str, record: Record, key: rsa.RSAPrivateKey, *, now: int, days: int = DAYS) -> str:
    """The signed badge of a consistent creator, one line of text. `now`: ms UTC.

    Raises:
        BadgeError: the badge is not earned, or it has no holder.
    """
    found = consistent(record)
    if not holder.strip() or not found.earned:
        raise BadgeError(found.reason if holder.strip() else "the badge has no holder; name the creator")
    jwk = _jwk(key.public_key())
    who = f"urn:buysignal:key:{_fingerprint(jwk)}"
    badge = f"urn:buysignal:badge:{hashlib.sha256(f'{who} {holder} {now}'.encode()).hexdigest()[:32]}"
    payload = {
        "@context": list(CONTEXT),
        "id": badge,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Consistent creator",
        "issuer": {"id": who, "type": ["Profile"], "name": ISSUER},
        "validFrom": _iso(now),
        "validUntil": _iso(now + days * 86_400_000),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "identityHash": holder, "identityType": "name", "hashed": False}],
            "achievement": {
                "id": "urn:buysignal:achievement:consistent-creator",
                "type": ["Achievement"],
                "name": "Consistent creator",
                "description": "Most videos over at least four weeks lay at or above what was to be expected of them.",
                "criteria": {"narrative": found.reason},
            },
        },
        "iss": who,
        "jti": badge,
        "nbf": now // 1000,
        "exp": now // 1000 + days * 86_400,
        "sub": holder,
    }
    head = _part({"alg": "RS256", "typ": "JWT", "jwk": jwk})
    body = f"{head}.{_part(payload)}"
    return f"{body}.{_encode(key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def enveloped(signed: str) -> str:
    """A signed badge as a JSON document: an enveloped credential, as the W3C's data model 2.0 has it."""
    document = {"@context": CONTEXT[0], "id": f"{_ENVELOPE}{signed}", "type": "EnvelopedVerifiableCredential"}
    return json.dumps(document, indent=2) + "\n"


def fingerprint(key: rsa.RSAPrivateKey) -> str:
    """By which the signer's key can be compared: SHA-256 of the public key as RFC 7638 has it, in hex."""
    return _fingerprint(_jwk(key.public_key()))


def verify(written: str, now: int) -> Verified:
    """Check the signature, the dates and the shape of a badge, as one line of text or as JSON (`enveloped`).

    Raises:
        BadgeError: it is no badge, was changed after signing, or is not valid at `now` (ms UTC).
    """
    text = _unwrapped(written.strip())
    parts = text.split(".")
    if len(text) > MOST_BYTES or len(parts) != 3:
        raise BadgeError("this is no signed badge; it should be one line of three parts with dots between them")
    head, payload = _object(parts[0], "its head"), _object(parts[1], "its content")
    if head.get("alg") != "RS256":
        raise BadgeError(f'signed by "{str(head.get("alg"))[:20]}"; only RS256 is accepted')
    key = _public(head.get("jwk"))
    try:
        key.verify(_decode(parts[2]), f"{parts[0]}.{parts[1]}".encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError) as error:
        raise BadgeError("the signature does not fit: the badge was changed after it was signed") from error
    fingerprint = _fingerprint(_jwk(key))
    return _checked(payload, fingerprint, now)


def _unwrapped(text: str) -> str:
    """The signed line of a badge in JSON; any other text as it is."""
    if not text.startswith("{"):
        return text
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadgeError("the file begins like JSON and cannot be read; it is cut or was changed") from error
    signed = document.get("id")
    if not isinstance(signed, str) or not signed.startswith(_ENVELOPE):
        raise BadgeError(f'this JSON holds no signed badge; its "id" should begin with {_ENVELOPE}')
    return signed.removeprefix(_ENVELOPE)


def _checked(payload: dict[str, Any], fingerprint: str, now: int) -> Verified:
    types, issuer, subject = payload.get("type"), payload.get("issuer"), payload.get("credentialSubject")
    if not isinstance(types, list) or "OpenBadgeCredential" not in types or not isinstance(subject, dict) or not isinstance(issuer, dict):
        raise BadgeError("what was signed is no Open Badges 3.0 credential")
    if issuer.get("id") != f"urn:buysignal:key:{fingerprint}":
        raise BadgeError("the badge names another issuer than the key that signed it")
    begin, end = _moment(payload.get("validFrom"), "validFrom"), None
    if payload.get("validUntil") is not None:
        end = _moment(payload["validUntil"], "validUntil")
    if now < begin:
        raise BadgeError(f"the badge is valid from {payload['validFrom']} on only")
    if end is not None and now >= end:
        raise BadgeError(f"the badge was valid until {payload['validUntil']}")
    achievement = subject.get("achievement")
    achievement = achievement if isinstance(achievement, dict) else {}
    criteria = achievement.get("criteria")
    return Verified(
        name=str(achievement.get("name") or payload.get("name") or ""),
        holder=_holder(subject),
        issuer=str(issuer.get("name") or ""),
        valid_from=begin,
        valid_until=end,
        reason=str(criteria.get("narrative") or "") if isinstance(criteria, dict) else "",
        fingerprint=fingerprint,
    )


def _holder(subject: dict[str, Any]) -> str:
    who = subject.get("identifier")
    first = who[0] if isinstance(who, list) and who else None
    return str(first.get("identityHash") or "") if isinstance(first, dict) else ""


def _moment(written: object, name: str) -> int:
    try:
        moment = datetime.fromisoformat(str(written))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(aware.astimezone(UTC).timestamp() * 1000)  # a zone may push the first and last days out of the calendar
    except (ValueError, OverflowError) as error:
        raise BadgeError(f'{name} "{str(written)[:40]}" is no date') from error


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z")


def _jwk(key: rsa.RSAPublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    return {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}


def _fingerprint(jwk: dict[str, str]) -> str:
    """RFC 7638: SHA-256 over the required members in order, without spaces."""
    return hashlib.sha256(json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()).hexdigest()


def _public(jwk: object) -> rsa.RSAPublicKey:
    if not isinstance(jwk, dict) or jwk.get("kty") != "RSA":
        raise BadgeError("the badge does not hold the public key that it was signed with")
    try:
        e, n = (int.from_bytes(_decode(str(jwk[name])), "big") for name in ("e", "n"))
        key = rsa.RSAPublicNumbers(e, n).public_key()
    except (KeyError, ValueError) as error:
        raise BadgeError("the public key in the badge cannot be read") from error
    if key.key_size < LEAST_BITS:
        raise BadgeError(f"the key in the badge has {key.key_size} bits; {LEAST_BITS} are needed")
    return key


def _object(part: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(_decode(part))
    except (ValueError, RecursionError) as error:
        raise BadgeError(f"{name} cannot be read; the file is cut or is no badge") from error
    if not isinstance(found, dict):
        raise BadgeError(f"{name} cannot be read; the file is cut or is no badge")
    return found


def _part(value: dict[str, Any]) -> str:
    return _encode(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _number(value: int) -> str:
    return _encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(part: str) -> bytes:
    """Raises ValueError for what is not base64url."""
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
