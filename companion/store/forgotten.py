"""Who asked to be left out: whatever a door brings of them later is dropped before it is written.

A commenter is known here by the pseudonyms of uid and handle. Creators and videos have marks, such as "creator:7100",
"creator:@mia.tests" and "video:7600"; the marks too are stored as pseudonyms only, so that this list names nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

Pseudonym = Callable[[str], str]

_MARKS = ("creator:", "video:")


class LeftOut:
    """All who asked to be left out; `in` takes pseudonyms of commenters, and marks."""

    def __init__(self, stored: Iterable[str], pseudonym: Pseudonym) -> None:
        self._stored, self._pseudonym = frozenset(stored), pseudonym
        self._found: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._stored)

    def __contains__(self, name: object) -> bool:
        if not self._stored or not isinstance(name, str):
            return False
        if name not in self._found:
            self._found[name] = _stored_as(name, self._pseudonym) in self._stored
        return self._found[name]

    def isdisjoint(self, names: Iterable[str]) -> bool:
        """Whether none of these is among them."""
        return not any(name in self for name in names)


def add(connection: sqlite3.Connection, who: Iterable[str], pseudonym: Pseudonym, now: int) -> None:
    """Remember to leave these out: pseudonyms of commenters, and marks."""
    sql = "INSERT INTO forgotten (who, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    connection.executemany(sql, [(_stored_as(name, pseudonym), now) for name in who])


def everyone(connection: sqlite3.Connection, pseudonym: Pseudonym) -> LeftOut:
    """All of them."""
    return LeftOut((str(row[0]) for row in connection.execute("SELECT who FROM forgotten")), pseudonym)


def creator_marks(creator_id: str, handle: str | None) -> set[str]:
    """The marks of a creator."""
    return {f"creator:{creator_id}"} | ({f"creator:@{handle.lower()}"} if handle else set())


def video_mark(video_id: str) -> str:
    """The mark of a video."""
    return f"video:{video_id}"


def _stored_as(name: str, pseudonym: Pseudonym) -> str:
    return pseudonym(name) if name.startswith(_MARKS) else name
