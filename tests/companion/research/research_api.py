"""A small Research API on a real port: tokens, pages, quotas and refusals as TikTok documents them, over invented videos."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import make_server

KEY, SECRET = "client-key", "client-secret"


@dataclass
class ResearchApi:
    """What it holds, what it was asked, and the refusals to give next (status, code)."""

    videos: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    tokens: int = 0
    page: int = 2
    url: str = ""

    def app(self) -> Flask:
        app = Flask("research-api")
        app.post("/v2/oauth/token/")(self._token)
        app.post("/v2/research/video/query/")(self._videos)
        app.post("/v2/research/video/comment/list/")(self._comments)
        return app

    def _token(self) -> Any:
        if request.form.to_dict() != {"client_key": KEY, "client_secret": SECRET, "grant_type": "client_credentials"}:
            return {"error": "invalid_client", "error_description": "Client key or secret is incorrect.", "log_id": "L0"}, 401
        self.tokens += 1
        return {"access_token": f"token-{self.tokens}", "expires_in": 7200, "token_type": "Bearer"}

    def _refused(self) -> Response | None:
        body = request.get_json()
        self.asked.append((request.path, body))
        if self.refusals:
            status, code = self.refusals.pop(0)
            return _answer({"error": {"code": code, "message": f"about {code}", "log_id": "L1"}}, status)
        if request.headers.get("Authorization") != f"Bearer token-{self.tokens}":
            return _answer({"error": {"code": "access_token_invalid", "message": "", "log_id": "L2"}}, 401)
        return None

    def _videos(self) -> Response:
        refused = self._refused()
        if refused:
            return refused
        body = request.get_json()
        tags = [tag for part in body["query"]["and"] if part["field_name"] == "hashtag_name" for tag in part["field_values"]]
        days = range(int(body["start_date"]), int(body["end_date"]) + 1)
        found = [video for video in self.videos if video["day"] in days and set(tags) & set(video["hashtag_names"])]
        cursor = body.get("cursor", 0)
        if cursor and body.get("search_id") != f"S{body['end_date']}":
            return _answer({"error": {"code": "invalid_params", "message": "Search Id is invalid or expired", "log_id": "L3"}}, 400)
        rows = [{key: value for key, value in video.items() if key in request.args["fields"].split(",")} for video in found]
        more = cursor + self.page < len(rows)
        data = {
            "videos": rows[cursor : cursor + self.page],
            "cursor": cursor + self.page,
            "has_more": more,
            "search_id": f"S{body['end_date']}",
        }
        return _answer({"data": data, "error": {"code": "ok", "message": "", "log_id": "L4"}})

    def _comments(self) -> Response:
        refused = self._refused()
        if refused:
            return refused
        body = request.get_json()
        rows, cursor = self.comments.get(str(body["video_id"]), []), body["cursor"]
        more = cursor + self.page < len(rows)
        data = {"comments": rows[cursor : cursor + self.page], "cursor": cursor + self.page, "has_more": more}
        return _answer({"data": data, "error": {"code": "ok", "message": "", "log_id": "L5"}})


@contextmanager
def running(api: ResearchApi) -> Iterator[ResearchApi]:
    """The API on a free port of this machine for the body."""
    server = make_server("127.0.0.1", 0, api.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(body: dict[str, Any], status: int = 200) -> Response:
    """JSON as TikTok writes it: ids are bare numbers of 64 bits."""
    return Response(json.dumps(body), status, content_type="application/json")
