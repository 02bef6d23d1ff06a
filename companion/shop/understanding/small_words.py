"""Words that carry no wish: function words and small talk, in the languages read here."""

from __future__ import annotations

from companion.shop.understanding.word_files import word_class

ENGLISH = word_class("small words english")
OTHERS = word_class("small words others")
"""Read only where the text is not English."""
_SHORTENED = frozenset(("i", "you", "he", "she", "it", "we", "they", "that", "there", "who", "what", "where", "how", "here", "mine"))


def carries_nothing(word: str, foreign: bool) -> bool:
    """Whether a word is of no use to a search."""
    if "'" in word and word.partition("'")[0] in _SHORTENED:
        return True  # "she'd", "they've"
    return word in ENGLISH or (foreign and word in OTHERS) or (len(word) == 1 and word.isascii() and not word.isdigit())
