"""Comments and labels that training tests start from."""

from __future__ import annotations

from typing import Any

from companion.intent import Context
from companion.store.labels import LabelEvent
from companion.training.examples import Example

MUG = Context(caption="the self-heating mug everyone asks about", hashtags=("amazonfinds",))

_HIGH = ("where can I buy this", "link please", "how much is it", "I need this in my kitchen", "just ordered mine", "price?")
_LOW = ("lol your cat in the back", "what song is this", "first", "you look tired today", "my mum has the same floor", "boring")


def example(text: str = "link??", grade: int = 8, **changes: Any) -> Example:
    """A graded comment of the seed."""
    usual: dict[str, Any] = {
        "context": MUG,
        "signal": "availability",
        "sentiment": "neutral",
        "lang": "en",
        "group": "thread-1",
        "product": "mug",
    }
    return Example(text=text, grade=grade, **{**usual, **changes})


def handful(n: int = 16) -> list[Example]:
    """Buyers and others by turns, in five threads."""
    return [
        example(f"{(_HIGH, _LOW)[i % 2][i // 2 % 6]} {i}", (8, 2)[i % 2], signal=("availability", "none")[i % 2], group=f"thread-{i % 5}")
        for i in range(n)
    ]


def vote(comment: int, grade: int | None = 8, **changes: Any) -> LabelEvent:
    """An annotator's label; comments of equal tens are of one video."""
    usual: dict[str, Any] = {
        "uuid": f"{comment}-{changes.get('client_id', 'amy')}-{changes.get('source', 'annotator')}",
        "source": "annotator",
        "platform": "tiktok",
        "comment_id": f"c{comment}",
        "video_id": f"v{comment // 10}",
        "text": f"where can I buy number {comment}?",
        "text_hash": "00",
        "guideline_version": "1",
        "created_at": 1000 + comment,
        "context": {"caption": "bottle"},
        "grade": grade,
        "client_id": "amy",
    }
    return LabelEvent(**{**usual, **changes})
