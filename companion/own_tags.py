"""The user's own grades as examples beside the shipped ones."""

from __future__ import annotations

import sqlite3

from companion.intent.neighbours import Tagged
from companion.store import labels, sample

LATEST = 20
"""Own grades compared with a comment; each costs one run of the sentence encoder (about 2 ms)."""


def own_tags(connection: sqlite3.Connection, without: tuple[str, str] | None = None) -> list[Tagged]:
    """The latest own grades; those on the invented sample are no examples for what is real.

    Args:
        connection: a reader.
        without: (platform, comment id) left out, because a comment is always its own best example.
    """
    latest = labels.listed(connection, limit=LATEST + sample.labelled(connection))
    real = [label for label in latest if label.platform != sample.PLATFORM][:LATEST]
    return [
        Tagged(label.text, label.grade, label.signal or "none", "yours")
        for label in real
        if label.grade is not None and label.source in labels.PERSONAL and (label.platform, label.comment_id) != without
    ]
