"""What a hashtag is: cleaning what people type, and the folded form that is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from companion.intent.text import clean

MAX_TAG = 100
"""Characters of a tag that are kept; TikTok cuts tags at about as many."""

_BESIDE_EMOJI = re.compile("[\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]")
_MARKS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}
)


def clean_tag(text: str) -> str:
    """The tag as it is stored and shown: no '#', spaces or emoji, small letters, at most 100 characters; "" where no letter is left.

    >>> clean_tag(" #SkinCare✨"), clean_tag("#🔥🔥"), clean_tag("#2024")
    ('skincare', '', '2024')
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean(text)).casefold())
    kept = "".join(char for char in text if char == "_" or unicodedata.category(char)[0] in "LNM")
    kept = unicodedata.normalize("NFC", _BESIDE_EMOJI.sub("", kept))[:MAX_TAG]  # a mark may have met its letter only now
    return kept if any(unicodedata.category(char)[0] in "LN" for char in kept) else ""


def clean_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Cleaned tags, each once, in order; what is no tag is left out."""
    return tuple(dict.fromkeys(tag for tag in map(clean_tag, texts) if tag))


def has_letters(tag: str) -> bool:
    """Whether a tag holds a letter; years and counts alone say nothing about shelves."""
    return any(unicodedata.category(char)[0] == "L" for char in tag)


def squeeze(text: str) -> str:
    """A phrase as a tag writes it: small letters, no spaces, hyphens or apostrophes, accents kept.

    >>> squeeze("Thú cưng"), squeeze("l'Oréal")
    ('thúcưng', 'loréal')
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNM")


def fold(text: str) -> str:
    """The squeezed text without the accents that people leave out; letters of scripts without case keep their marks.

    >>> fold("Thú cưng"), fold("Trang điểm"), fold("แมว")
    ('thucung', 'trangdiem', 'แมว')
    """
    return _MARKS.sub("", unicodedata.normalize("NFD", squeeze(text))).translate(_PLAIN) if not text.isascii() else squeeze(text)


def is_latin(text: str) -> bool:
    """Whether every letter is a Latin one."""
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or not char.isalpha() for char in text)
