"""`/v1/explain`: why a comment got its grade."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response

from companion.api import wire
from companion.api.scoring import item_of, score_of
from companion.intent.explain import explain as explain_item
from companion.own_tags import own_tags
from companion.security.guard import door
from companion.security.requests import accept, answer
from companion.services import connection, services

blueprint = Blueprint("explain", __name__)


@blueprint.post("/v1/explain")
@door(scope="score")
def explain() -> Response:
    """The words that moved the grade and the nearest tagged examples."""
    asked = accept(wire.ExplainRequest)
    own = own_tags(connection("reader"))
    model = services().model
    with services().gate.entered():
        explanation = explain_item(model, item_of(asked.text, asked.context))
        nearest = services().neighbours.nearest(asked.text, own)
    return answer(
        wire.ExplainAnswer.model_validate(
            {
                "model": model.id,
                "score": score_of("explained", explanation.prediction),
                "words": [asdict(word) for word in explanation.words],
                "examples": [{**asdict(n.tagged), "similarity": n.similarity} for n in nearest],
            }
        )
    )
