"""What a script tells of where a word ends: letters that are spelled out, signs that are whole syllables, Vietnamese syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Script = Literal["latin", "vietnamese", "letters", "signs"]
"""Latin; Latin with letters that only Vietnamese has; other alphabets, whose words are spelled out; and scripts of which a sign says more
than a letter does."""

_SPELLED = tuple(
    "GREEK CYRILLIC ARMENIAN HEBREW ARABIC DEVANAGARI BENGALI GURMUKHI GUJARATI TAMIL TELUGU GEORGIAN".split()  # noqa: SIM905 (a list of names)
)
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnprstvx])?"
    "(?:uye|uya|uoi|uou|ieu|yeu|oai|oay|oeo|uay|uyu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    "(?:ch|ng|nh|[cmnpt])?"
)


@lru_cache(maxsize=65_536)
def script_of(text: str) -> Script:
    """The script of a text's first letter that is not Latin, else one of the two Latin ones.

    >>> script_of("mỹphẩm"), script_of("crèmebrûlée"), script_of("собака"), script_of("化妆")
    ('vietnamese', 'latin', 'letters', 'signs')
    """
    for char in text:
        if char.isalpha() and not (ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00):
            return "letters" if unicodedata.name(char, "").startswith(_SPELLED) else "signs"
    return "vietnamese" if _VIETNAMESE.search(text) else "latin"


def is_syllable(folded: str) -> bool:
    """Whether a text without accents could be one Vietnamese syllable.

    >>> is_syllable("nghieng"), is_syllable("mypham")
    (True, False)
    """
    return _SYLLABLE.fullmatch(folded) is not None
