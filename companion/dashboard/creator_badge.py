"""The badge of a consistent creator, made from the creator's page and signed with this workspace's key."""

from __future__ import annotations

import re

from flask import Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from companion import badge_key
from companion.dashboard.blueprint import pages
from companion.quality.badge_record import record_of
from companion.quality.badges import BadgeError, enveloped, fingerprint, issue
from companion.services import connection, services
from companion.store import clock, creators, sample
from companion.store.workspace import WorkspaceError
from companion.stored_scores import score_creator

_PLAIN = re.compile(r"[^a-z0-9._-]+")


@pages.post("/creators/<platform>/<creator_id>/badge")
def make_badge(platform: str, creator_id: str) -> BaseResponse:
    """The badge as a file; where it is not earned, the page again with what stands in the way."""
    database = connection("reader")
    creator = creators.find(database, platform, creator_id)
    if creator is None:
        abort(404)
    scored = score_creator(database, services().model.id, (platform, creator_id))
    wrong = "no badge is made for invented creators" if platform == sample.PLATFORM else "" if scored else "no video is stored"
    if scored and not wrong:
        record = record_of([(video.post.created_at, video.standing) for video in scored.videos], scored.score)
        holder = f"@{creator.handle}" if creator.handle else creator.name or creator.id
        try:
            signed = issue(holder, record, badge_key.signing_key(services().store.workspace), now=clock.now_ms())
        except (BadgeError, WorkspaceError) as error:
            wrong = str(error)
        else:
            name = _PLAIN.sub("-", (creator.handle or creator.id).lower()).strip("-.") or "creator"
            headers = {"Content-Disposition": f'attachment; filename="buysignal-badge-{name}.json"', "Cache-Control": "no-store"}
            return Response(enveloped(signed), content_type="application/json", headers=headers)
    flash(f"No badge was made: {wrong}.", "bad")
    return redirect(url_for("dashboard.creator_page", platform=platform, creator_id=creator_id, _anchor="badge"), code=303)


def known_fingerprint() -> str:
    """That of this workspace's key for badges; "" before the first badge, and where the key cannot be read."""
    workspace = services().store.workspace
    try:
        return fingerprint(badge_key.signing_key(workspace)) if badge_key.path_of(workspace).exists() else ""
    except WorkspaceError:
        return ""
