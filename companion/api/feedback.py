"""`/v1/feedback`: a correction made on a badge becomes a label, or is taken back."""

from __future__ import annotations

from flask import Blueprint, Response

from companion.api import wire
from companion.api.scoring import yours_of
from companion.intent.text import normalise
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer, client
from companion.services import connection
from companion.store import clock, labels, transaction
from companion.store.predictions import digest

blueprint = Blueprint("feedback", __name__)


@blueprint.post("/v1/feedback")
@door(scope="teach")
def feedback() -> Response:
    """Store the event, flushed to disk before the answer; the same uuid is stored once."""
    asked = accept(wire.FeedbackRequest)
    _check_shape(asked)
    database = connection("labels")
    try:
        with transaction(database):
            stored = labels.append(database, _event(asked))
    except labels.LabelConflictError as conflict:
        raise RefusalError(409, "label", str(conflict)) from None
    current = labels.current(database, asked.platform, [asked.comment_id]).get(asked.comment_id)
    return answer(wire.FeedbackAnswer(uuid=asked.uuid, duplicate=not stored, yours=yours_of(current)))


def _check_shape(asked: wire.FeedbackRequest) -> None:
    if asked.action == "set" and (asked.grade is None or asked.undoes is not None):
        raise RefusalError(422, "schema", "grade: a correction needs a grade from 1 to 10, and no `undoes`.")
    if asked.action == "undo" and asked.undoes is None:
        raise RefusalError(422, "schema", "undoes: an undo names the correction that it takes back.")


def _event(asked: wire.FeedbackRequest) -> labels.LabelEvent:
    suggestion = asked.suggestion
    return labels.LabelEvent(
        uuid=asked.uuid,
        source="badge",
        action=asked.action,
        undoes=asked.undoes,
        platform=asked.platform,
        comment_id=asked.comment_id,
        video_id=asked.video_id,
        text=asked.text,
        context=asked.context.model_dump(),
        text_hash=digest(normalise(asked.text)),
        grade=asked.grade,
        signal=asked.signal,
        sentiment=asked.sentiment,
        guideline_version=labels.GUIDELINE,
        model=suggestion.model if suggestion else None,
        suggested_grade=suggestion.grade if suggestion else None,
        suggested_p_high=suggestion.p_high if suggestion else None,
        suggestion_shown=suggestion is not None,
        client_id=client().id,
        created_at=clock.now_ms(),
    )
