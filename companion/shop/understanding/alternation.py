"""Many words as one regular expression that shares their beginnings, so that a text is compared with each beginning once."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first.

    >>> one_of(("ten", "two", "twenty"))
    't(?:en|w(?:enty|o))'
    """
    return _branch(sorted(set(words)))


def _branch(words: list[str]) -> str:
    whole = "" in words
    groups: dict[str, list[str]] = {}
    for word in words:
        if word:
            groups.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + (_branch(rest) if len(rest) > 1 else re.escape(rest[0])) for first, rest in groups.items()]
    if not parts:
        return ""
    if whole:
        return f"(?:{'|'.join(parts)})?"
    return f"(?:{'|'.join(parts)})" if len(parts) > 1 else parts[0]
