"""Labels by which the owner of the workspace marks many comments at once: adverts, and what creators or brands wrote themselves.

A mark is a label like any other, with the grade that the guide gives such comments; its uuid is made of its time and its comment,
so that marks given in one go are found again and can be taken back together. Functions that write need a "labels" connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Literal
from uuid import NAMESPACE_URL, uuid4, uuid5

from companion.store import also, annotators, labels
from companion.store.labels import LabelEvent
from companion.store.unread import Place

Flag = Literal["spam", "creator"]

GRADES: dict[Flag, int] = {"spam": 2, "creator": 3}
"""What the labeling guide gives adverts and begging, and sellers or creators who answer others."""

_MADE = "SELECT uuid FROM label_standing WHERE source = 'annotator' AND client_id = ? AND "


def ident(at: int, platform: str, comment_id: str) -> str:
    """The uuid of a mark given at a time (ms UTC)."""
    return str(uuid5(NAMESPACE_URL, json.dumps(["buysignal mark", at, platform, comment_id])))


def given_at(connection: sqlite3.Connection, at: int) -> list[LabelEvent]:
    """The marks given in one go at this time (ms UTC) that stand."""
    return _marks(connection, connection.execute(f"{_MADE} created_at = ?", [annotators.LOCAL, at]))


def standing(connection: sqlite3.Connection, places: Iterable[Place]) -> list[LabelEvent]:
    """The marks that stand on these comments, whenever they were given."""
    found = []
    for platform, asked in places:
        [present] = also.present(connection, platform, [asked]).values()
        rows = connection.execute(f"{_MADE} platform = ? AND comment_id = ?", [annotators.LOCAL, platform, present])
        found += _marks(connection, rows)
    return found


def take_back(connection: sqlite3.Connection, marks: Iterable[LabelEvent], now: int) -> int:
    """Undo marks, each by an event of its own; how many."""
    undone = 0
    for mark in marks:
        undo = LabelEvent(
            uuid=str(uuid4()),
            source=mark.source,
            platform=mark.platform,
            comment_id=mark.comment_id,
            text=mark.text,
            text_hash=mark.text_hash,
            guideline_version=mark.guideline_version,
            created_at=now,
            action="undo",
            undoes=mark.uuid,
            video_id=mark.video_id,
            context=mark.context,
            client_id=mark.client_id,
        )
        undone += labels.append(connection, undo)
    return undone


def _marks(connection: sqlite3.Connection, found: Iterable[sqlite3.Row]) -> list[LabelEvent]:
    events = [event for event in (labels.find(connection, row["uuid"]) for row in found) if event]
    return [event for event in events if event.uuid == ident(event.created_at, event.platform, event.comment_id)]
