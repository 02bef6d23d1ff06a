"""What goes into the model and what comes out: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.intent.context import Context

GRADES = tuple(range(1, 11))
SIGNALS = ("none", "praise", "question", "price", "availability", "want", "bought", "objection")
SENTIMENTS = ("negative", "neutral", "positive")
EMOTIONS = ("none", "joy", "anger", "sadness", "surprise")
FLAGS = ("toxic", "spam")
HIGH_GRADE = 7
"""From this grade on a comment counts as high intent (labeling guide)."""


@dataclass(frozen=True)
class Item:
    """One comment to read."""

    text: str
    context: Context = field(default_factory=Context)


@dataclass(frozen=True)
class Prediction:
    """The model's reading of one comment.

    Attributes:
        grade: expected grade, 1.0-10.0.
        p_high: calibrated probability that the grade is 7 or more.
        interval: lower and upper grade that hold the true grade in about 90 % of cases.
        emotion: the writer's strongest feeling, "none" where calm.
        toxic: probability that it insults or degrades somebody.
        spam: probability that a seller, a bot or somebody begging for followers wrote it.
        unsure: true when the model should not be taken at its word (wide interval, undecided, or a language it has hardly seen).
    """

    grade: float
    p_high: float
    signal: str
    sentiment: str
    interval: tuple[float, float]
    unsure: bool
    lang: str
    emotion: str = "none"
    toxic: float = 0.0
    spam: float = 0.0
    truncated: bool = False

    @property
    def level(self) -> int:
        """The grade as one of the ten steps."""
        return int(min(10, max(1, round(self.grade))))
