"""What a browser's extension or page sends to the companion."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.services import Services

CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://6f2f2c1e-2c55-4a7e-9d9b-1f0f4f6e2a11"
STRANGER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"
TIKTOK = "https://www.tiktok.com"


@dataclass(frozen=True)
class Paired:
    """A paired extension; `post` sends what its service worker would send."""

    client: FlaskClient
    origin: str
    token: str
    client_id: str
    answer: dict[str, Any]

    def post(self, path: str, message: Any = None, *, data: bytes | None = None, **headers: str) -> TestResponse:
        """POST JSON with token, Origin and Sec-Fetch-Site; header arguments replace them ("" leaves one out)."""
        sent = {
            "Origin": self.origin,
            "Sec-Fetch-Site": "none",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        }
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        kept = {name: value for name, value in sent.items() if value}
        if data is None:
            return self.client.post(path, json=message, headers=kept)
        return self.client.post(path, data=data, headers=kept)

    def proof(self, nonce: str, api_version: int = 1) -> str:
        """The proof this extension expects from its companion."""
        key = hmac.digest(self.token.encode(), b"buysignal-proof-v1", hashlib.sha256)
        return hmac.digest(key, f"buysignal-hello:{nonce}:{api_version}".encode(), hashlib.sha256).hex()

    def holding(self, token: str) -> Paired:
        """This extension with another's token."""
        return replace(self, token=token)


def pair_with(client: FlaskClient, services: Services, origin: str, name: str) -> Paired:
    """Pair by a code opened for this purpose."""
    code = services.pairing.open().code
    response = client.post("/v1/pair", json={"code": code, "name": name}, headers={"Origin": origin, "Content-Type": "application/json"})
    assert response.status_code == 200, response.text
    answer = response.get_json()
    return Paired(client, origin, answer["token"], answer["client_id"], answer)


def comments(*texts: str) -> dict[str, Any]:
    """A score request for these texts, ids c0, c1, …"""
    return {"comments": [{"id": f"c{n}", "text": text} for n, text in enumerate(texts)]}


def correction(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A feedback request; `number` makes its uuid."""
    usual = {
        "uuid": uuid(number),
        "comment_id": "7300000000000000001",
        "video_id": "7200000000000000001",
        "text": "where can I get this?",
        "context": {"caption": "my new bottle", "hashtags": ["hydration"], "product": "", "parent": ""},
        "grade": 8,
        "signal": "availability",
        "suggestion": {"grade": 5.5, "p_high": 0.4, "model": "m1"},
    }
    return {**usual, **changes}


def uuid(number: int) -> str:
    """A readable uuid."""
    return f"00000000-0000-4000-8000-{number:012d}"
