"""Between the wire and the model: contexts and items in, scores out."""

from __future__ import annotations

from companion.api import wire
from companion.intent import Context, Item, Prediction
from companion.store.labels import LabelEvent


def context_of(sent: wire.Context, parent: str = "") -> Context:
    """The model's context for a comment; its own parent wins over the one of the request."""
    return Context(caption=sent.caption, hashtags=tuple(sent.hashtags), product=sent.product, parent=parent or sent.parent)


def item_of(text: str, sent: wire.Context, parent: str = "") -> Item:
    """One comment for the model."""
    return Item(text, context_of(sent, parent))


def score_of(comment_id: str, said: Prediction, label: LabelEvent | None = None) -> wire.Score:
    """The wire form of a prediction, with the user's own grade where there is one."""
    return wire.Score.model_validate(
        {
            "id": comment_id,
            "grade": said.grade,
            "level": said.level,
            "p_high": said.p_high,
            "signal": said.signal,
            "sentiment": said.sentiment,
            "interval": said.interval,
            "unsure": said.unsure,
            "lang": said.lang,
            "truncated": said.truncated,
            "yours": yours_of(label),
        }
    )


def yours_of(label: LabelEvent | None) -> wire.Yours | None:
    """The user's own grade, if the label holds one."""
    if label is None or label.grade is None:
        return None
    return wire.Yours.model_validate({"grade": label.grade, "signal": label.signal})
