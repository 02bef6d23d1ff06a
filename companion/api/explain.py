"""`/v1/explain`: why a comment got its grade."""

from __future__ import annotations

from flask import Blueprint, Response

from companion.api import wire
from companion.api.scoring import item_of, score_of
from companion.intent.explain import explain as explain_item
from companion.intent.neighbours import Tagged
from companion.security.guard import door
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.store import labels

blueprint = Blueprint("explain", __name__)

OWN_EXAMPLES = 20
"""Latest own tags compared with the comment; each costs one run of the sentence encoder (about 2 ms)."""


@blueprint.post("/v1/explain")
@door(scope="score")
def explain() -> Response:
    """The words that moved the grade and the nearest tagged examples."""
    asked = accept(wire.ExplainRequest)
    own = _own_tags()
    with services().gate.entered():
        explanation = explain_item(services().model, item_of(asked.text, asked.context))
        nearest = services().neighbours.nearest(asked.text, own)
    return answer(
        wire.ExplainAnswer.model_validate(
            {
                "model": services().model.id,
                "score": score_of("explained", explanation.prediction),
                "words": [{"text": w.text, "start": w.start, "end": w.end, "effect": w.effect} for w in explanation.words],
                "examples": [
                    {
                        "text": n.tagged.text,
                        "grade": n.tagged.grade,
                        "signal": n.tagged.signal,
                        "source": n.tagged.source,
                        "similarity": n.similarity,
                    }
                    for n in nearest
                ],
            }
        )
    )


def _own_tags() -> list[Tagged]:
    latest = labels.listed(connection("reader"), limit=OWN_EXAMPLES)
    return [
        Tagged(label.text, label.grade, label.signal or "none", "yours")
        for label in latest
        if label.grade is not None and label.source in labels.PERSONAL
    ]
