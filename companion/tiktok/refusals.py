"""How TikTok says no: by status, by an empty answer, by a code in the JSON, by a page that asks for a person."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import urlsplit

from companion.tiktok.bodies import parse

Refusal = Literal["empty", "verify", "login", "blocked", "too_fast", "not_found", "private", "region", "comments_off", "error"]

_BY_STATUS: dict[int, Refusal] = {401: "login", 403: "blocked", 404: "not_found", 410: "not_found", 429: "too_fast", 451: "region"}
_BY_CODE: dict[int, Refusal] = {
    10000: "verify",
    10110: "verify",
    10101: "login",
    209002: "login",
    10202: "not_found",
    10204: "not_found",
    10221: "not_found",
    100002: "not_found",
    10216: "private",
    10222: "private",
    10231: "region",
}
_SOFT = -1  # a refusal with an empty object in place of an empty body
_DETAILS = ("userInfo", "itemInfo", "challengeInfo")
_COMMENTS_OFF = re.compile(r"comments?\b.{0,40}\b(?:off|closed|disabled|not allowed)", re.IGNORECASE)
_CHALLENGE = re.compile(rb"_wafchallengeid|captcha[-_]verify[-_]container|tiktok-verify-ele|id=[\"']captcha_container", re.IGNORECASE)
_DENIED = re.compile(rb"<title>\s*access denied", re.IGNORECASE)
_HEAD = 200_000  # bytes of a page that are looked through


def refusal_of(status: int, body: bytes | None, location: str | None = None) -> Refusal | None:
    """Whether an answer refuses, and how; None: it answers. A body of None was not read and is not judged."""
    if location is not None and _is_login(location):
        return "login"
    if status >= 400:
        return _BY_STATUS.get(status, "error")
    return None if body is None or 300 <= status < 400 else _refusal_of_body(body)


def refusal_in(body: object) -> Refusal | None:
    """Whether an answer's JSON refuses."""
    if not isinstance(body, dict):
        return None if isinstance(body, list) else "error"
    if body.get("type") == "verify" or _nested(body, "verifyConfig").get("type") == "verify":
        return "verify"
    code = _code(body)
    return None if code is None else _refusal_of_code(code, body)


def _refusal_of_body(body: bytes) -> Refusal | None:
    if not body.strip():
        return "empty"
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _refusal_of_page(body[:_HEAD])
    try:
        return refusal_in(parse(body))
    except ValueError:
        return "error"


def _refusal_of_code(code: int, body: dict[str, Any]) -> Refusal | None:
    if code == _SOFT:
        return None if _has_details(body) else "empty"
    if refusal := _BY_CODE.get(code):  # a private account's code comes with readable counters now and then
        return None if refusal == "private" and _has_details(body) else refusal
    said = body.get("status_msg") or body.get("statusMsg")
    if isinstance(said, str) and _COMMENTS_OFF.search(said):
        return "comments_off"
    return "not_found" if _says_nothing(body) else "error"


def _is_login(location: str) -> bool:
    try:
        path = urlsplit(location).path
    except ValueError:
        return False
    return path.rstrip("/") == "/login" or path.startswith("/login/")


def _refusal_of_page(head: bytes) -> Refusal | None:
    if _CHALLENGE.search(head):
        return "verify"
    return "blocked" if _DENIED.search(head) else None


def _code(body: dict[str, Any]) -> int | None:
    """The first code that is not 0; item answers carry it in both spellings, answers of the app inside `data`."""
    for holder in (body, _nested(body, "data")):
        for name in ("status_code", "statusCode"):
            code = holder.get(name)
            if isinstance(code, str) and re.fullmatch(r"-?\d{1,9}", code):
                code = int(code)
            if isinstance(code, int) and code:
                return int(code)
    return None


def _has_details(body: dict[str, Any]) -> bool:
    return any(_nested(body, name) for name in _DETAILS)


def _says_nothing(body: dict[str, Any]) -> bool:
    """Whether the thing asked for is there by name and empty."""
    return any(name in body for name in _DETAILS) and not _has_details(body)


def _nested(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}
