"""How many comments a task of everything collected would hold, told before it is made."""

from __future__ import annotations

import sqlite3

from companion.store import label_pool
from labeling.candidates import candidates_of
from labeling.samplers import cap

LOOKED_AT = 4
"""Comments looked at for each that is wanted: more than enough where not nearly all are copies of each other."""


def left_over(connection: sqlite3.Connection, model: str, most: int, per_cluster: int = 2, *, invented: bool = False) -> int:
    """Comments that nobody was asked about yet, `most` at most, near-copies of one counted as often as a task may hold them."""
    places = label_pool.unasked(connection, LOOKED_AT * most, invented=invented)
    found = label_pool.comments(connection, model, places)
    room = cap.room(candidates_of(found, (), None, 0), per_cluster)
    # where even these are nearly all copies there are more behind them, of which a task looks at thousands
    return most if len(places) == LOOKED_AT * most else min(most, room)
