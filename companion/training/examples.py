"""One graded comment as training sees it, whoever graded it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from companion.intent import EMOTIONS, SENTIMENTS, SIGNALS, Context
from companion.intent.prediction import GRADES

Origin = Literal["seed", "badge", "annotator", "import", "adjudication"]

_CHOICES = {"signal": SIGNALS, "sentiment": SENTIMENTS, "emotion": EMOTIONS}


@dataclass(frozen=True)
class Example:
    """A graded comment. `group` never straddles a train and a test part.

    Attributes:
        grade: 1-10; where several people graded it, the median of `ratings` (the lower one of two).
        signal, sentiment, emotion, toxic, spam: None where nobody said.
        group: who wrote or saw it together with others: the invented thread, or the video.
        product: kind of product, "none" where the video sells nothing, "" where not known.
        ratings: every person's grade, where more than one gave one.
        weight: how much it counts beside a line of the seed.
    """

    text: str
    context: Context
    grade: int
    signal: str | None
    sentiment: str | None
    lang: str
    group: str
    product: str
    emotion: str | None = None
    toxic: bool | None = None
    spam: bool | None = None
    ratings: tuple[int, ...] = ()
    weight: float = 1.0
    origin: Origin = "seed"

    @property
    def exceed(self) -> list[float]:
        """Share of the people who graded it above k, for k = 1..9."""
        given = self.ratings or (self.grade,)
        return [sum(grade > k for grade in given) / len(given) for k in GRADES[:-1]]


def parse(row: dict[str, Any]) -> Example:
    """One example from its JSON object; ValueError names the key and value that is wrong, TypeError an unknown key."""
    example = Example(**{**row, "context": Context.of(row["context"]), "ratings": tuple(row.get("ratings", ()))})
    for key in ("text", "lang", "group", "product"):
        if not isinstance(getattr(example, key), str):
            raise ValueError(f"{key} {getattr(example, key)!r} is not text")
    if not example.text.strip():
        raise ValueError("text is empty")
    for grade in (example.grade, *example.ratings):
        if type(grade) is not int or grade not in GRADES:
            raise ValueError(f"grade {grade!r} is not 1 to 10")
    for key, allowed in _CHOICES.items():
        value = getattr(example, key)
        if value is not None and value not in allowed:
            raise ValueError(f"{key} {value!r} is not one of {', '.join(allowed)}")
    for key in ("toxic", "spam"):
        if not isinstance(getattr(example, key), bool | None):
            raise ValueError(f"{key} {getattr(example, key)!r} is not true or false")
    return example


def plain(example: Example) -> dict[str, Any]:
    """The JSON object that `parse` reads back; what has its default value is left out."""
    row = asdict(example)
    defaults = {field.name: field.default for field in fields(Example)}
    kept = {name: value for name, value in row.items() if name == "context" or value != defaults[name]}
    kept["context"] = _plain_context(example.context)
    return {**kept, **({"ratings": list(example.ratings)} if example.ratings else {})}


def _plain_context(context: Context) -> str | dict[str, Any]:
    if context == Context(note=context.note):
        return context.note
    parts = {"caption": context.caption, "hashtags": list(context.hashtags), "product": context.product, "parent": context.parent}
    return {key: value for key, value in parts.items() if value}
