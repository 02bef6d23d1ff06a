"""What somebody typed into the search field, as the search index takes it. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

GRAM = 3
"""Characters of a trigram: shorter words are ranges of trigrams."""

LAST = "\U0010ffff"
"""Sorts behind every character."""

_WORD = re.compile(r'"([^"]+)"|(\S+)')
_PRESENTATION = "\ufe0e\ufe0f"
"""Signs that choose how an emoji is drawn; the same emoji is found with and without."""


@dataclass(frozen=True)
class Terms:
    """Words that must all stand in a comment, as parts of words too; what was quoted is one word with its spaces."""

    long: tuple[str, ...]
    short: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Terms:
        """The words of a search text."""
        found = [unicodedata.normalize("NFC", quoted or word) for quoted, word in _WORD.findall(typed.replace("\0", " "))]
        words = [word for raw in found if (word := raw.rstrip(_PRESENTATION).strip('"'))]
        return cls(tuple(w for w in words if len(w) >= GRAM), tuple(w for w in words if len(w) < GRAM))

    @property
    def match(self) -> str:
        """The long words as an FTS5 query.

        >>> Terms.of('link "how much" ok').match
        '"link" AND "how much"'
        """
        doubled = (word.replace('"', '""') for word in self.long)
        return " AND ".join(f'"{word}"' for word in doubled)

    def range_of(self, short: str) -> tuple[str, str]:
        """First and last trigram (exclusive) of a short word."""
        folded = short.lower()
        return folded, folded + LAST


def like(word: str) -> list[str]:
    r"""LIKE patterns (escape character: backslash) that find a word whatever its case.

    LIKE itself folds only A to Z, so other letters are asked for in each spelling.

    >>> like("50%"), like("é")
    (['%50\\%%'], ['%é%', '%É%'])
    """
    spellings = [word] if word.isascii() else list(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))
    escaped = (re.sub(r"([\\%_])", r"\\\1", spelling) for spelling in spellings)
    return [f"%{spelling}%" for spelling in escaped]
