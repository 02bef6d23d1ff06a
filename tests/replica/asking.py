"""Asking a running replica without a browser."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.replica.server import Replica


@dataclass(frozen=True)
class Answered:
    """One answer, redirects not followed."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Leave a redirect as it is."""


def get(replica: Replica | int, path: str, method: str = "GET") -> Answered:
    """Return what the replica, or the one on that port, answers."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting), _Stay())
    port = replica if isinstance(replica, int) else replica.port
    asked = urllib.request.Request(f"https://127.0.0.1:{port}{path}", method=method)
    try:
        with opener.open(asked, timeout=20) as answer:
            return Answered(answer.status, answer.read(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        return Answered(error.code, error.read(), dict(error.headers))


def ask(replica: Replica, path: str) -> dict[str, Any]:
    """Return the JSON of an answer."""
    body: dict[str, Any] = json.loads(get(replica, path).body)
    return body


def comments(video: str, cursor: int = 0) -> str:
    """Path of a page of comments."""
    return f"/api/comment/list/?aweme_id={video}&cursor={cursor}&count=20"


def replies(video: str, comment: str, cursor: int = 0) -> str:
    """Path of a page of replies."""
    return f"/api/comment/list/reply/?item_id={video}&comment_id={comment}&cursor={cursor}&count=3"
