"""Gives a chosen share of list answers another shape; the same answers in every run with the same seed."""

import hashlib
import json
from typing import Any

from flask import Flask, Response, request

from tests.replica.drift_kinds import Drifted, DriftKind, drifted_rows
from tests.replica.state import State

KEYS = ("comments", "itemList")
NAMED_BY = ("aweme_id", "item_id", "comment_id", "challengeID", "secUid", "cursor")


def install(app: Flask, state: State) -> None:
    """Let the settings ``drift_share``, ``drift_seed`` and ``drift_kinds`` work on the answers of ``app``."""

    @app.after_request
    def drift(response: Response) -> Response:
        kind = _kind(state)
        if kind is None or not response.is_json or response.status_code != 200:
            return response
        try:
            body: dict[str, Any] = json.loads(response.get_data())
        except ValueError:
            return response
        key = next((name for name in KEYS if body.get(name)), None)
        if key is not None:
            ids = tuple(row.get("cid") or row["id"] for row in body[key])
            state.drifted.append(Drifted(request.full_path, kind, ids))
            body[key] = drifted_rows(body[key], kind)
            response.set_data(json.dumps(body))
        return response


def _kind(state: State) -> DriftKind | None:
    settings = state.settings
    if not settings.drift_share or not request.path.startswith("/api/"):
        return None
    name = "/".join((str(settings.drift_seed), request.path, *(request.args.get(part, "") for part in NAMED_BY)))
    drawn = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())
    if drawn % 10_000 >= settings.drift_share * 10_000:
        return None
    return settings.drift_kinds[drawn // 10_000 % len(settings.drift_kinds)]
