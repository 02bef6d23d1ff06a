"""Why a comment got its grade, and the user's own grade for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Option
from companion.dashboard.frame import fragment
from companion.dashboard.marked_words import Piece, effect_words, pieces_of
from companion.dashboard.readings import Row, load_one
from companion.intent import IntentModel
from companion.intent.explain import explain
from companion.intent.text import cut, normalise
from companion.own_tags import own_tags
from companion.services import connection, services
from companion.store import clock, labels, transaction
from companion.store.labels import LabelEvent
from companion.store.predictions import digest


@dataclass(frozen=True)
class Effect:
    """A word and what it did to the grade, in words."""

    text: str
    words: str


@dataclass(frozen=True)
class Example:
    """A graded comment like this one."""

    text: str
    grade: int
    yours: bool


@dataclass(frozen=True)
class WhyView:
    """The reasons behind one grade, as `model` gives them."""

    model: str
    pieces: list[Piece]
    effects: list[Effect]
    context: list[tuple[str, str]]
    examples: list[Example]

    signals = tuple(Option(*pair) for pair in words.SIGNALS.items())


@pages.get("/comments/<platform>/<comment_id>/why")
def why(platform: str, comment_id: str) -> Any:
    """The reasons, as a part of the table (htmx) or as a page of its own."""
    model = services().model
    return _shown(_row(model, platform, comment_id), model)


@pages.post("/comments/<platform>/<comment_id>/grade")
def correct(platform: str, comment_id: str) -> Any:
    """Store the user's own grade, or take it back; the label keeps what the model had said."""
    model = services().model
    row = _row(model, platform, comment_id)
    event = _undo(row) if "undo" in request.form else _set(row)
    if event is not None:
        with transaction(connection("labels")) as database:
            labels.append(database, event)
    if fragment():
        return _shown(_row(model, platform, comment_id), model)
    flash("Your grade was taken back." if "undo" in request.form else "Your grade is saved. It counts from now on.", "good")
    return redirect(url_for("dashboard.why", platform=platform, comment_id=comment_id), code=303)


def _row(model: IntentModel, platform: str, comment_id: str) -> Row:
    row = load_one(connection("reader"), model.id, platform, comment_id)
    if row is None:
        abort(404)
    return row


def _shown(row: Row, model: IntentModel) -> Response:
    view = _reasons(row, model)
    answer = make_response(render_template("parts/why_row.html" if fragment() else "why.html", row=row, why=view))
    answer.vary.add("HX-Request")
    return answer


def _reasons(row: Row, model: IntentModel) -> WhyView:
    with services().gate.entered():
        explanation = explain(model, row.item)
        nearest = services().neighbours.nearest(row.comment.text, own_tags(connection("reader"), (row.comment.platform, row.comment.id)))
    strongest = explanation.words[:6]
    return WhyView(
        model=model.id,
        pieces=pieces_of(cut(row.comment.text)[0], explanation.words),
        effects=[Effect(word.text, effect_words(word.effect)) for word in strongest],
        context=_context(row),
        examples=[Example(n.tagged.text, n.tagged.grade, n.tagged.source == "yours") for n in nearest],
    )


def _context(row: Row) -> list[tuple[str, str]]:
    """What the model read beside the comment, as name and text; what is not known is left out."""
    context = row.item.context
    tags = " ".join(f"#{tag}" for tag in context.hashtags if f"#{tag}".lower() not in context.caption.lower())
    parts = [("answers", context.parent), ("product", context.product), ("caption", context.caption), ("hashtags", tags)]
    return [(name, text) for name, text in parts if text]


def _set(row: Row) -> LabelEvent:
    grade = request.form.get("grade", type=int)
    if grade is None or not 1 <= grade <= 10:
        abort(400, "grade: choose a grade from 1 to 10")
    signal = request.form.get("signal", "none")
    if signal not in words.SIGNALS:
        abort(400, "signal: choose one of the list")
    context, said = row.item.context, row.prediction
    return LabelEvent(
        uuid=str(uuid4()),
        source="annotator",
        platform=row.comment.platform,
        comment_id=row.comment.id,
        video_id=row.comment.video_id,
        text=row.comment.text,
        text_hash=digest(normalise(row.comment.text)),
        context={"caption": context.caption, "hashtags": list(context.hashtags), "product": context.product, "parent": context.parent},
        guideline_version=labels.GUIDELINE,
        created_at=clock.now_ms(),
        grade=grade,
        signal=signal,
        model=said.model if said else None,
        suggested_grade=said.grade if said else None,
        suggested_p_high=said.p_high if said else None,
        suggestion_shown=said is not None,
    )


def _undo(row: Row) -> LabelEvent | None:
    if row.label is None:
        return None
    return LabelEvent(
        uuid=str(uuid4()),
        source="annotator",
        action="undo",
        undoes=row.label.uuid,
        platform=row.comment.platform,
        comment_id=row.comment.id,
        video_id=row.comment.video_id,
        text=row.comment.text,
        text_hash=row.label.text_hash,
        guideline_version=labels.GUIDELINE,
        created_at=clock.now_ms(),
    )
