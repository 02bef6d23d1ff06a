"""`/v1/video`: what is known of the videos on a page."""

from __future__ import annotations

import sqlite3

from flask import Blueprint, Response

from companion import demand_by, stored_stages
from companion.api import quality_wire
from companion.api.quality_answers import chance_of, finding, rate_of, score_of, stage_of, tip_of
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.store import creators, quality_learned, quality_looks, videos
from companion.store.quality_posts import StoredPost
from companion.stored_scores import score_video
from companion.stored_stages import found_of
from companion.stored_tips import tips_of

blueprint = Blueprint("video", __name__)


@blueprint.post("/v1/video")
@door(scope="score")
def video() -> Response:
    """Rates of up to 60 stored videos; of one, where asked, the score from what is stored and what the page shows."""
    asked = accept(quality_wire.VideoRequest)
    if (asked.detail or asked.shown) and len(asked.video_ids) != 1:
        raise RefusalError(422, "schema", "video_ids: ask for one video with detail.")
    database, model = connection("reader"), services().model.id
    known = videos.known(database, asked.platform, asked.video_ids)
    rates = demand_by.of_videos(database, model, asked.platform, known)
    found = [
        quality_wire.VideoQuality(id=ident, known=ident in known, intent=rate_of(rates.get(ident), "all")) for ident in asked.video_ids
    ]
    if asked.detail:
        found = [_detailed(database, model, asked, found[0])]
    return answer(quality_wire.VideoAnswer(model=model, videos=found))


def _detailed(
    database: sqlite3.Connection, model: str, asked: quality_wire.VideoRequest, plain: quality_wire.VideoQuality
) -> quality_wire.VideoQuality:
    shown = _shown(database, asked.platform, plain.id, asked.shown) if asked.shown else None
    scored = score_video(database, model, (asked.platform, plain.id), shown=shown)
    if scored is None:
        return plain
    learned = quality_learned.find(database)
    found = found_of(scored.stored, videos.metrics(database, asked.platform, plain.id), learned.pools if learned else {})
    answers = quality_looks.verdicts(database, asked.platform, [plain.id]).get(plain.id, [])
    return plain.model_copy(
        update={
            "score": score_of(scored.score),
            "stage": stage_of(found.now) if plain.known else None,
            "chance": chance_of(stored_stages.chance_of(database, found)) if plain.known else None,
            "findings": [finding(one.name, one.reason) for one in answers if one.answer == "yes"],
            "looked": len(answers),
            "unclear": sum(one.answer == "not enough data" for one in answers),
            "tip": tip_of(tips_of(scored.score, [scored], learned), []),
        }
    )


def _shown(database: sqlite3.Connection, platform: str, video_id: str, shown: quality_wire.ShownVideo) -> StoredPost:
    """The video as the page tells it, with its creator where that one is stored."""
    handle = shown.creator.lower()
    maker = creators.ids_of_handles(database, platform, [handle]).get(handle) if handle else None
    return StoredPost(
        platform=platform,
        id=video_id,
        creator_id=maker,
        created_at=shown.created_at * 1000 if shown.created_at else None,
        followers=shown.followers,
        duration_ms=None if shown.duration_s is None else shown.duration_s * 1000,
        hashtags=(),
        caption="",
        commerce="",
        plays=shown.plays,
        likes=shown.likes,
        comments=shown.comments,
        shares=shown.shares,
        saves=shown.saves,
        measured_at=None,
    )
