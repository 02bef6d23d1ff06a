"""Deciding what a comment's label is where people disagreed, and taking a decision back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.prediction import GRADES
from companion.intent.text import normalise
from companion.store import Store, adjudications, label_answers, labels, predictions
from companion.store.adjudications import REASONS, Adjudication, Decided, Reason
from companion.store.label_answers import GivenAnswer
from companion.store.label_items import Item
from companion.store.labels import LabelEvent
from companion.store.predictions import StoredPrediction, digest
from labeling import guide
from labeling.agreement_report import answer_of
from labeling.conflicts import Conflict, conflicts, model_uncertainty

MOST_NOTE = 500
"""Characters of a note."""

CONTEXT = ("caption", "hashtags", "product", "parent", "note")
"""What of an item's surroundings a label keeps: what the model reads."""


class BadDecisionError(ValueError):
    """A decision that cannot be stored; the message says what is missing."""


@dataclass(frozen=True)
class Decision:
    """What was decided. `grade` 1-10; `signal` and `sentiment` None where they were left open.

    Raises:
        BadDecisionError: a value is missing or none of those there are.
    """

    grade: int
    reason: Reason
    signal: str | None = None
    sentiment: str | None = None
    note: str = ""
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.grade not in GRADES:
            raise BadDecisionError("choose one of the answers, or a grade of your own from 1 to 10")
        if self.reason not in REASONS:
            raise BadDecisionError("say why they disagreed: choose a reason")
        if self.signal not in (None, *SIGNALS) or self.sentiment not in (None, *SENTIMENTS):
            raise BadDecisionError("choose a signal and a sentiment from the lists, or leave them open")
        if len(self.note) > MOST_NOTE:
            raise BadDecisionError(f"the note has {len(self.note)} characters; {MOST_NOTE} at most can be kept")


def disputes(connection: sqlite3.Connection, given: Iterable[GivenAnswer], model: str) -> list[Conflict]:
    """Everything on which people ever disagreed, decided or not, the most urgent first.

    Urgent is distance of the grades x how little `model` (its id) knows.
    """
    answers = [answer_of(one) for one in given if one.kind == "comment"]
    found = conflicts(answers, {})
    return conflicts([x for conflict in found for x in conflict.answers], _uncertainty(connection, [x.item for x in found], model))


def waiting(found: Iterable[Conflict], settled: Mapping[tuple[str, str], int]) -> list[Conflict]:
    """What of it waits for a decision, the most urgent first.

    Answers given before a decision about their comment are settled by it; newer ones are not. Fewer answers never disagree more, so
    nothing is missed by looking at old disputes only.
    """
    left: list[Conflict] = []
    for one in found:
        platform, _, ident = one.item.partition(":")
        at = settled.get((platform, ident))
        left += [one] if at is None else conflicts([x for x in one.answers if x.at > at], {one.item: one.uncertainty})
    return sorted(left, key=lambda x: (-x.priority, -x.distance, -len(x.answers), x.item))


def queue(connection: sqlite3.Connection, given: Iterable[GivenAnswer], model: str) -> list[Conflict]:
    """Both in one."""
    return waiting(disputes(connection, given, model), adjudications.settled_at(connection))


def decide(store: Store, item: Item, decision: Decision, person: str, now: int) -> Decided:
    """Store a decision: its label, the decision and what goes back to whom, in one transaction.

    Args:
        store: the workspace.
        item: what was decided about.
        decision: the answer.
        person: the adjudicator's id.
        now: ms UTC.
    """
    uuid, label = str(uuid4()), _label(item, decision, person, now, guide.in_force(store).version)
    row = Adjudication(uuid, item.id, label.uuid, decision.reason, decision.note.strip(), person, now)
    with store.writing("labels") as connection:
        otherwise = _otherwise(label_answers.of_target(connection, item.platform, item.target_id), decision.grade)
        labels.append(connection, label)
        adjudications.add(connection, row, otherwise)
        found = adjudications.find(connection, uuid)
    assert found is not None  # noqa: S101 - written a line ago
    return found


def undo(store: Store, uuid: str, person: str, now: int) -> Decided | None:
    """Take a decision back: its label is undone, and nothing is returned to anybody; None where it is gone already."""
    with store.writing("labels") as connection:
        found = adjudications.find(connection, uuid)
        label = labels.find(connection, found.label_uuid) if found else None
        if found is None or label is None:
            return None
        labels.append(connection, _undone(label, person, now))
        adjudications.remove(connection, uuid)
    return found


def _otherwise(given: Sequence[GivenAnswer], grade: int) -> list[str]:
    """Whose last answer has another grade."""
    last = {one.annotator_id: one for one in sorted(given, key=lambda one: one.at) if not one.skipped}
    return sorted(person for person, one in last.items() if one.grade is not None and one.grade != grade)


def _label(item: Item, decision: Decision, person: str, now: int, version: str) -> LabelEvent:
    return LabelEvent(
        uuid=str(uuid4()),
        source="adjudication",
        platform=item.platform,
        comment_id=item.target_id,
        video_id=item.video_id,
        text=item.text,
        context={key: item.context[key] for key in CONTEXT if item.context.get(key)},
        text_hash=digest(normalise(item.text)),
        grade=decision.grade,
        signal=decision.signal,
        sentiment=decision.sentiment,
        guideline_version=version,
        client_id=person,
        flags=decision.flags,
        note=decision.note,
        created_at=now,
    )


def _undone(label: LabelEvent, person: str, now: int) -> LabelEvent:
    return LabelEvent(
        uuid=str(uuid4()),
        source="adjudication",
        action="undo",
        undoes=label.uuid,
        platform=label.platform,
        comment_id=label.comment_id,
        video_id=label.video_id,
        text=label.text,
        context=label.context,
        text_hash=label.text_hash,
        guideline_version=label.guideline_version,
        client_id=person,
        created_at=now,
    )


def _uncertainty(connection: sqlite3.Connection, items: Sequence[str], model: str) -> dict[str, float]:
    """The model's uncertainty about items that it has read, 0-1."""
    known: dict[str, float] = {}
    places = [item.partition(":") for item in items]
    for platform in {place[0] for place in places}:
        ids = [ident for name, _, ident in places if name == platform]
        read = predictions.of_comments(connection, platform, ids, model)
        known.update({f"{platform}:{ident}": _of(one) for ident, one in read.items()})
    return known


def _of(one: StoredPrediction) -> float:
    return model_uncertainty(one.p_high, (one.interval_low, one.interval_high))
