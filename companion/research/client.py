"""Asking TikTok's Research API, with its refusals in plain words."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KEY_VARIABLE, SECRET_VARIABLE, URL_VARIABLE = "BUYSIGNAL_RESEARCH_KEY", "BUYSIGNAL_RESEARCH_SECRET", "BUYSIGNAL_RESEARCH_URL"
"""Environment variables with the client's credentials, which are stored nowhere, and the address of the API."""

URL = "https://open.tiktokapis.com"
TIMEOUT_S = 60
"""The API answers a full page within some seconds."""

TRIES = 3
"""Attempts where TikTok's server fails; the pause before the nth is (n - 1)³ seconds, as careful clients do."""

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer; 100 videos stay under 1 MB."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PAUSING = {"rate_limit_exceeded", "daily_quota_limit_exceeded", "internal_error", "unreachable"}
_MEND = {
    "access_token_invalid": f"the access token is not accepted; check {KEY_VARIABLE} and {SECRET_VARIABLE}",
    "scope_not_authorized": "your client may not use research.data.basic; ask for that scope in TikTok's developer portal",
    "scope_permission_missed": "your client may not use research.data.basic; ask for that scope in TikTok's developer portal",
    "invalid_client": f"TikTok does not know this client; check {KEY_VARIABLE} and {SECRET_VARIABLE}",
    "unauthorized_client": "your client is not admitted to the Research API; apply for it in TikTok's developer portal",
    "invalid_params": "TikTok does not accept the question",
    "rate_limit_exceeded": "too many requests at once; go on later with the same command",
    "daily_quota_limit_exceeded": "today's quota is used up; go on after 00:00 UTC with the same command",
    "internal_error": "TikTok's server failed; go on later with the same command",
    "unreachable": "TikTok's server cannot be reached; go on later with the same command",
}


class ResearchError(RuntimeError):
    """The API refused; the message says what to do. `code` is TikTok's word for it."""

    def __init__(self, code: str, said: str = "", log_id: str = "") -> None:
        self.code = code
        detail = f" ({said})" if said else ""
        number = f" [log id {log_id}]" if log_id else ""
        super().__init__(f"{_MEND.get(code, f'TikTok answers {code}')}{detail}{number}")

    @property
    def pausing(self) -> bool:
        """Whether the same question may be answered later."""
        return self.code in _PAUSING


class SetupError(ValueError):
    """Credentials or address are missing or wrong; the message says which."""


@dataclass(frozen=True)
class Credentials:
    """Who asks, and where."""

    key: str
    secret: str
    url: str = URL

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] | None = None) -> Credentials:
        """From the environment.

        Raises:
            SetupError: a variable is missing, or the address is not one to send a secret to.
        """
        values = os.environ if environment is None else environment
        for name in (KEY_VARIABLE, SECRET_VARIABLE):
            if not values.get(name, "").strip():
                raise SetupError(f"{name} is not set; put your client's key and secret of TikTok's developer portal into the environment")
        url = values.get(URL_VARIABLE, "").strip().rstrip("/") or URL
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise SetupError(f"{URL_VARIABLE} is {url!r}; it must begin with https://, so that nobody reads the secret on its way")
        return cls(values[KEY_VARIABLE].strip(), values[SECRET_VARIABLE].strip(), url)


class Client:
    """Asks with a token that is fetched when needed and kept in memory only."""

    def __init__(self, credentials: Credentials, pause: Callable[[float], None] = time.sleep) -> None:
        self._credentials, self._pause = credentials, pause
        self._token, self._expires = "", 0.0

    def ask(self, path: str, fields: Sequence[str], body: Mapping[str, Any], counted: Callable[[], None]) -> dict[str, Any]:
        """One answer to `/v2/research/<path>`; `counted` is called before every request that counts against the quota.

        Raises:
            ResearchError: refused, or still failing after some tries.
        """
        address = f"{self._credentials.url}/v2/research/{path}?{urllib.parse.urlencode({'fields': ','.join(fields)})}"
        renewed = False
        attempt = 1
        while True:
            headers = {"Authorization": f"Bearer {self._bearer()}", "Content-Type": "application/json"}
            counted()
            try:
                return _sent(urllib.request.Request(address, json.dumps(body).encode(), headers))  # noqa: S310 (scheme was checked)
            except ResearchError as error:
                if error.code == "access_token_invalid" and not renewed:
                    renewed, self._token = True, ""
                elif error.code in ("internal_error", "unreachable") and attempt < TRIES:
                    self._pause(float(attempt**3))
                    attempt += 1
                else:
                    raise

    def _bearer(self) -> str:
        if not self._token or time.monotonic() > self._expires:
            form = {"client_key": self._credentials.key, "client_secret": self._credentials.secret, "grant_type": "client_credentials"}
            request = urllib.request.Request(f"{self._credentials.url}/v2/oauth/token/", urllib.parse.urlencode(form).encode())  # noqa: S310
            found = _sent(request)
            token, seconds = found.get("access_token"), found.get("expires_in")
            if not isinstance(token, str) or not token:
                raise ResearchError("access_token_invalid")
            self._token = token
            self._expires = time.monotonic() + (seconds if isinstance(seconds, int) else 7200) * 0.9
        return self._token


def _sent(request: urllib.request.Request) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        ResearchError: any other answer, or none.
    """
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            status, content = answer.status, answer.read(MAX_ANSWER)
    except urllib.error.HTTPError as error:
        with error:
            status, content = error.code, error.read(MAX_ANSWER)
    except (urllib.error.URLError, OSError) as error:
        raise ResearchError("unreachable", str(getattr(error, "reason", error))) from error
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    _refuse(status, body)
    if not isinstance(body, dict):
        raise ResearchError("internal_error", f"HTTP {status} without JSON")
    return body


def _refuse(status: int, body: object) -> None:
    """Raise what an answer refuses. Errors stand in `{"error": {"code", "message", "log_id"}}`, those of tokens beside each other."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        code = str(error.get("code") or "ok")
        if code != "ok":
            raise ResearchError(code, str(error.get("message") or ""), str(error.get("log_id") or ""))
    elif isinstance(error, str) and error and isinstance(body, dict):
        raise ResearchError(error, str(body.get("error_description") or ""), str(body.get("log_id") or ""))
    if status >= 400:
        raise ResearchError({401: "access_token_invalid", 429: "rate_limit_exceeded", 400: "invalid_params"}.get(status, "internal_error"))
