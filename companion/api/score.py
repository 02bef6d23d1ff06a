"""`/v1/score`: grades for the comments of one video."""

from __future__ import annotations

from flask import Blueprint, Response

from companion.api import wire
from companion.api.scoring import item_of, score_of
from companion.security.guard import door
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.store import labels

blueprint = Blueprint("score", __name__)


@blueprint.post("/v1/score")
@door(scope="score")
def score() -> Response:
    """Grade up to 100 comments, in their order; the user's own grades come along as `yours`."""
    asked = accept(wire.ScoreRequest)
    items = [item_of(comment.text, asked.context, comment.parent) for comment in asked.comments]
    model = services().model
    with services().gate.entered():
        said = model.read(items)
    ids = [comment.id for comment in asked.comments]
    own = labels.current(connection("reader"), asked.platform, ids)
    scores = [score_of(ident, prediction, own.get(ident)) for ident, prediction in zip(ids, said, strict=True)]
    return answer(wire.ScoreAnswer(model=model.id, scores=scores))
