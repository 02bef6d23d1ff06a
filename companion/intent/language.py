"""Which language a comment is in, as far as a short text tells."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

UNKNOWN = "un"
"""No letters (emoji, numbers) or nothing recognisable; TikTok's own word for it."""

KNOWN = (
    "en", "es", "pt", "id", "ms", "vi", "th", "tl", "ar", "fr", "de", "tr", "hi", "ur", "ja", "ko", "it", "nl", "pl", "ru", "uk", "zh",
)  # fmt: skip
NATIVE = ("en", UNKNOWN)
"""What the base encoder's vocabulary was made for; in other languages the lexical leg knows more (see heads.py)."""

_MIN_LETTERS = 12  # below this py3langid guesses; a short text in basic Latin letters counts as English
_lock = threading.Lock()


def language_of(text: str) -> str:
    """ISO 639-1 code, or "un". Source: py3langid (Naive Bayes over byte n-grams), limited to the languages below."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return UNKNOWN
    if len(letters) < _MIN_LETTERS and all(char.isascii() for char in letters):
        return "en"
    with _lock:
        return str(_identifier().classify(text)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(KNOWN))
    return identifier
