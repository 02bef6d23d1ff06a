"""Which answer belongs to which click: a slow page answers late, perhaps when the next comment was clicked already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_ID = re.compile(r"\d{17,20}")


@dataclass
class Clicks:
    """Clicks for replies and the comments whose replies came. A key is a comment's id where the page has it, else its words."""

    _waiting: list[str] = field(default_factory=list)
    _comments: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _answers: Counter[str] = field(default_factory=Counter)
    _heard: int = 0

    def click(self, key: str) -> None:
        """Replies of this comment are asked for."""
        if key not in self._waiting:
            self._waiting.append(key)

    def withdraw(self, key: str) -> None:
        """They were not: there was nothing to click."""
        if key in self._waiting:
            self._waiting.remove(key)

    def hear(self, answered: Sequence[str]) -> None:
        """Take in all comments whose replies came so far, in that order.

        Where the page shows no ids, a comment that is heard of for the first time belongs to the click that waits longest.
        """
        for comment in answered[self._heard :]:
            key = self._keys.get(comment) or self._owner(comment)
            self._keys[comment], self._comments[key] = key, comment
            self._answers[key] += 1
            self.withdraw(key)
        self._heard = len(answered)

    def answers(self, key: str) -> int:
        """How often replies of this comment came."""
        return self._answers[key]

    def comment(self, key: str) -> str | None:
        """The id of a key's comment, once it was heard of."""
        return self._comments.get(key)

    def _owner(self, comment: str) -> str:
        nameless = [key for key in self._waiting if not _ID.fullmatch(key)]
        return comment if comment in self._waiting or not nameless else nameless[0]
