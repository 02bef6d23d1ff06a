"""`/v1/capture`: what the user's own browser saw on TikTok is kept, where the user allowed it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from companion.api import wire
from companion.config import Limits
from companion.intake import Captured, Origin, take
from companion.security.guard import door
from companion.security.requests import accept, answer
from companion.services import services
from companion.store import clock
from companion.tiktok import Asked
from companion.tiktok.embedded import of_universal
from companion.tiktok.page_data import reduced

blueprint = Blueprint("capture", __name__)

PATIENCE_MS = 1_000
"""How long another writer is waited for, a few times over: what a page shows can be sent again, and somebody may be scrolling."""


@blueprint.post("/v1/capture")
@door(scope="capture", body_bytes=Limits.capture_bytes)
def capture() -> Response:
    """Store rows and the page's own data on the one way in, identities out first; all of it or nothing."""
    asked = accept(wire.CaptureRequest)
    now = clock.now_ms()
    pages = [*_embedded(asked, now), *_rendered(asked, now)]
    taken = take(replace(services().store, busy_timeout_ms=PATIENCE_MS), pages, Origin(door="extension"))
    services().grader.wake()
    found, new = taken.comments_found + taken.replies_found, taken.comments_new + taken.replies_new
    return answer(wire.CaptureAnswer(new=new, seen=found - new))


def _embedded(asked: wire.CaptureRequest, now: int) -> list[Captured]:
    blocks = of_universal({"__DEFAULT_SCOPE__": reduced({str(name): block for name, block in asked.embedded.items()})})
    return [Captured(request, 200, body, now) for request, body in blocks]


def _rendered(asked: wire.CaptureRequest, now: int) -> list[Captured]:
    if asked.video_id is None or not asked.rows:
        return []
    thread = {
        "id": asked.video_id,
        "author": {"uniqueId": asked.creator},
        "rows": [row.model_dump() for row in asked.rows],
    }
    request = Asked("rendered", f"rendered/{asked.video_id}", video_id=asked.video_id)
    return [Captured(request, 200, {"at": now, "thread": thread}, now)]
