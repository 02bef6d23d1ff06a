"""What the labeling screen sends."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.prediction import GRADES
from companion.store.annotation_events import Event

MOST_EVENTS = 100
MOST_NOTE = 2_000
"""Characters of a note; a longer one is cut rather than refused, because it would take its answer with it."""

LONGEST_MS = 60 * 60 * 1000
"""More time on one comment than this says only that somebody went away."""

LARGEST_ID = 2**63 - 1
"""What a row of the store can be numbered."""

QUALITIES = (0, 1, 2)
_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


class LeaseIn(BaseModel):
    """Which items are wanted. `have` are assignments that the browser has on hand or has answered but not sent yet."""

    task: str = Field(max_length=64)
    want: int = Field(default=5, ge=0, le=5)
    have: list[int] = Field(default_factory=list, max_length=5_000)


class EventIn(BaseModel):
    """One act of the person at the screen; `at` is theirs (ISO 8601), whatever their clock says."""

    model_config = ConfigDict(extra="ignore")

    uuid: Annotated[str, Field(pattern=_UUID)]
    assignment: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    action: Literal["submit", "skip", "undo"]
    undoes: Annotated[str, Field(pattern=_UUID)] | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    flags: list[Literal["spam", "creator", "unsure"]] = Field(default_factory=list)
    note: str = ""
    spent_ms: int | None = None
    contradiction: bool = False
    suggestion_shown: bool = False
    at: datetime

    def event(self) -> Event:
        """The same for the store.

        Raises:
            ValueError: an answer that is none, a submit without any, an undo that names nothing.
        """
        answers = {key: value for key, value in self.answers.items() if value is not None}
        allowed = {"grade": GRADES, "signal": SIGNALS, "sentiment": SENTIMENTS, "quality": QUALITIES}
        for key, value in answers.items():
            if key not in allowed or isinstance(value, bool) or value not in allowed[key]:
                raise ValueError(
                    f"{str(key)[:40]} {str(value)[:40]!r} is no answer; use one of {', '.join(map(str, allowed.get(key, ())))}"
                )
        if self.action == "submit" and not answers and not self.flags:
            raise ValueError("an answer without a grade, a signal, a sentiment or a flag says nothing")
        if (self.action == "undo") != (self.undoes is not None):
            raise ValueError("an undo, and only an undo, names what it takes back")
        return Event(
            uuid=self.uuid.lower(),
            assignment=self.assignment,
            action=self.action,
            undoes=self.undoes.lower() if self.undoes else None,
            answers={} if self.action != "submit" else answers,
            flags=tuple(dict.fromkeys(self.flags)),
            note=self.note[:MOST_NOTE].replace("\0", ""),
            spent_ms=None if self.spent_ms is None else min(max(0, self.spent_ms), LONGEST_MS),
            contradiction=self.contradiction,
            suggestion_shown=self.suggestion_shown,
            at=int(self.at.timestamp() * 1000),
        )


def complaint(error: ValidationError) -> str:
    """The first fault, naming the field but never quoting what it holds."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(str(part)[:64] for part in first['loc']) or 'the event'}: {first['msg']}"
