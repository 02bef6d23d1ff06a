"""Bearer tokens and what is derived from them. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_SHAPE = re.compile(r"^[A-Za-z0-9_-]{43}$")


def mint() -> str:
    """A new token: 256 random bits, 43 characters."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 of the token, hex: what is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def proof_key(token: str) -> str:
    """HMAC-SHA256(token, "buysignal-proof-v1"), hex: stored, so that the token itself need not be."""
    return hmac.digest(token.encode(), b"buysignal-proof-v1", "sha256").hex()


def hello_proof(key: str, nonce: str, api_version: int) -> str:
    """HMAC-SHA256(proof key bytes, "buysignal-hello:<nonce>:<version>"), hex: shows a client that this is its companion."""
    return hmac.digest(bytes.fromhex(key), f"buysignal-hello:{nonce}:{api_version}".encode(), "sha256").hex()


def from_header(header: str | None) -> str | None:
    """The token of an Authorization header, or None when it has not exactly the shape "Bearer <43 characters>"."""
    scheme, _, token = (header or "").partition(" ")
    return token if scheme.lower() == "bearer" and _SHAPE.match(token) else None
