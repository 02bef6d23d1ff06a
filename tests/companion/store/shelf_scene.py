"""Comments on the shelf: their grades, their keys, and what a wish finds of them."""

from __future__ import annotations

import random
import sqlite3

from companion.store import unread
from companion.store.finding import Finder
from companion.store.predictions import StoredPrediction
from companion.store.unread import Place
from companion.store.wanted import Wanted


def said(number: int, model: str, chance: random.Random) -> StoredPrediction:
    """What a model says about the comment with keys of this number."""
    grade = chance.choice((1.0, 4.5, 4.6, 5.5, 6.5, 7.25, 9.999))
    p_high, signal = chance.choice((0.1, 0.4999, 0.5, 0.9)), chance.choice(("none", "price", "want"))
    return StoredPrediction("n", f"t{number}", f"c{number}", model, grade, p_high, signal, "neutral", 1, 9, chance.random() < 0.3, "en", 1)


def keyed(connection: sqlite3.Connection, number: int, place: Place) -> None:
    unread.put_keys(connection, "n", [(place, f"t{number}", f"c{number}")])


def places(connection: sqlite3.Connection, wishes: Wanted, model: str = "m") -> list[str]:
    return [ident for _, ident in Finder(connection, model, wishes).every()]
